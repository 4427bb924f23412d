package io.ruche.worker.availability;

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
 */
public record MachineFacts(
    Reading<Duration> userIdle,
    Reading<Double> otherLoad,
    Reading<Boolean> onMains,
    Reading<Integer> batteryPercent,
    Reading<Double> surplusWatts,
    Reading<Double> celsius) {
  public static MachineFacts unknown(String why) {
    return new MachineFacts(
        Reading.unknown(why),
        Reading.unknown(why),
        Reading.unknown(why),
        Reading.unknown(why),
        Reading.unknown(why),
        Reading.unknown(why));
  }
}
