/**
 * Sending transactions: encoding and signing them, a nonce-safe pipelined sender per wallet, and
 * the outbox where each signed transaction is kept before it leaves. Knows no contract.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.chain.tx;
