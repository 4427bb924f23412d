package io.ruche.scheduler;

import java.time.Duration;
import java.time.Instant;

/**
 * What is left of one deal.
 *
 * @param deadline last moment at which a contribution counts
 * @param tasks those that are not settled
 */
public record OpenWork(
    long category, Duration referenceTime, Instant deadline, long trust, long tasks) {}
