/**
 * The hub's interface in core records: reads, calls to send, and typed events. Everything that is
 * ABI stays inside. Knows no wallet and no pool.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.chain.hub;
