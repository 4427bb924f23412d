package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.FailureCode;
import io.ruche.core.TaskId;
import io.ruche.scheduler.Command.Assign;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results that differ by architecture are compared among machines of one architecture. */
class LikeMachinesTest {
  private static final int TRUST_OF_TWO_COPIES = 3;

  private final PoolFixture pool = new PoolFixture();

  @Test
  void copiesOfAProgramGoToMachinesOfOneArchitecture() {
    join(1, "amd64");
    join(2, "arm64");
    join(3, "amd64");

    var task = open("NATIVE").taskId(0);

    assertThat(workers()).containsExactly(worker(1), worker(3));
    pool.on(new WorkerEvent.Left(worker(3)));
    pool.pass(pool.policy.reconnectGrace());
    assertThat(why(task))
        .contains(new Reason.OtherArchitecture(worker(2), "arm64", worker(1), "amd64"));
  }

  @Test
  void modulesGiveTheSameBitsEverywhere() {
    join(1, "amd64");
    join(2, "arm64");

    open("WASM");

    assertThat(workers()).containsExactly(worker(1), worker(2));
  }

  @Test
  void aVoteCountsAsMuchAsARun() {
    join(1, "arm64");
    var task = open("DOCKER").taskId(0);
    pool.contribute(1, task, digest("result"));

    join(2, "amd64");
    assertThat(workers()).hasSize(1);
    join(3, "arm64");

    assertThat(workers()).containsExactly(worker(1), worker(3));
  }

  @Test
  void whoFailedDoesNotBindTheTask() {
    join(1, "arm64");
    var task = open("NATIVE").taskId(0);
    pool.on(new WorkerEvent.Failed(
        worker(1), new AttemptId(task, 1), FailureCode.INFRASTRUCTURE, 0, "disk is full"));

    join(2, "amd64");
    join(3, "amd64");

    assertThat(workers()).containsExactly(worker(1), worker(2), worker(3));
  }

  @Test
  void whenHalfOfTheTimeIsOverAnyMachineWillDo() {
    join(1, "amd64");
    join(2, "arm64");
    var task = open("NATIVE").taskId(0);
    pool.contribute(1, task, digest("result"));
    assertThat(workers()).containsExactly(worker(1));

    pool.pass(PoolFixture.CATEGORY.contributionTime().dividedBy(2));
    pool.beat(2, 1);

    assertThat(workers()).containsExactly(worker(1), worker(2));
  }

  @Test
  void aMachineThatDoesNotSayItsArchitectureIsNotKeptAway() {
    join(1, "amd64");
    join(2, "");

    open("NATIVE");

    assertThat(workers()).containsExactly(worker(1), worker(2));
  }

  private List<Address> workers() {
    return only(Assign.class, pool.said).stream().map(Assign::worker).toList();
  }

  private void join(int number, String architecture) {
    var offer = new WorkerOffer(1, 4096, 10_000, List.of("WASM", "NATIVE", "DOCKER"))
        .withMachine(new WorkerOffer.Machine(2, architecture, List.of(), List.of()));
    pool.join(number, offer);
  }

  private Deal open(String type) {
    return pool.openDeal(PoolFixture.deal(TRUST_OF_TWO_COPIES, 1, "", Address.ZERO), type);
  }

  private List<Reason> why(TaskId task) {
    return pool.engine.explain(task, pool.now).reasons();
  }
}
