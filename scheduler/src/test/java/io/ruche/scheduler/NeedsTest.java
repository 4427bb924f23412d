package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.Needs;
import io.ruche.core.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A task that needs a GPU or the network goes to a machine that offers it, and to no other. */
class NeedsTest {
  private static final String NEEDS_GPU = "{\"ruche\":{\"needs\":{\"gpu\":true}}}";

  private static final WorkerOffer SMALL = new WorkerOffer(1, 1024, 5_000, List.of("NATIVE"))
      .withMachine(new WorkerOffer.Machine(2, "amd64", List.of(), List.of()));
  private static final WorkerOffer LARGE = new WorkerOffer(1, 4096, 10_000, List.of("NATIVE"))
      .withMachine(new WorkerOffer.Machine(8, "arm64", List.of(), List.of()));
  private static final Admission HOSPITAL = Admission.OPEN.withGroups(
      Map.of("hospital", Set.of(PoolFixture.worker(1), PoolFixture.worker(3))));

  private final PoolFixture pool =
      new PoolFixture(SchedulerPolicy.defaults().withAdmission(HOSPITAL));

  @Test
  void aTaskWaitsForTheMachineThatHasWhatItNeeds() {
    pool.join(1, offering("NATIVE", "NATIVE+NETWORK"));
    pool.openDeal(PoolFixture.deal(1, 1, NEEDS_GPU, Address.ZERO), "NATIVE");
    assertThat(only(Command.Assign.class, pool.said)).isEmpty();

    pool.join(2, offering("NATIVE", "NATIVE+GPU"));

    assertThat(only(Command.Assign.class, pool.said))
        .singleElement()
        .satisfies(assign -> assertThat(assign.worker()).isEqualTo(PoolFixture.worker(2)));
  }

  @Test
  void aTaskWithoutNeedsGoesToAnyMachineOfItsType() {
    pool.join(1, offering("NATIVE"));

    pool.openDeal(PoolFixture.deal(1, 1, "", Address.ZERO), "NATIVE");

    assertThat(only(Command.Assign.class, pool.said)).hasSize(1);
  }

  @Test
  void itIsSaidWhatIsMissing() {
    pool.join(1, offering("NATIVE"));
    var deal = pool.openDeal(PoolFixture.deal(1, 1, NEEDS_GPU, Address.ZERO), "NATIVE");

    var reasons = pool.engine.explain(deal.taskId(0), pool.now).reasons();

    assertThat(reasons)
        .contains(new Reason.MissingRuntime(
            PoolFixture.worker(1), new Needs(false, true).runtime("NATIVE")));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      "cpu":4           | 4 processors for a task | 2 processors for a task
      "memoryMiB":2048  | 2048 MiB of memory      | 1024 MiB of memory
      "diskMiB":9000    | 9000 MiB of disk space  | 5000 MiB of disk space
      "arch":"arm64"    | architecture arm64      | architecture amd64
      """)
  void aTaskWaitsForAMachineThatIsLargeEnough(String need, String asked, String offered) {
    pool.join(1, SMALL);
    var task = open(need).taskId(0);

    assertThat(why(task)).contains(new Reason.Lacks(PoolFixture.worker(1), asked, offered));
    pool.join(2, LARGE);

    assertThat(only(Command.Assign.class, pool.said))
        .extracting(Command.Assign::worker)
        .containsExactly(PoolFixture.worker(2));
  }

  @Test
  void theMemoryThatIsAskedForBecomesTheLimitOfTheRun() {
    pool.join(1, LARGE);

    open("\"memoryMiB\":2048");

    assertThat(PoolFixture.one(Command.Assign.class, pool.said).limits().memoryMiB())
        .isEqualTo(2048);
  }

  @Test
  void aTaskOfAGroupNeedsTheWordOfThePoolAndOfTheMachine() {
    pool.join(1, LARGE);
    pool.join(2, inGroup());
    pool.join(3, inGroup());

    var task = open("\"group\":\"hospital\"").taskId(0);

    assertThat(only(Command.Assign.class, pool.said))
        .extracting(Command.Assign::worker)
        .containsExactly(PoolFixture.worker(3));
    pool.on(new WorkerEvent.Refused(PoolFixture.worker(3), new AttemptId(task, 1), "PAUSED", ""));
    assertThat(why(task))
        .contains(
            new Reason.NotInGroup(PoolFixture.worker(1), "hospital", true),
            new Reason.NotInGroup(PoolFixture.worker(2), "hospital", false));
  }

  @Test
  void aTaskThatFitsNoMachineIsGivenOutAfterAWaitSoThatItCanFail() {
    pool.join(1, SMALL);
    open("\"cpu\":1000,\"memoryMiB\":500000");

    pool.pass(pool.policy.failureWait());
    pool.beat(1, 1);

    assertThat(only(Command.Assign.class, pool.said))
        .singleElement()
        .satisfies(assign -> assertThat(assign.limits().memoryMiB()).isEqualTo(SMALL.memoryMiB()));
  }

  @Test
  void aRunTakesNoLongerThanItsRequesterWantsNorThanItsCategoryAllows() {
    pool.join(1, LARGE);

    openLimited(60);
    assertThat(PoolFixture.one(Command.Assign.class, pool.said).limits().runTime())
        .isEqualTo(Duration.ofSeconds(60));
    var late = pool.pass(Duration.ofSeconds(60).plus(pool.policy.attemptOverhead()));
    assertThat(only(Command.Abort.class, late)).hasSize(1);
  }

  @Test
  void aLongerTimeThanTheCategoryAllowsChangesNothing() {
    pool.join(1, LARGE);

    openLimited(100_000);

    assertThat(PoolFixture.one(Command.Assign.class, pool.said).limits().runTime())
        .isEqualTo(PoolFixture.CATEGORY.referenceTime());
  }

  private void openLimited(int runSeconds) {
    var params = "{\"ruche\":{\"limits\":{\"runSeconds\":%d}}}".formatted(runSeconds);
    pool.openDeal(PoolFixture.deal(1, 1, params, Address.ZERO), "NATIVE");
  }

  @Test
  void aWorkerThatDoesNotKnowSuchNeedsNeverGetsTheTask() {
    pool.join(1, SMALL.withMachine(null));
    var task = open("\"cpu\":1").taskId(0);

    pool.pass(pool.policy.failureWait());
    pool.beat(1, 1);

    assertThat(only(Command.Assign.class, pool.said)).isEmpty();
    assertThat(why(task)).contains(new Reason.TooOldForNeeds(PoolFixture.worker(1)));
  }

  private List<Reason> why(TaskId task) {
    return pool.engine.explain(task, pool.now).reasons();
  }

  private Deal open(String needs) {
    var params = "{\"ruche\":{\"needs\":{%s}}}".formatted(needs);
    return pool.openDeal(PoolFixture.deal(1, 1, params, Address.ZERO), "NATIVE");
  }

  private static WorkerOffer inGroup() {
    return LARGE.withMachine(new WorkerOffer.Machine(8, "arm64", List.of("hospital"), List.of()));
  }

  private static WorkerOffer offering(String... runtimes) {
    return new WorkerOffer(1, 1024, 1024, List.of(runtimes));
  }
}
