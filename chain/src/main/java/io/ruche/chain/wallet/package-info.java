/**
 * Keys: wallets that sign, key files in the Web3 secret storage format, derivation from a mnemonic.
 * Secrets never show in {@code toString}. Knows no network.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.chain.wallet;
