package io.ruche.chain.tx;

import io.ruche.core.TxHash;

/**
 * The end of an action on chain.
 *
 * @param reason why it failed, in words; empty on success
 */
public record TxOutcome(
    String actionKey,
    TxHash hash,
    long blockNumber,
    boolean isSuccess,
    long gasUsed,
    String reason) {}
