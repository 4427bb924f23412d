/**
 * Fakes and builders for the tests of every module: a hub in memory that follows the same rules and
 * the same scenario as the Solidity one, a journal in memory, ready-made deals and digests. Knows
 * no adapter, and nothing in production depends on it.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.testkit;
