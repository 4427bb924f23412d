package io.ruche.worker;

import io.ruche.core.TokenAmount;
import java.time.Instant;

/**
 * What the chain says about an assignment.
 *
 * @param workerStake locked by a contribution
 * @param freeStake this worker's deposit that is not locked, as lately seen
 * @param hasCallback a contract waits for the result; such deals take no certified failure
 */
public record Terms(
    Instant contributionDeadline,
    Instant finalDeadline,
    TokenAmount workerStake,
    TokenAmount freeStake,
    boolean hasCallback) {}
