package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** The heap against a list that is sorted anew for every question. */
class TimersPropertyTest {
  private static final int TIMES = 20;

  private Timers timers = new Timers();
  private Map<Wakeable, Instant> times = new HashMap<>();
  private List<Wakeable> byAsking = new ArrayList<>();

  @Property(tries = 200)
  void whoeverIsDueFirstWakesFirst(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int many) {
    timers = new Timers();
    times = new HashMap<>();
    byAsking = new ArrayList<>();
    var random = new Random(seed);
    var sleepers =
        IntStream.rangeClosed(1, many).mapToObj(TimersPropertyTest::sleeper).toList();
    for (int i = 0; i < 10 * many; i++) {
      var sleeper = sleepers.get(random.nextInt(many));
      switch (random.nextInt(4)) {
        case 0 -> clear(sleeper);
        case 1 -> poll(at(random.nextInt(TIMES)));
        default -> set(sleeper, at(random.nextInt(TIMES)));
      }
      assertThat(timers.next()).isEqualTo(Optional.ofNullable(first()).map(times::get));
    }
    while (!byAsking.isEmpty()) {
      poll(at(TIMES));
    }
    assertThat(timers.next()).isEmpty();
  }

  private void set(Wakeable sleeper, Instant at) {
    timers.set(sleeper, at);
    if (!at.equals(times.put(sleeper, at))) {
      byAsking.remove(sleeper);
      byAsking.add(sleeper);
    }
  }

  private void clear(Wakeable sleeper) {
    timers.clear(sleeper);
    times.remove(sleeper);
    byAsking.remove(sleeper);
  }

  private void poll(Instant now) {
    var first = first();
    var due = first != null && !times.get(first).isAfter(now) ? first : null;
    assertThat(timers.pollDue(now)).isSameAs(due);
    if (due != null) {
      clear(due);
    }
  }

  private @Nullable Wakeable first() {
    return byAsking.stream().min(Comparator.comparing(times::get)).orElse(null);
  }

  private static Wakeable sleeper(int number) {
    return new WorkerSession(
        address(number),
        new Contributor(address(number)),
        address(number),
        PoolFixture.START,
        Instant.MAX);
  }

  private static Instant at(int second) {
    return PoolFixture.START.plusSeconds(second);
  }
}
