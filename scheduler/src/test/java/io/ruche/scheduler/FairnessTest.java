package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.address;
import static io.ruche.scheduler.PoolFixture.dealOf;
import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.Category;
import io.ruche.core.ContributionHashes;
import io.ruche.core.Deal;
import io.ruche.core.TaskId;
import io.ruche.scheduler.Command.Assign;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Who is served next when more waits than the pool can run. */
class FairnessTest {
  private static final int SLOTS = PoolFixture.OFFER.slots();

  private final PoolFixture pool = new PoolFixture();

  private static void open(PoolFixture pool, Deal deal, Category category) {
    pool.match(deal, category, "WASM");
    for (long index = 0; index < deal.botSize(); index++) {
      pool.on(new ChainEvent.TaskInitialized(deal.taskId(index)));
    }
  }

  /** The run of the task ends, and its worker says that a slot is free. */
  private static List<Assign> finish(PoolFixture pool, TaskId task, Address byWorker) {
    var hash = ContributionHashes.of(byWorker, task, digest("a")).resultHash();
    pool.on(new ChainEvent.TaskContributed(task, byWorker, hash));
    return only(Assign.class, pool.on(new WorkerEvent.SlotsFreed(byWorker, 1)));
  }

  @Test
  void whoWaitsWithOneTaskIsServedBeforeTheNextOfThousands() {
    pool.join(1);
    var many = pool.openDeal(dealOf(address(1001), 1, 500), "WASM");
    var longer = new Category(1, "M", "", PoolFixture.CATEGORY.referenceTime().multipliedBy(3));
    var one = dealOf(address(1002), 1, 1);
    open(pool, one, longer);

    var next = finish(pool, many.taskId(0), worker(1));

    assertThat(next).extracting(Assign::deal).containsExactly(one.id());
  }

  @Test
  void whatMustStartNowGoesBeforeFairness() {
    pool.now = pool.now
        .plus(PoolFixture.CATEGORY.contributionTime())
        .minus(PoolFixture.CATEGORY.referenceTime());
    pool.join(1);
    var many = pool.openDeal(dealOf(address(1001), 1, 500), "WASM");
    var oneHour = new Category(1, "L", "", Duration.ofHours(1));
    open(pool, dealOf(address(1002), 1, 1), oneHour);

    var next = finish(pool, many.taskId(0), worker(1));

    assertThat(next).extracting(Assign::deal).containsExactly(many.id());
  }

  @Property(tries = 20)
  void runsAtWorkOfRequestersThatWaitDifferByOneAtMost(
      @ForAll @IntRange(min = 2, max = 5) int requesters,
      @ForAll @IntRange(min = 20, max = 60) int size) {
    var crowd = new PoolFixture();
    for (int number = 1; number <= 3; number++) {
      crowd.join(number);
    }
    var deals = new TreeMap<Integer, Deal>();
    for (int i = 0; i < requesters; i++) {
      deals.put(i, dealOf(address(1000 + i), 1, i == 0 ? size : 20));
      open(crowd, deals.get(i), PoolFixture.CATEGORY);
    }

    int rounds = 3 * SLOTS + 2;
    for (int round = 0; round < rounds; round++) {
      var oldest = atWork(crowd).getFirst();
      finish(crowd, oldest.task(), oldest.machine());
    }

    var counts = deals.values().stream()
        .map(deal ->
            atWork(crowd).stream().filter(one -> one.deal().equals(deal.id())).count())
        .toList();
    assertThat(counts.stream().mapToLong(c -> c).max().orElseThrow()
            - counts.stream().mapToLong(c -> c).min().orElseThrow())
        .as("runs at work by requester: %s", counts)
        .isLessThanOrEqualTo(1);
  }

  private record AtWork(TaskId task, io.ruche.core.DealId deal, Address machine) {}

  /** In the order in which they were given out. */
  private static List<AtWork> atWork(PoolFixture pool) {
    return only(Assign.class, pool.said).stream()
        .filter(
            assign -> pool.engine.task(assign.attempt().task()).orElseThrow().attempts().stream()
                .anyMatch(attempt -> attempt.state().equals("ASSIGNED")))
        .map(assign -> new AtWork(assign.attempt().task(), assign.deal(), assign.machine()))
        .toList();
  }
}
