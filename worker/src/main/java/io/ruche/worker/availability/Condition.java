package io.ruche.worker.availability;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** One thing that must hold for the machine to work. What it needs and does not know is a no. */
public sealed interface Condition {
  /** The facts that {@link #check} looks at. */
  Set<Sense> senses();

  /** Why it does not hold; empty when it does. */
  Optional<Obstacle> check(Moment moment);

  /** Whether it must hold for new work only: what runs may go on without. */
  default boolean isForNewWorkOnly() {
    return false;
  }

  /** It is inside one of these windows. */
  record Calendar(List<Window> windows) implements Condition {
    public Calendar {
      windows = List.copyOf(windows);
      if (windows.isEmpty()) {
        throw new IllegalArgumentException("expected one window or more");
      }
    }

    @Override
    public Set<Sense> senses() {
      return Set.of();
    }

    @Override
    public Optional<Obstacle> check(Moment moment) {
      var now = moment.now();
      var zone = moment.zone();
      if (windows.stream().anyMatch(window -> window.contains(now, zone))) {
        return Optional.empty();
      }
      var next = windows.stream()
          .map(window -> window.nextStart(now, zone))
          .min(Comparator.naturalOrder())
          .orElseThrow();
      return Optional.of(new Obstacle(
          Obstacle.CALENDAR,
          "it is %s in %s, outside all windows".formatted(now.atZone(zone).toLocalTime(), zone),
          "wait for the next window, or change `availability`",
          next));
    }
  }

  /** Nobody has used the machine for this long. */
  record UserIdle(Duration least) implements Condition {
    @Override
    public Set<Sense> senses() {
      return Set.of(Sense.USER_IDLE);
    }

    @Override
    public Optional<Obstacle> check(Moment moment) {
      return switch (moment.facts().userIdle()) {
        case Reading.Unknown<Duration>(var why) -> unknown("idle", why);
        case Reading.Known<Duration>(var idle) ->
          idle.compareTo(least) >= 0
              ? Optional.empty()
              : Optional.of(new Obstacle(
                  Obstacle.USER_ACTIVE,
                  "somebody used this machine %d s ago, expected %d s or more"
                      .formatted(idle.toSeconds(), least.toSeconds()),
                  "leave keyboard and mouse alone, or end the session",
                  moment.now().plus(least).minus(idle)));
      };
    }
  }

  /** Others' processes keep fewer than this many processors busy. */
  record OtherLoad(double below) implements Condition {
    @Override
    public Set<Sense> senses() {
      return Set.of(Sense.OTHER_LOAD);
    }

    @Override
    public Optional<Obstacle> check(Moment moment) {
      return judge(
          "load",
          moment.facts().otherLoad(),
          load -> load < below,
          load -> new Obstacle(
              Obstacle.OTHER_LOAD,
              "other programs use %s processors, expected less than %s"
                  .formatted(brief(load), brief(below)),
              "end what is busy, or raise `load`",
              null));
    }
  }

  /** The machine draws from the grid. */
  record Mains() implements Condition {
    @Override
    public Set<Sense> senses() {
      return Set.of(Sense.MAINS);
    }

    @Override
    public Optional<Obstacle> check(Moment moment) {
      return judge(
          "mains",
          moment.facts().onMains(),
          isOn -> isOn,
          isOn -> new Obstacle(
              Obstacle.NOT_ON_MAINS, "the machine runs on its battery", "plug it in", null));
    }
  }

  /** The machine draws from the grid, or its battery is at least this full. */
  record Battery(int leastPercent) implements Condition {
    @Override
    public Set<Sense> senses() {
      return Set.of(Sense.MAINS, Sense.BATTERY);
    }

    @Override
    public Optional<Obstacle> check(Moment moment) {
      if (moment.facts().onMains() instanceof Reading.Known<Boolean>(var isOn) && isOn) {
        return Optional.empty();
      }
      return judge(
          "battery",
          moment.facts().batteryPercent(),
          percent -> percent >= leastPercent,
          percent -> new Obstacle(
              Obstacle.BATTERY_LOW,
              "the battery is at %d %%, expected %d %% or more".formatted(percent, leastPercent),
              "plug the machine in",
              null));
    }
  }

  /** At least so much power would go unused. */
  record Surplus(double leastWatts) implements Condition {
    @Override
    public Set<Sense> senses() {
      return Set.of(Sense.SURPLUS);
    }

    @Override
    public Optional<Obstacle> check(Moment moment) {
      return judge(
          "surplus",
          moment.facts().surplusWatts(),
          watts -> watts >= leastWatts,
          watts -> new Obstacle(
              Obstacle.SURPLUS_LOW,
              "the surplus is %s W, expected %s W or more"
                  .formatted(brief(watts), brief(leastWatts)),
              "wait for more sun or wind, or lower `surplus`",
              null));
    }
  }

  /** No sensor is as hot as this. */
  record Temperature(double belowCelsius) implements Condition {
    @Override
    public Set<Sense> senses() {
      return Set.of(Sense.TEMPERATURE);
    }

    @Override
    public Optional<Obstacle> check(Moment moment) {
      return judge(
          "temperature",
          moment.facts().celsius(),
          celsius -> celsius < belowCelsius,
          celsius -> new Obstacle(
              Obstacle.TOO_WARM,
              "the machine is at %s C, expected less than %s C"
                  .formatted(brief(celsius), brief(belowCelsius)),
              "let it cool down",
              null));
    }
  }

  /** The disk where runs keep their files has room for more of them. */
  record FreeDisk(int leastMiB) implements Condition {
    @Override
    public Set<Sense> senses() {
      return Set.of();
    }

    /** Standing still, a run frees nothing. */
    @Override
    public boolean isForNewWorkOnly() {
      return true;
    }

    @Override
    public Optional<Obstacle> check(Moment moment) {
      return judge(
          "minFreeMiB",
          moment.facts().freeDiskMiB(),
          free -> free >= leastMiB,
          free -> new Obstacle(
              Obstacle.DISK_FULL,
              "%d MiB are free on the worker's disk, expected %d MiB or more"
                  .formatted(free, leastMiB),
              "free some space, or lower `minFreeMiB`",
              null));
    }
  }

  private static <T> Optional<Obstacle> judge(
      String word, Reading<T> reading, Predicate<T> holds, Function<T, Obstacle> otherwise) {
    return switch (reading) {
      case Reading.Unknown<T>(var why) -> unknown(word, why);
      case Reading.Known<T>(var value) ->
        holds.test(value) ? Optional.empty() : Optional.of(otherwise.apply(value));
    };
  }

  private static Optional<Obstacle> unknown(String word, String why) {
    return Optional.of(new Obstacle(
        Obstacle.UNKNOWN,
        "`%s` cannot be checked: %s".formatted(word, why),
        "make that fact readable, or take `%s` out of `availability`".formatted(word),
        null));
  }

  private static String brief(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
