package io.ruche.worker.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Power.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTest {
  private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");

  /** A laptop on its battery, used a minute ago. */
  private static final MachineFacts LAPTOP = new MachineFacts(
      Reading.of(Duration.ofMinutes(1)),
      Reading.of(0.5),
      Reading.of(false),
      Reading.of(60),
      Reading.of(150.0),
      Reading.of(70.0),
      Reading.of(10_000L));

  @ParameterizedTest
  @CsvSource({
    "always, ''",
    "idle 60s, ''",
    "idle 61s, USER_ACTIVE",
    "load 0.6, ''",
    "load 0.5, OTHER_LOAD",
    "mains, NOT_ON_MAINS",
    "battery 60%, ''",
    "battery 61%, BATTERY_LOW",
    "surplus 150W, ''",
    "surplus 151W, SURPLUS_LOW",
    "temperature 71C, ''",
    "temperature 70C, TOO_WARM",
    "mon 12:00-12:01, ''",
    "mon 11:59-12:00, CALENDAR",
  })
  void eachConditionHasItsBound(String text, String code) {
    assertThat(obstacles(text, LAPTOP).stream().map(Obstacle::code))
        .containsExactlyElementsOf(code.isEmpty() ? List.of() : List.of(code));
  }

  @Test
  void powerIsSurplusAsFarAsItFeedsTheWorkElseMainsOrBattery() {
    var plugged = new MachineFacts(
        LAPTOP.userIdle(),
        LAPTOP.otherLoad(),
        Reading.of(true),
        LAPTOP.batteryPercent(),
        Reading.of(0.0),
        LAPTOP.celsius(),
        LAPTOP.freeDiskMiB());

    assertThat(LAPTOP.source(150)).isEqualTo(Source.SURPLUS);
    assertThat(LAPTOP.source(151)).isEqualTo(Source.BATTERY);
    assertThat(plugged.source(0)).isEqualTo(Source.MAINS);
    assertThat(MachineFacts.unknown("no sensors").source(0)).isEqualTo(Source.MAINS);
  }

  @Test
  void allMustAgreeAndAllReasonsAreTold() {
    var obstacles = obstacles("mains; idle 10m; temperature 90C; tue 08:00-09:00", LAPTOP);

    assertThat(obstacles)
        .extracting(Obstacle::code)
        .containsExactly(Obstacle.NOT_ON_MAINS, Obstacle.USER_ACTIVE, Obstacle.CALENDAR);
    assertThat(obstacles.get(1).notBefore()).isEqualTo(NOW.plus(Duration.ofMinutes(9)));
    assertThat(obstacles.get(1).reason()).contains("60 s ago, expected 600 s");
    assertThat(obstacles.get(2).notBefore()).isEqualTo(Instant.parse("2026-01-06T08:00:00Z"));
    assertThat(new Outlook(Stance.PAUSE, NOW, obstacles).notBefore())
        .isEqualTo(Instant.parse("2026-01-06T08:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "idle 1s",
    "load 9",
    "mains",
    "battery 0%",
    "surplus 0W",
    "temperature 999C",
  })
  void whatIsNotKnownIsNotAllowedAndSaysWhy(String text) {
    assertThat(obstacles(text, MachineFacts.unknown("there is no sensor")))
        .singleElement()
        .satisfies(obstacle -> {
          assertThat(obstacle.code()).isEqualTo(Obstacle.UNKNOWN);
          assertThat(obstacle.reason()).contains(text.split(" ", 2)[0], "there is no sensor");
        });
  }

  @Test
  void whatNoConditionAsksForMayBeUnknown() {
    assertThat(obstacles("always", MachineFacts.unknown("nothing"))).isEmpty();
    assertThat(RuleText.parse("mains; idle 1m").rule().senses())
        .containsExactlyInAnyOrder(Sense.MAINS, Sense.USER_IDLE);
  }

  @Test
  void aMachineOnMainsNeedsNoFullBattery() {
    var charging = new MachineFacts(
        LAPTOP.userIdle(),
        LAPTOP.otherLoad(),
        Reading.of(true),
        Reading.of(3),
        LAPTOP.surplusWatts(),
        LAPTOP.celsius(),
        LAPTOP.freeDiskMiB());

    assertThat(obstacles("battery 60%", charging)).isEmpty();
    assertThat(obstacles("mains; battery 60%", charging)).isEmpty();
  }

  private static List<Obstacle> obstacles(String text, MachineFacts facts) {
    var parsed = RuleText.parse(text);
    assertThat(parsed.problems()).isEmpty();
    return parsed.rule().obstacles(new Moment(NOW, ZoneOffset.UTC, facts));
  }
}
