package io.ruche.worker.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WindowPropertyTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int YEAR_MINUTES = 365 * 1_440;

  @Property(tries = 500)
  void withoutClockChangesMinutesOfTheWeekDecide(
      @ForAll @Size(min = 1) Set<DayOfWeek> days,
      @ForAll @IntRange(max = 1_439) int from,
      @ForAll @IntRange(min = 1, max = 1_440) int to,
      @ForAll @IntRange(max = YEAR_MINUTES) int minutes) {
    Assume.that(from != to);
    var now = START.plus(Duration.ofMinutes(minutes));
    var local = now.atZone(ZoneOffset.UTC);
    int minute = local.getHour() * 60 + local.getMinute();
    var day = local.getDayOfWeek();

    boolean isAfter = days.contains(day) && minute >= from;
    boolean expected = to > from
        ? isAfter && minute < to
        : isAfter || (days.contains(day.minus(1)) && minute < to);

    assertThat(new Window(days, from, to).contains(now, ZoneOffset.UTC)).isEqualTo(expected);
  }

  @Property(tries = 500)
  void theNextStartIsLaterWithinAWeekAndOpensUnlessAGapSwallowsIt(
      @ForAll @Size(min = 1) Set<DayOfWeek> days,
      @ForAll @IntRange(max = 1_439) int from,
      @ForAll @IntRange(min = 1, max = 1_440) int to,
      @ForAll @IntRange(max = YEAR_MINUTES) int minutes) {
    Assume.that(from != to && (from < 120 || from >= 180));
    var zone = ZoneId.of("Europe/Paris");
    var now = START.plus(Duration.ofMinutes(minutes));
    var window = new Window(days, from, to);

    var next = window.nextStart(now, zone);

    assertThat(next).isAfter(now).isBefore(now.plus(Duration.ofDays(7).plusHours(2)));
    assertThat(window.contains(next, zone)).isTrue();
  }
}
