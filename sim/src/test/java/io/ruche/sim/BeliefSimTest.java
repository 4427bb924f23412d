package io.ruche.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.certify.AdaptiveReplication;
import io.ruche.certify.CertificationMethod;
import io.ruche.certify.CredibilityVoting;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.CertificationPolicy;
import io.ruche.scheduler.MethodCertification;
import io.ruche.sim.Setup.Kind;
import io.ruche.sim.Setup.Purchase;
import io.ruche.testkit.Sample;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whole pools that believe results by a method off chain, with real engines on both sides;
 * {@code -Druche.sim.seeds=N} runs more worlds.
 */
class BeliefSimTest {
  private static final long SEEDS = Long.getLong("ruche.sim.seeds", 6);

  private static final List<Purchase> FINE = List.of(new Purchase(1, 20, Kind.FINE));
  private static final List<Purchase> MIXED = List.of(
      new Purchase(1, 8, Kind.FINE),
      new Purchase(3, 4, Kind.FINE),
      new Purchase(1, 2, Kind.DEAD_URL),
      new Purchase(1, 2, Kind.TRAPS));

  private static CertificationPolicy policy(CertificationMethod method) {
    return new MethodCertification(method, Sample.digest("secret"));
  }

  private static CertificationPolicy credible() {
    return policy(new CredibilityVoting(0.99, 0.2, 0.2));
  }

  @Test
  void liarsWhoAgreeAreNeverAuthorised() {
    var outcome = new Simulation(Setup.ofWallets(5, 11, 2, 0, FINE, credible(), Faults.NONE)).run();

    assertThat(outcome.tasks()).hasSize(20).allSatisfy(ended -> {
      assertThat(ended.task().status()).isEqualTo(TaskStatus.COMPLETED);
      assertThat(ended.task().resultDigest())
          .isEqualTo(Sample.digest("result " + ended.task().id()));
      assertThat(ended.contributions()).hasSize(1).noneMatch(vote -> isLiar(vote.worker()));
    });
  }

  @TestFactory
  Stream<DynamicTest> everyTaskEndsWhateverBreaks() {
    return LongStream.rangeClosed(1, SEEDS)
        .boxed()
        .flatMap(seed -> Stream.of(credible(), policy(new AdaptiveReplication(2)))
            .map(policy -> DynamicTest.dynamicTest(
                "seed " + seed + " " + policy.name(), () -> endsWell(seed, policy))));
  }

  private static void endsWell(long seed, CertificationPolicy policy) {
    var outcome =
        new Simulation(Setup.ofWallets(seed, 11, 1, 1, MIXED, policy, Faults.ROUGH)).run();

    assertThat(outcome.tasks())
        .hasSize(16)
        .allSatisfy(ended -> assertThat(ended.task().status()).isEqualTo(TaskStatus.COMPLETED));
    assertThat(outcome.poolMayClose()).as("the pool holds nothing").isTrue();
    assertThat(outcome.workersHoldNothing()).as("the workers hold nothing").isTrue();
  }

  /** Workers 2 and 3 of a world with two liars. */
  private static boolean isLiar(io.ruche.core.Address worker) {
    return worker.equals(Sample.worker(2)) || worker.equals(Sample.worker(3));
  }
}
