package io.ruche.worker.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
  private static final Window NIGHTS = new Window(WEEKDAYS, 19 * 60, 7 * 60);

  @ParameterizedTest
  @CsvSource({
    "2026-01-05T18:59, false",
    "2026-01-05T19:00, true",
    "2026-01-06T06:59, true",
    "2026-01-06T07:00, false",
    "2026-01-05T05:00, false",
    "2026-01-10T05:00, true",
    "2026-01-10T19:00, false",
  })
  void aWindowOverMidnightBelongsToTheDayOnWhichItStarts(String local, boolean isIn) {
    assertThat(NIGHTS.contains(paris(local), PARIS)).isEqualTo(isIn);
  }

  @Test
  void theNextStartIsToldOverTheWeekend() {
    assertThat(NIGHTS.nextStart(paris("2026-01-09T20:00"), PARIS))
        .isEqualTo(paris("2026-01-12T19:00"));
    assertThat(new Window(EnumSet.of(DayOfWeek.MONDAY), 60, 120)
            .nextStart(paris("2026-01-12T01:00"), PARIS))
        .isEqualTo(paris("2026-01-19T01:00"));
  }

  @Test
  void theHourThatIsSkippedInSpringIsInNoWindowAndBreaksNone() {
    var window = new Window(Window.everyDay(), 150, 240);

    assertThat(window.contains(Instant.parse("2026-03-29T00:59:59Z"), PARIS)).isFalse();
    assertThat(window.contains(Instant.parse("2026-03-29T01:29:59Z"), PARIS)).isFalse();
    assertThat(window.contains(Instant.parse("2026-03-29T01:30:00Z"), PARIS)).isTrue();
    assertThat(window.contains(Instant.parse("2026-03-29T02:00:00Z"), PARIS)).isFalse();
  }

  @Test
  void theHourThatComesTwiceInAutumnIsInTheWindowTwice() {
    var window = new Window(Window.everyDay(), 120, 240);

    assertThat(window.contains(Instant.parse("2026-10-25T00:30:00Z"), PARIS)).isTrue();
    assertThat(window.contains(Instant.parse("2026-10-25T01:30:00Z"), PARIS)).isTrue();
    assertThat(window.contains(Instant.parse("2026-10-25T02:59:59Z"), PARIS)).isTrue();
    assertThat(window.contains(Instant.parse("2026-10-25T03:00:00Z"), PARIS)).isFalse();
  }

  private static Instant paris(String local) {
    return ZonedDateTime.of(LocalDateTime.parse(local), PARIS).toInstant();
  }
}
