package io.ruche.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Consensus;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.scheduler.Certification;
import io.ruche.sim.Setup.Kind;
import io.ruche.sim.Setup.Purchase;
import io.ruche.testkit.Sample;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whole pools; {@code -Druche.sim.seeds=N} runs more worlds, {@code -Druche.sim.first=S} others.
 */
class PoolSimTest {
  private static final long SEEDS = Long.getLong("ruche.sim.seeds", 20);
  private static final long FIRST_SEED = Long.getLong("ruche.sim.first", 1);

  private static final List<Purchase> MIXED = List.of(
      new Purchase(1, 6, Kind.FINE),
      new Purchase(3, 6, Kind.FINE),
      new Purchase(5, 3, Kind.FINE),
      new Purchase(3, 2, Kind.TRAPS),
      new Purchase(3, 2, Kind.TRAPS_WITH_CALLBACK),
      new Purchase(1, 2, Kind.DEAD_URL),
      new Purchase(5, 1, Kind.GARBAGE_PARAMS),
      new Purchase(1, 1, Kind.UNKNOWN_APP));

  private static final int TASKS =
      MIXED.stream().mapToInt(deal -> (int) deal.volume()).sum();

  @Test
  void whenAllAgreeNobodyContributesWithoutNeed() {
    for (var certification : Certification.values()) {
      var outcome = run(Setup.ofWallets(7, 8, 0, 0, MIXED, certification, Faults.NONE));

      assertThat(outcome.tasks()).hasSize(TASKS).allSatisfy(ended -> {
        assertThat(ended.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(ended.contributions())
            .hasSize(Consensus.copiesWhenAllAgree(ended.purchase().trust()));
      });
      assertThat(outcome.hub().viewAccount(io.ruche.testkit.InMemoryHub.KITTY).locked())
          .isEqualTo(TokenAmount.ZERO);
    }
  }

  @Test
  void liarsAreOutvotedAndLoseTheirStake() {
    var deals = List.of(new Purchase(5, 12, Kind.FINE));

    var outcome = run(Setup.ofWallets(3, 9, 2, 0, deals, Certification.WITH_WORK, Faults.NONE));

    assertThat(outcome.tasks()).allSatisfy(ended -> {
      assertThat(ended.task().status()).isEqualTo(TaskStatus.COMPLETED);
      assertThat(ended.task().resultDigest())
          .isEqualTo(Sample.digest("result " + ended.task().id()));
    });
    assertThat(outcome.hub().viewAccount(Sample.worker(2)).stake())
        .isLessThan(outcome.hub().viewAccount(Sample.worker(5)).stake());
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    var setup = rough(99, Certification.WITH_WORK, false);

    var first = run(setup);
    var second = run(setup);

    assertThat(second.traceDigest()).isEqualTo(first.traceDigest());
    assertThat(run(rough(100, Certification.WITH_WORK, false)).traceDigest())
        .isNotEqualTo(first.traceDigest());
  }

  @Test
  void muchOfWhatItsRequesterStopsInTimeIsNotRun() {
    long worlds = 4L * Certification.values().length;
    long cancelled = Stream.of(Certification.values())
        .flatMap(certification ->
            LongStream.rangeClosed(11, 14).mapToObj(seed -> withCancels(seed, certification)))
        .flatMap(outcome -> outcome.tasks().stream())
        .filter(Simulation.Ended::isCancelled)
        .count();

    assertThat(cancelled).isGreaterThan(3 * worlds);
  }

  @TestFactory
  Stream<DynamicTest> whatItsRequesterStopsEndsWithoutAnybodysStake() {
    return worlds(PoolSimTest::withCancels);
  }

  /** What must hold of what was cancelled is checked at the end of every world. */
  private static Simulation.Outcome withCancels(long seed, Certification certification) {
    var outcome = run(Setup.ofWallets(seed, 8, 0, 0, MIXED, certification, Faults.CANCELS));

    assertThat(outcome.tasks())
        .allSatisfy(ended -> assertThat(ended.task().status()).isEqualTo(TaskStatus.COMPLETED));
    assertThat(outcome.hub().viewAccount(io.ruche.testkit.InMemoryHub.KITTY).locked())
        .isEqualTo(TokenAmount.ZERO);
    return outcome;
  }

  /** Of each seed one world, the ways to certify in turn. */
  private static Stream<DynamicTest> worlds(BiConsumer<Long, Certification> world) {
    var kinds = Certification.values();
    return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS).mapToObj(seed -> {
      var kind = kinds[(int) (seed % kinds.length)];
      return DynamicTest.dynamicTest("seed " + seed + " " + kind, () -> world.accept(seed, kind));
    });
  }

  @TestFactory
  Stream<DynamicTest> everyTaskEndsWhateverBreaksBeforeTheWorldHeals() {
    return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS)
        .boxed()
        .flatMap(seed -> Stream.of(Certification.values()).map(kind -> test(seed, kind)));
  }

  /** Whatever else breaks: what is left ends, and nothing is owed of what was lost. */
  @TestFactory
  Stream<DynamicTest> aDealThatAReorgTookForGoodHoldsNobodyUp() {
    return worlds((seed, certification) -> {
      var outcome = run(new Setup(seed, 9, 0, 1, 1, MIXED, certification, Faults.FORGETS, false));

      assertThat(outcome.tasks())
          .hasSizeLessThan(TASKS)
          .allSatisfy(ended -> assertThat(ended.task().status()).isEqualTo(TaskStatus.COMPLETED));
      assertHoldNothing(outcome);
    });
  }

  private static DynamicTest test(long seed, Certification certification) {
    return DynamicTest.dynamicTest(
        "seed " + seed + " " + certification, () -> check(rough(seed, certification, false)));
  }

  private static Setup rough(long seed, Certification certification, boolean isKeepingTrace) {
    return new Setup(seed, 9, 0, 1, 1, MIXED, certification, Faults.ROUGH, isKeepingTrace);
  }

  private static void check(Setup setup) {
    var outcome = run(setup);

    assertThat(outcome.tasks()).hasSize(TASKS);
    for (var ended : outcome.tasks()) {
      var id = ended.task().id();
      assertThat(ended.task().status()).as("task %s", id).isEqualTo(TaskStatus.COMPLETED);
      assertThat(ended.contributions().stream().map(c -> ownerOf(c.worker())))
          .as("owners of task %s", id)
          .doesNotHaveDuplicates();
    }
    assertHoldNothing(outcome);
  }

  private static void assertHoldNothing(Simulation.Outcome outcome) {
    assertThat(outcome.poolMayClose()).as("the pool holds nothing").isTrue();
    assertThat(outcome.workersHoldNothing()).as("the workers hold nothing").isTrue();
  }

  /** Worker 10 belongs to the owner of worker 1. */
  private static io.ruche.core.Address ownerOf(io.ruche.core.Address worker) {
    return worker.equals(Sample.worker(10)) ? Sample.worker(1) : worker;
  }

  private static Simulation.Outcome run(Setup setup) {
    return new Simulation(setup).run();
  }
}
