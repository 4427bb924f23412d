package io.ruche.scheduler.selling;

import java.time.Duration;
import java.time.Instant;

/**
 * Tasks that were bought and are not settled.
 *
 * @param deadline the last moment at which a result counts
 * @param runTime time that one run is expected to hold a slot
 * @param copies runs of each task
 */
public record Sold(Instant deadline, Duration runTime, int copies, long tasks) {}
