package io.ruche.worker.availability;

import java.time.Instant;
import java.time.ZoneId;

/**
 * What the conditions are checked against.
 *
 * @param zone of the machine's clock on the wall
 */
public record Moment(Instant now, ZoneId zone, MachineFacts facts) {}
