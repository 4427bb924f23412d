package io.ruche.worker;

import io.ruche.core.DealId;
import io.ruche.core.RunLimits;
import java.time.Instant;

/**
 * What a pool asks this worker to run.
 *
 * @param index of the task in its deal
 * @param contributionDeadline as the pool says; the deal's own may be earlier
 */
public record Assignment(
    AttemptId id,
    DealId deal,
    long index,
    RunLimits limits,
    Release release,
    Instant contributionDeadline) {}
