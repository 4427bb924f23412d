package io.ruche.worker.availability;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/**
 * Hours of some days of the week. One that ends at or before its start ends on the next day; the
 * days name when it starts. Where the clock is put forward, a time that does not exist is moved by
 * the gap; where it is put back, the first of two equal times counts.
 *
 * @param fromMinute minute of the day at which it starts
 * @param toMinute minute of the day before which it ends; 1440 is midnight
 */
public record Window(Set<DayOfWeek> days, int fromMinute, int toMinute) {
  public static final int MINUTES_A_DAY = 1_440;
  private static final int DAYS_A_WEEK = 7;

  public Window {
    if (days.isEmpty()
        || fromMinute < 0
        || fromMinute >= MINUTES_A_DAY
        || toMinute < 1
        || toMinute > MINUTES_A_DAY
        || fromMinute == toMinute) {
      throw new IllegalArgumentException(
          "expected one day or more and two different minutes of a day, found %s, %d and %d"
              .formatted(days, fromMinute, toMinute));
    }
    days = Set.copyOf(days);
  }

  public static Window allDay(Set<DayOfWeek> days) {
    return new Window(days, 0, MINUTES_A_DAY);
  }

  public static Set<DayOfWeek> everyDay() {
    return EnumSet.allOf(DayOfWeek.class);
  }

  boolean contains(Instant now, ZoneId zone) {
    var today = now.atZone(zone).toLocalDate();
    return isIn(today, now, zone) || isIn(today.minusDays(1), now, zone);
  }

  private boolean isIn(LocalDate day, Instant now, ZoneId zone) {
    return days.contains(day.getDayOfWeek())
        && !now.isBefore(start(day, zone))
        && now.isBefore(end(day, zone));
  }

  /** The first start after now; there is one in each week, but for a gap that swallows it. */
  Instant nextStart(Instant now, ZoneId zone) {
    var day = now.atZone(zone).toLocalDate();
    for (int i = 0; i <= DAYS_A_WEEK; i++, day = day.plusDays(1)) {
      if (days.contains(day.getDayOfWeek()) && start(day, zone).isAfter(now)) {
        return start(day, zone);
      }
    }
    return start(day, zone);
  }

  private Instant start(LocalDate day, ZoneId zone) {
    return at(day, fromMinute, zone);
  }

  private Instant end(LocalDate day, ZoneId zone) {
    return toMinute > fromMinute ? at(day, toMinute, zone) : at(day.plusDays(1), toMinute, zone);
  }

  private static Instant at(LocalDate day, int minute, ZoneId zone) {
    var time = LocalTime.ofSecondOfDay(minute % MINUTES_A_DAY * 60L);
    return day.plusDays(minute / MINUTES_A_DAY).atTime(time).atZone(zone).toInstant();
  }
}
