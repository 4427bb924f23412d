package io.ruche.scheduler.selling;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.scheduler.selling.Offerable.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SellingPlanTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void sellsWhatTheSlotsCanDoBeforeTheDeadlineLessTwoRuns() {
    var offer =
        plan(new Capacity(3, 1, 100), List.of(), shelf(0, 7, 1, 1, 1_000)).getFirst();

    assertThat(offer).isEqualTo(new Offerable(0, 3 * (7 - 2), Limit.SOLD_OUT));
  }

  @Test
  void keepsPartOfTheTimeForWhatGoesWrong() {
    var offer =
        plan(new Capacity(3, 1, 80), List.of(), shelf(0, 7, 1, 1, 1_000)).getFirst();

    assertThat(offer.tasks()).isEqualTo(3 * 5 * 80 / 100);
  }

  @Test
  void countsEachCopy() {
    var offer =
        plan(new Capacity(3, 5, 100), List.of(), shelf(0, 7, 1, 3, 1_000)).getFirst();

    assertThat(offer.tasks()).isEqualTo(5);
  }

  @Test
  void whatIsSoldAndNotDoneIsNotSoldAgain() {
    var sold = new Sold(NOW.plus(MINUTE.multipliedBy(4)), MINUTE, 1, 4);

    var offer =
        plan(new Capacity(3, 1, 100), List.of(sold), shelf(0, 7, 1, 1, 1_000)).getFirst();

    assertThat(offer.tasks()).isEqualTo(15 - 4);
  }

  @Test
  void workThatIsDueLaterLeavesRoomForWorkThatIsDueSooner() {
    var sold = new Sold(NOW.plus(MINUTE.multipliedBy(100)), MINUTE, 1, 90);

    var offer =
        plan(new Capacity(1, 1, 100), List.of(sold), shelf(0, 7, 1, 1, 1_000)).getFirst();

    assertThat(offer.tasks()).isEqualTo(5);
  }

  @Test
  void categoriesShareEvenlyAndTheRestGoesToThoseThatCanUseIt() {
    var capacity = new Capacity(2, 1, 100);

    var even = plan(capacity, List.of(), shelf(0, 12, 1, 1, 1_000), shelf(1, 12, 1, 1, 1_000));
    var uneven = plan(capacity, List.of(), shelf(0, 12, 1, 1, 3), shelf(1, 12, 1, 1, 1_000));

    assertThat(even).extracting(Offerable::tasks).containsExactly(10L, 10L);
    assertThat(uneven).extracting(Offerable::tasks).containsExactly(3L, 17L);
    assertThat(uneven.getFirst().limit()).isEqualTo(Limit.SETTING);
  }

  @Test
  void saysWhyNothingIsOnOffer() {
    var shelf = shelf(0, 7, 1, 3, 10);

    assertThat(plan(new Capacity(0, 5, 100), List.of(), shelf).getFirst())
        .isEqualTo(new Offerable(0, 0, Limit.NO_WORKER));
    assertThat(plan(new Capacity(4, 1, 100), List.of(), shelf).getFirst())
        .isEqualTo(new Offerable(0, 0, Limit.TOO_FEW_OWNERS));
    assertThat(plan(new Capacity(4, 5, 100), List.of(), shelf(0, 7, 4, 1, 10)).getFirst())
        .isEqualTo(new Offerable(0, 0, Limit.RUNS_TOO_LONG));
    var overdue = new Sold(NOW.minus(MINUTE), MINUTE, 1, 100);
    assertThat(plan(new Capacity(4, 5, 100), List.of(overdue), shelf).getFirst())
        .isEqualTo(new Offerable(0, 0, Limit.SOLD_OUT));
  }

  @Test
  void hugeNumbersDoNotOverflow() {
    var offer = plan(
            new Capacity(Integer.MAX_VALUE, 1, 100), List.of(), shelf(0, 1, 0, 1, Long.MAX_VALUE))
        .getFirst();

    assertThat(offer).isEqualTo(new Offerable(0, Long.MAX_VALUE, Limit.SETTING));
  }

  /**
   * A buyer who knows all takes any part of what is on offer at any time. Each task runs as long as
   * expected or shorter; whatever he does, each ends before its deadline.
   */
  @Property(tries = 300)
  void neverSellsWhatWouldEndTooLate(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int slots) {
    var random = new Random(seed);
    var shelves = randomShelves(random);
    var pool = new Pool(slots);
    for (int turn = 0; turn < 60; turn++) {
      var offers = SellingPlan.of(
          new Capacity(slots, 1, 100), pool.sold(), shelves, NOW.plusMillis(pool.clock));
      for (int i = 0; i < shelves.size(); i++) {
        long bought = random.nextInt(3) == 0 ? offers.get(i).tasks() : 0;
        pool.buy(shelves.get(i), bought, random);
      }
      pool.workUntil(pool.clock + random.nextInt(20_000));
    }
    pool.workUntil(Long.MAX_VALUE / 2);
  }

  /** Less is on offer than the settings ask for only if one task more could end too late. */
  @Property(tries = 300)
  void leavesNothingUnsoldWithoutAReason(@ForAll long seed) {
    var random = new Random(seed);
    var shelves = randomShelves(random);
    var sold = new ArrayList<Sold>();
    for (int i = random.nextInt(4); i > 0; i--) {
      var deadline = NOW.plusSeconds(random.nextInt(60));
      sold.add(new Sold(deadline, Duration.ofMillis(random.nextInt(3_000)), 1, random.nextInt(9)));
    }
    var capacity = new Capacity(1 + random.nextInt(4), 1, 100);

    var offers = SellingPlan.of(capacity, sold, shelves, NOW);

    for (int i = 0; i < shelves.size(); i++) {
      offers.forEach(offer -> assertThat(offer.tasks()).isNotNegative());
      var all = new ArrayList<>(sold);
      for (int j = 0; j < shelves.size(); j++) {
        var shelf = shelves.get(j);
        all.add(
            new Sold(NOW.plus(shelf.window()), shelf.runTime(), 1, offers.get(j).tasks()));
      }
      if (offers.get(i).limit() != Limit.SETTING) {
        assertThat(SellingPlan.of(capacity, all, shelves, NOW).get(i).tasks()).isZero();
      } else {
        assertThat(offers.get(i).tasks()).isEqualTo(shelves.get(i).maxTasks());
      }
    }
  }

  private static List<Offerable> plan(Capacity capacity, List<Sold> sold, Shelf... shelves) {
    return SellingPlan.of(capacity, sold, List.of(shelves), NOW);
  }

  private static Shelf shelf(long category, int minutes, int runMinutes, int copies, long max) {
    return new Shelf(
        category,
        MINUTE.multipliedBy(minutes),
        MINUTE.multipliedBy(runMinutes),
        copies,
        copies,
        max);
  }

  private static List<Shelf> randomShelves(Random random) {
    var shelves = new ArrayList<Shelf>();
    for (int category = 0; category < 1 + random.nextInt(3); category++) {
      var runTime = Duration.ofMillis(1 + random.nextInt(4_000));
      var window = Duration.ofMillis(random.nextInt(60_000));
      shelves.add(new Shelf(category, window, runTime, 1, 1, random.nextInt(200)));
    }
    return shelves;
  }

  /** Slots that always take the task that is due first, and never interrupt one. */
  private static final class Pool {
    private record Task(long dueAt, long runMillis, long expectedMillis) {}

    private record Running(Task task, long endsAt) {}

    private final int slots;
    private final PriorityQueue<Task> waiting =
        new PriorityQueue<>(Comparator.comparingLong(Task::dueAt));
    private final PriorityQueue<Running> running =
        new PriorityQueue<>(Comparator.comparingLong(Running::endsAt));
    private long clock;

    Pool(int slots) {
      this.slots = slots;
    }

    List<Sold> sold() {
      var all = new ArrayList<>(waiting);
      running.forEach(one -> all.add(one.task()));
      return all.stream()
          .map(task -> new Sold(
              NOW.plusMillis(task.dueAt()), Duration.ofMillis(task.expectedMillis()), 1, 1))
          .toList();
    }

    void buy(Shelf shelf, long tasks, Random random) {
      long expected = shelf.runTime().toMillis();
      for (long i = 0; i < tasks; i++) {
        long run = random.nextBoolean() ? expected : random.nextLong(expected + 1);
        waiting.add(new Task(clock + shelf.window().toMillis(), run, expected));
      }
      start();
    }

    void workUntil(long end) {
      while (!running.isEmpty() && running.peek().endsAt() <= end) {
        var done = running.remove();
        clock = done.endsAt();
        assertThat(clock).as("end of a task").isLessThanOrEqualTo(done.task().dueAt());
        start();
      }
      clock = Math.max(clock, end);
    }

    private void start() {
      while (running.size() < slots && !waiting.isEmpty()) {
        var task = waiting.remove();
        running.add(new Running(task, clock + task.runMillis()));
      }
    }
  }
}
