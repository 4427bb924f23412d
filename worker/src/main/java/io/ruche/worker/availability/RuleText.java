package io.ruche.worker.availability;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a rule as people write it: conditions divided by semicolons, such as {@code weekdays
 * 19:00-07:00, weekend; idle 10m; battery 60%}.
 */
public final class RuleText {
  /** What may be written, for people. */
  public static final String WORDS =
      "always, days and hours (weekdays 19:00-07:00, weekend), idle 10m, load 0.5, mains,"
          + " battery 60%, surplus 200W, temperature 75C";

  private static final int MAX_CHARACTERS = 1_000;
  private static final int DAY_LETTERS = 3;
  private static final int MINUTES_AN_HOUR = 60;
  private static final Pattern HOURS = Pattern.compile("(\\d\\d?):(\\d\\d)-(\\d\\d?):(\\d\\d)");
  private static final Pattern LENGTH = Pattern.compile("(\\d{1,6})([smh])");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,6})?");
  private static final Map<String, Set<DayOfWeek>> DAYS = Map.of(
      "daily", Window.everyDay(),
      "weekdays", EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
      "weekend", EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));

  private final List<String> problems = new ArrayList<>();
  private final List<Condition> conditions = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private RuleText() {}

  /** A rule, or everything that is wrong with its text; then the rule is not to be used. */
  public record Parsed(Rule rule, List<String> problems) {
    public Parsed {
      problems = List.copyOf(problems);
    }
  }

  public static Parsed parse(String text) {
    var reader = new RuleText();
    if (text.length() > MAX_CHARACTERS) {
      reader.problems.add(
          "expected at most %d characters, found %d".formatted(MAX_CHARACTERS, text.length()));
    } else {
      for (var clause : text.toLowerCase(Locale.ROOT).split(";", -1)) {
        reader.read(clause.strip());
      }
    }
    return new Parsed(new Rule(reader.conditions), reader.problems);
  }

  private void read(String clause) {
    var words = clause.split("\\s+", 2);
    var rest = words.length > 1 ? words[1].strip() : "";
    var condition = switch (words[0]) {
      case "" -> {
        problems.add("expected a condition before and after each semicolon");
        yield null;
      }
      case "always" -> always(rest);
      case "mains" -> mains(rest);
      case "idle" -> idle(rest);
      case "load" -> number("load", rest, "", this::load);
      case "battery" -> number("battery", rest, "%", this::battery);
      case "surplus" -> number("surplus", rest, "w", Condition.Surplus::new);
      case "temperature" -> number("temperature", rest, "c", Condition.Temperature::new);
      default -> calendar(clause);
    };
    if (condition != null) {
      conditions.add(condition);
    }
    var kind = isWord(words[0]) ? words[0] : "a calendar";
    if (!clause.isEmpty() && !seen.add(kind)) {
      problems.add(kind + " is given twice");
    }
  }

  private static boolean isWord(String word) {
    return Set.of("always", "mains", "idle", "load", "battery", "surplus", "temperature")
        .contains(word);
  }

  private @Nullable Condition always(String rest) {
    requireNothing("always", rest);
    return null;
  }

  private Condition mains(String rest) {
    requireNothing("mains", rest);
    return new Condition.Mains();
  }

  private void requireNothing(String word, String rest) {
    if (!rest.isEmpty()) {
      problems.add("expected nothing after %s, found '%s'".formatted(word, rest));
    }
  }

  private @Nullable Condition idle(String rest) {
    var length = length(rest);
    if (length == null) {
      problems.add("expected a time such as 90s, 10m or 2h after idle, found '%s'".formatted(rest));
      return null;
    }
    return new Condition.UserIdle(length);
  }

  /** A time such as {@code 90s}, {@code 10m} or {@code 2h}; null when it is none. */
  public static @Nullable Duration length(String text) {
    var matcher = LENGTH.matcher(text.strip());
    if (!matcher.matches()) {
      return null;
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  private @Nullable Condition number(
      String word, String text, String unit, DoubleFunction<@Nullable Condition> then) {
    var digits = text.endsWith(unit) ? text.substring(0, text.length() - unit.length()) : text;
    if (!NUMBER.matcher(digits.strip()).matches()) {
      problems.add("expected a number%s after %s, found '%s'"
          .formatted(unit.isEmpty() ? "" : " of " + unit.toUpperCase(Locale.ROOT), word, text));
      return null;
    }
    return then.apply(Double.parseDouble(digits.strip()));
  }

  private @Nullable Condition load(double number) {
    if (number == 0) {
      problems.add("expected more than 0 after load, as nothing is below 0");
      return null;
    }
    return new Condition.OtherLoad(number);
  }

  private @Nullable Condition battery(double number) {
    if (number > 100 || number != Math.rint(number)) {
      problems.add(
          "expected a whole number from 0 to 100 after battery, found '%s'".formatted(number));
      return null;
    }
    return new Condition.Battery((int) number);
  }

  private @Nullable Condition calendar(String clause) {
    int before = problems.size();
    var windows = new ArrayList<Window>();
    for (var part : clause.split(",", -1)) {
      var window = window(part.strip());
      if (window != null) {
        windows.add(window);
      }
    }
    return problems.size() > before ? null : new Condition.Calendar(windows);
  }

  private @Nullable Window window(String text) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    int before = problems.size();
    Window hours = null;
    for (var word : text.split("\\s+", -1)) {
      var named = days(word);
      if (named != null) {
        days.addAll(named);
      } else if (hours == null && HOURS.matcher(word).matches()) {
        hours = hours(word);
      } else {
        problems.add("unknown word '%s'; known are %s".formatted(word, WORDS));
      }
    }
    if (problems.size() > before) {
      return null;
    }
    var of = days.isEmpty() ? Window.everyDay() : days;
    return hours == null ? Window.allDay(of) : new Window(of, hours.fromMinute(), hours.toMinute());
  }

  private @Nullable Window hours(String word) {
    var matcher = HOURS.matcher(word);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expected hours, found " + word);
    }
    int from = minute(matcher.group(1), matcher.group(2));
    int to = minute(matcher.group(3), matcher.group(4));
    if (from < 0 || to < 0 || from == Window.MINUTES_A_DAY || from == to) {
      problems.add(
          "expected two different times of a day such as 19:00-07:00, found '%s'".formatted(word));
      return null;
    }
    return new Window(Window.everyDay(), from, to == 0 ? Window.MINUTES_A_DAY : to);
  }

  /** Minute of the day; negative when there is none. */
  private static int minute(String hour, String minute) {
    int minutes = Integer.parseInt(hour) * MINUTES_AN_HOUR + Integer.parseInt(minute);
    boolean isTime = Integer.parseInt(minute) < MINUTES_AN_HOUR && minutes <= Window.MINUTES_A_DAY;
    return isTime ? minutes : -1;
  }

  /** Such as {@code mon}, {@code fri-mon} or {@code weekend}; null when it names none. */
  private static @Nullable Set<DayOfWeek> days(String word) {
    var named = DAYS.get(word);
    if (named != null) {
      return named;
    }
    var ends = word.split("-", -1);
    var first = day(ends[0]);
    var last = day(ends[ends.length - 1]);
    if (first == null || last == null || ends.length > 2) {
      return null;
    }
    var days = EnumSet.of(first, last);
    for (var day = first; day != last; day = day.plus(1)) {
      days.add(day);
    }
    return days;
  }

  private static @Nullable DayOfWeek day(String word) {
    for (var day : DayOfWeek.values()) {
      var name = day.name().toLowerCase(Locale.ROOT);
      if (word.equals(name) || word.equals(name.substring(0, DAY_LETTERS))) {
        return day;
      }
    }
    return null;
  }
}
