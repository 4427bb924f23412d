package io.ruche.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Certification;
import io.ruche.sim.Setup.Kind;
import io.ruche.sim.Setup.Purchase;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Crowds of 200 to 500 hosts that come and go, sleep at night, lie alone and together and sit
 * behind slow links, while the pool crashes and the chain takes blocks back. What must hold is
 * checked after every event, see {@link Invariants}; that everything ends, at the end.
 *
 * <p>{@code -Druche.sim.crowds=N} plays more worlds, {@code -Druche.sim.first=S} others.
 */
class CrowdSimTest {
  private static final long CROWDS = Long.getLong("ruche.sim.crowds", 200);
  private static final long FIRST_SEED = Long.getLong("ruche.sim.first", 1);
  private static final int FEWEST_HOSTS = 200;
  private static final int MOST_HOSTS = 500;

  private static final List<Purchase> DEALS = List.of(
      new Purchase(1, 30, Kind.FINE),
      new Purchase(3, 20, Kind.FINE),
      new Purchase(5, 10, Kind.FINE),
      new Purchase(3, 3, Kind.TRAPS),
      new Purchase(1, 3, Kind.DEAD_URL));

  @Test
  void everyTaskEndsWhateverBreaksInACrowd() {
    var failures = LongStream.range(FIRST_SEED, FIRST_SEED + CROWDS)
        .parallel()
        .mapToObj(CrowdSimTest::failureOf)
        .filter(failure -> !failure.isEmpty())
        .toList();

    assertThat(failures).isEmpty();
  }

  /** Empty when the world with this seed ends well; else what is wrong and how to see it again. */
  private static String failureOf(long seed) {
    try {
      play(seed);
      return "";
    } catch (AssertionError | RuntimeException e) {
      return """
          seed %d: %s
          Replay: mvn -pl sim -am test -Dtest=CrowdSimTest -Druche.sim.first=%d \
          -Druche.sim.crowds=1 -Dsurefire.failIfNoSpecifiedTests=false
          """.formatted(seed, e, seed);
    }
  }

  private static void play(long seed) {
    int hosts = FEWEST_HOSTS + (int) (seed * 37 % (MOST_HOSTS - FEWEST_HOSTS + 1));
    var kinds = Certification.values();
    var certification = kinds[(int) (seed % kinds.length)];
    var setup = Setup.ofCrowd(seed, Crowd.of(hosts), DEALS, certification, Faults.ROUGH);

    var outcome = new Simulation(setup).run();

    assertThat(outcome.tasks())
        .hasSize(66)
        .allSatisfy(ended -> assertThat(ended.task().status()).isEqualTo(TaskStatus.COMPLETED));
    assertThat(outcome.poolMayClose()).as("the pool holds nothing").isTrue();
    assertThat(outcome.workersHoldNothing()).as("the workers hold nothing").isTrue();
    assertThat(outcome.checks()).isEqualTo(outcome.happened());
  }
}
