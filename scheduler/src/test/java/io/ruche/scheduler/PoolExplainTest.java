package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.deal;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why tasks wait, told of groups of workers that are alike. */
class PoolExplainTest {
  private static final String LARGE = "{\"ruche\":{\"needs\":{\"memoryMiB\":2048}}}";
  private static final WorkerOffer SMALL = new WorkerOffer(1, 1024, 1, List.of("WASM"));
  private static final WorkerOffer OTHER = new WorkerOffer(1, 1024, 1, List.of("NATIVE"));

  private final PoolFixture pool = new PoolFixture();

  private List<Reason> why(TaskId task) {
    return pool.engine.explain(task, pool.now).reasons();
  }

  private List<String> sentences(List<Reason> reasons) {
    return reasons.stream().map(Reason::sentence).toList();
  }

  @Test
  void workersThatAreAlikeAreOneLineWithThreeNames() {
    for (int number = 1; number <= 5; number++) {
      pool.join(number, SMALL);
    }
    var task = pool.openDeal(deal(1, 1, LARGE, Address.ZERO), "WASM").taskId(0);

    var alike = new Reason.Alike(
        5, List.of(worker(1), worker(2), worker(3)), "do not offer 2048 MiB of memory");
    assertThat(why(task)).contains(alike);
    assertThat(alike.sentence())
        .startsWith("5 workers (")
        .endsWith(" and 2 more): do not offer 2048 MiB of memory.");
  }

  @Test
  void whatWouldHelpMostCountsOnlyWorkersThatLackNothingElse() {
    pool.join(1, SMALL);
    pool.join(2, SMALL);
    pool.join(3, OTHER);
    pool.join(4, OTHER);
    pool.join(5, OTHER);
    var task = pool.openDeal(deal(1, 1, LARGE, Address.ZERO), "WASM").taskId(0);

    assertThat(why(task)).contains(new Reason.WouldHelp(2, "if they offered 2048 MiB of memory"));
    assertThat(sentences(why(task)))
        .contains("2 more workers would take it if they offered 2048 MiB of memory.");
  }

  @Test
  void anAbleWorkerThatIsBusyIsNamedBesideIdleOnesThatAreUnable() {
    pool.join(1, SMALL);
    pool.openDeal(1, 1);
    pool.join(2, OTHER);
    var task = pool.openDeal(PoolFixture.dealOf(PoolFixture.address(1001), 1, 1), "WASM")
        .taskId(0);

    assertThat(why(task))
        .contains(
            new Reason.NoFreeSlot(worker(1)),
            new Reason.MissingRuntime(worker(2), "WASM"),
            new Reason.WouldHelp(1, "once they have a free slot"));
  }

  @Test
  void thousandsOfWorkersAreAFewLines() {
    for (int number = 1; number <= 400; number++) {
      var offer = number % 2 == 0 ? SMALL : OTHER;
      pool.on(WorkerEvent.Joined.ofWallet(
          worker(number), worker(number), offer, 0, TokenAmount.ofNano(number % 3)));
      pool.beat(number, 1);
    }
    var task = pool.openDeal(deal(1, 1, LARGE, Address.ZERO), "WASM").taskId(0);

    assertThat(why(task)).hasSizeLessThan(8);
    assertThat(pool.engine.explain(pool.now).workers()).hasSizeLessThan(4);
  }

  @Test
  void aPoolSaysWhichDealsWaitAndWhatItsWorkersDo() {
    pool.join(1, SMALL);
    var running = pool.openDeal(PoolFixture.dealOf(PoolFixture.address(1001), 1, 3), "WASM");
    pool.join(2, OTHER);
    pool.join(3, OTHER);
    pool.on(new WorkerEvent.Left(worker(3)));

    var explained = pool.engine.explain(pool.now);

    assertThat(explained.connected()).isEqualTo(2);
    assertThat(explained.idle()).isEqualTo(1);
    assertThat(explained.waiting()).isEqualTo(2);
    assertThat(explained.deals()).singleElement().satisfies(deal -> {
      assertThat(deal.deal()).isEqualTo(running.id());
      assertThat(deal.tasks()).isEqualTo(2);
      assertThat(deal.first()).isEqualTo(running.taskId(1));
      assertThat(deal.reasons()).contains(new Reason.MissingRuntime(worker(2), "WASM"));
    });
    assertThat(explained.workers())
        .contains(
            new Reason.Alike(1, List.of(worker(1)), "are busy"),
            new Reason.Alike(
                1,
                List.of(worker(2)),
                "have a free slot, and may run none of the tasks that wait"));
  }

  @Test
  void aMachineLearnsWhatKeepsItFromWhatWaits() {
    pool.join(1, OTHER);
    assertThat(ofMachine(1)).containsExactly(new Reason.NothingWaits());
    assertThat(ofMachine(2)).containsExactly(new Reason.NotConnected(worker(2)));

    pool.openDeal(deal(1, 1, LARGE, Address.ZERO), "WASM");
    pool.openDeal(PoolFixture.dealOf(PoolFixture.address(1001), 1, 3), "WASM");

    assertThat(ofMachine(1))
        .containsExactlyInAnyOrder(
            new Reason.MissingRuntime(worker(1), "WASM"),
            new Reason.Lacks(worker(1), "2048 MiB of memory", "1024 MiB of memory"));
    pool.join(2, SMALL);
    assertThat(ofMachine(2)).contains(new Reason.NoFreeSlot(worker(2)));
  }

  private List<Reason> ofMachine(int number) {
    return pool.engine.explainMachine(worker(number), pool.now);
  }

  @Test
  void dealsBeyondTheBoundAreCounted() {
    var deals = new ArrayList<>();
    for (int number = 0; number < PoolExplainer.MAX_DEALS + 2; number++) {
      deals.add(
          pool.openDeal(PoolFixture.dealOf(PoolFixture.address(1000 + number), 1, 1), "WASM"));
    }

    var explained = pool.engine.explain(pool.now);

    assertThat(deals).hasSize(PoolExplainer.MAX_DEALS + 2);
    assertThat(explained.deals()).hasSize(PoolExplainer.MAX_DEALS);
    assertThat(explained.furtherDeals()).isEqualTo(2);
  }
}
