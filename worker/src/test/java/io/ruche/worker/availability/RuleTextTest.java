package io.ruche.worker.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTextTest {
  @Test
  void everyConditionIsRead() {
    var parsed = RuleText.parse("weekdays 19:00-07:00, sat-sun; Idle 10m; load 0.5; mains;"
        + " battery 60%; surplus 200W; temperature 75C");

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.rule().conditions())
        .containsExactly(
            new Condition.Calendar(List.of(
                new Window(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), 1_140, 420),
                Window.allDay(EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY)))),
            new Condition.UserIdle(Duration.ofMinutes(10)),
            new Condition.OtherLoad(0.5),
            new Condition.Mains(),
            new Condition.Battery(60),
            new Condition.Surplus(200),
            new Condition.Temperature(75));
  }

  @Test
  void alwaysIsNoCondition() {
    assertThat(RuleText.parse("always")).isEqualTo(new RuleText.Parsed(Rule.ALWAYS, List.of()));
  }

  @Test
  void daysMayWrapAroundTheWeekAndHoursMayEndAtMidnight() {
    var parsed = RuleText.parse("fri-mon wednesday 22:00-24:00, 01:00-00:00");

    assertThat(parsed.rule().conditions())
        .containsExactly(new Condition.Calendar(List.of(
            new Window(
                Set.of(
                    DayOfWeek.FRIDAY,
                    DayOfWeek.SATURDAY,
                    DayOfWeek.SUNDAY,
                    DayOfWeek.MONDAY,
                    DayOfWeek.WEDNESDAY),
                1_320,
                1_440),
            new Window(Window.everyDay(), 60, 1_440))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | expected a condition before and after each semicolon",
        "mains; | expected a condition before and after each semicolon",
        "moonlight | unknown word 'moonlight'; known are always",
        "mon 25:00-26:00 | expected two different times",
        "mon 10:00-10:00 | expected two different times",
        "10:60-11:00 | expected two different times",
        "idle soon | expected a time such as 90s, 10m or 2h after idle, found 'soon'",
        "load 0 | expected more than 0 after load",
        "battery 101% | expected a whole number from 0 to 100 after battery",
        "surplus -5W | expected a number of W after surplus, found '-5w'",
        "temperature warm | expected a number of C after temperature, found 'warm'",
        "mains now | expected nothing after mains, found 'now'",
        "idle 1m; idle 2m | idle is given twice",
        "mon; tue | a calendar is given twice",
      })
  void whatMakesNoSenseIsToldByName(String text, String problem) {
    assertThat(RuleText.parse(text).problems()).anyMatch(found -> found.startsWith(problem));
  }

  @Test
  void allProblemsAreToldTogether() {
    assertThat(RuleText.parse("moonlight; idle soon; load x").problems()).hasSize(3);
  }

  @Property
  void anyTextIsEitherARuleOrHasProblems(@ForAll String text) {
    var parsed = RuleText.parse(text);

    if (parsed.problems().isEmpty() && !text.strip().equalsIgnoreCase("always")) {
      assertThat(parsed.rule().conditions()).isNotEmpty();
    }
  }
}
