package io.ruche.scheduler.selling;

import io.ruche.core.TokenAmount;
import java.math.BigInteger;
import java.time.Duration;

/**
 * What power costs a pool.
 *
 * @param perKwh price of a kilowatt-hour
 * @param slotWatts what a busy slot draws
 * @param marginPercent what is asked above the cost
 */
public record EnergyCost(TokenAmount perKwh, int slotWatts, int marginPercent) {
  private static final long MILLIS_PER_HOUR = Duration.ofHours(1).toMillis();
  private static final long WATTS_PER_KILOWATT = 1_000;
  private static final long ALL_PERCENT = 100;

  public EnergyCost {
    if (slotWatts < 1 || marginPercent < 0) {
      throw new IllegalArgumentException(
          "expected 1 or more watts and a margin of 0 or more percent, found %d and %d"
              .formatted(slotWatts, marginPercent));
    }
  }

  /**
   * The least that covers the runs of a task, margin included, rounded up.
   *
   * @param runTime that each holds a slot
   * @param copies runs of the task
   */
  public TokenAmount ofTaskRoundedUp(Duration runTime, int copies) {
    var cost = perKwh
        .nano()
        .multiply(BigInteger.valueOf(slotWatts))
        .multiply(BigInteger.valueOf(runTime.toMillis()))
        .multiply(BigInteger.valueOf(copies))
        .multiply(BigInteger.valueOf(ALL_PERCENT + marginPercent));
    var unit = BigInteger.valueOf(MILLIS_PER_HOUR * WATTS_PER_KILOWATT * ALL_PERCENT);
    return new TokenAmount(cost.add(unit).subtract(BigInteger.ONE).divide(unit));
  }
}
