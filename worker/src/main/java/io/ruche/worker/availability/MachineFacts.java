package io.ruche.worker.availability;

import io.ruche.core.Power;
import java.time.Duration;

/**
 * What is known of the machine at one moment.
 *
 * @param userIdle time since somebody last used the machine
 * @param otherLoad processors that others' processes kept busy since the last look
 * @param onMains whether it draws from the grid
 * @param batteryPercent charge of its emptiest battery
 * @param surplusWatts power that would go unused
 * @param celsius its hottest sensor
 * @param freeDiskMiB space on the disk where runs keep their files
 */
public record MachineFacts(
    Reading<Duration> userIdle,
    Reading<Double> otherLoad,
    Reading<Boolean> onMains,
    Reading<Integer> batteryPercent,
    Reading<Double> surplusWatts,
    Reading<Double> celsius,
    Reading<Long> freeDiskMiB) {
  public static MachineFacts unknown(String why) {
    return new MachineFacts(
        Reading.unknown(why),
        Reading.unknown(why),
        Reading.unknown(why),
        Reading.unknown(why),
        Reading.unknown(why),
        Reading.unknown(why),
        Reading.unknown(why));
  }

  public MachineFacts withFreeDiskMiB(Reading<Long> newFreeDiskMiB) {
    return new MachineFacts(
        userIdle, otherLoad, onMains, batteryPercent, surplusWatts, celsius, newFreeDiskMiB);
  }

  /**
   * What it runs on; one of which nothing is known counts as on mains.
   *
   * @param drawnWatts what work would draw beside what the meter has seen
   */
  public Power.Source source(double drawnWatts) {
    if (surplusWatts instanceof Reading.Known<Double>(var watts)
        && watts > 0
        && watts >= drawnWatts) {
      return Power.Source.SURPLUS;
    }
    boolean isOnBattery = onMains instanceof Reading.Known<Boolean>(var isOn) && !isOn;
    return isOnBattery ? Power.Source.BATTERY : Power.Source.MAINS;
  }
}
