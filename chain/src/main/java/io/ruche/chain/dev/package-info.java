/**
 * A development chain: Anvil as a child process with its state on disk, and the contracts deployed
 * on it once. Never used on a real chain.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.chain.dev;
