package io.ruche.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.scheduler.Certification;
import io.ruche.sim.Setup.Kind;
import io.ruche.sim.Setup.Purchase;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Owners with several machines behind one account, among owners with wallets. */
class AccountSimTest {
  private static final long SEEDS = Long.getLong("ruche.sim.seeds", 6);
  private static final List<Purchase> DEALS = List.of(
      new Purchase(1, 8, Kind.FINE),
      new Purchase(3, 8, Kind.FINE),
      new Purchase(5, 3, Kind.FINE),
      new Purchase(3, 2, Kind.TRAPS),
      new Purchase(1, 2, Kind.DEAD_URL));

  /** What never two machines of one owner do at once is checked after everything that happens. */
  @TestFactory
  Stream<DynamicTest> everyTaskEndsAndNoOwnerIsEverAtATaskTwice() {
    return LongStream.rangeClosed(1, SEEDS)
        .boxed()
        .flatMap(seed -> Stream.of(Certification.values())
            .map(kind -> DynamicTest.dynamicTest("seed " + seed + " " + kind, () -> {
              var outcome = run(new Setup(seed, 4, 3, 1, 0, DEALS, kind, Faults.ROUGH, false));

              assertThat(outcome.tasks())
                  .allSatisfy(
                      ended -> assertThat(ended.task().status()).isEqualTo(TaskStatus.COMPLETED));
              assertThat(outcome.poolMayClose()).isTrue();
              assertThat(outcome.workersHoldNothing()).isTrue();
            })));
  }

  @Test
  void accountsAloneAgreeWithEachOtherOwnerByOwner() {
    var deals = List.of(new Purchase(3, 6, Kind.FINE));

    var outcome = run(new Setup(5, 0, 2, 0, 0, deals, Certification.WITH_WORK, Faults.NONE, false));

    assertThat(outcome.tasks()).hasSize(6).allSatisfy(ended -> {
      assertThat(ended.task().status()).isEqualTo(TaskStatus.COMPLETED);
      assertThat(ended.contributions().stream().map(c -> c.worker()))
          .containsExactlyInAnyOrder(Hosts.account(0), Hosts.account(1));
    });
  }

  @Test
  void oneOwnersMachinesWorkOnWhatTheyMayAndLeaveTheRestToTheRefund() {
    var deals = List.of(new Purchase(3, 2, Kind.FINE), new Purchase(1, 12, Kind.FINE));

    var outcome = run(new Setup(6, 0, 1, 0, 0, deals, Certification.WITH_WORK, Faults.NONE, false));

    assertThat(outcome.tasks()).hasSize(14).allSatisfy(ended -> {
      boolean isServable = ended.purchase().trust() == 1;
      assertThat(ended.task().status())
          .isEqualTo(isServable ? TaskStatus.COMPLETED : TaskStatus.FAILED);
      assertThat(ended.contributions()).hasSize(1);
    });
    assertThat(outcome.poolMayClose()).isTrue();
    assertThat(outcome.workersHoldNothing()).isTrue();
    assertThat(outcome.hub().viewAccount(Hosts.account(0)).locked()).isEqualTo(TokenAmount.ZERO);
  }

  private static Simulation.Outcome run(Setup setup) {
    return new Simulation(setup).run();
  }
}
