package io.ruche.worker.availability;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One reason not to work.
 *
 * @param code stable, for programs
 * @param reason what was expected and found
 * @param remedy what would change it
 * @param notBefore earliest end, if nothing else changes; null when it cannot be computed
 */
public record Obstacle(
    String code, String reason, String remedy, @Nullable Instant notBefore) {
  public static final String CALENDAR = "CALENDAR";
  public static final String USER_ACTIVE = "USER_ACTIVE";
  public static final String OTHER_LOAD = "OTHER_LOAD";
  public static final String NOT_ON_MAINS = "NOT_ON_MAINS";
  public static final String BATTERY_LOW = "BATTERY_LOW";
  public static final String SURPLUS_LOW = "SURPLUS_LOW";
  public static final String TOO_WARM = "TOO_WARM";

  public static final String DISK_FULL = "DISK_FULL";

  /** A condition asks for a fact that this machine does not tell. */
  public static final String UNKNOWN = "UNKNOWN";

  public static final String OWNER_PAUSED = "OWNER_PAUSED";
  public static final String OWNER_DRAINS = "OWNER_DRAINS";

  /** Nothing stands against work any more; a little time must pass so that it does not flap. */
  public static final String SETTLING = "SETTLING";
}
