package io.ruche.worker;

import io.ruche.core.TokenAmount;
import java.time.Instant;

/**
 * What the chain says about an assignment.
 *
 * @param workerStake locked by a contribution
 * @param freeStake this worker's deposit that is not locked, as lately seen
 */
public record Terms(
    Instant contributionDeadline,
    Instant finalDeadline,
    TokenAmount workerStake,
    TokenAmount freeStake) {}
