package io.ruche.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Certification;
import io.ruche.sim.Setup.Kind;
import io.ruche.sim.Setup.Purchase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One world of very many hosts, with every fault, and what it took; docs/performance.md says how.
 * No test of the build, as it takes minutes: it is asked for by its name.
 * {@code -Druche.sim.hosts=N} and {@code -Druche.sim.first=SEED} choose the world.
 */
class CrowdBench {
  private static final int HOSTS = Integer.getInteger("ruche.sim.hosts", 10_000);
  private static final long SEED = Long.getLong("ruche.sim.first", 1);

  /** Tasks grow with the hosts, 4,000 for 10,000. */
  private static final List<Purchase> DEALS = List.of(
      new Purchase(1, share(2_000), Kind.FINE),
      new Purchase(3, share(1_200), Kind.FINE),
      new Purchase(5, share(600), Kind.FINE),
      new Purchase(3, share(100), Kind.TRAPS),
      new Purchase(1, share(100), Kind.DEAD_URL));

  @Test
  void everyTaskOfAVeryLargeCrowdEnds() throws IOException {
    var setup =
        Setup.ofCrowd(SEED, Crowd.of(HOSTS), DEALS, Certification.AFTER_COMMIT, Faults.ROUGH);
    long began = System.nanoTime();

    var outcome = new Simulation(setup).run();

    var taken = Duration.ofNanos(System.nanoTime() - began);
    report(outcome, taken);
    assertThat(outcome.tasks())
        .allSatisfy(ended -> assertThat(ended.task().status()).isEqualTo(TaskStatus.COMPLETED));
    assertThat(outcome.poolMayClose()).as("the pool holds nothing").isTrue();
    assertThat(outcome.workersHoldNothing()).as("the workers hold nothing").isTrue();
    assertThat(outcome.checks()).isEqualTo(outcome.happened());
  }

  private static long share(long ofTenThousand) {
    return Math.max(1, ofTenThousand * HOSTS / 10_000);
  }

  private static void report(Simulation.Outcome outcome, Duration taken) throws IOException {
    double seconds = taken.toMillis() / 1e3;
    System.out.printf(
        """
        %,d hosts, seed %d: %,d tasks ended
        %,d events, each checked, %,d full checks
        %.1f s, %,.0f events/s, at most %s of memory
        trace %s
        """,
        HOSTS,
        SEED,
        outcome.tasks().size(),
        outcome.happened(),
        outcome.fullChecks(),
        seconds,
        outcome.happened() / seconds,
        peakMemory(),
        outcome.traceDigest());
  }

  /** Of the whole process, as Linux counts it. */
  private static String peakMemory() throws IOException {
    var status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "an unknown amount";
    }
    try (var lines = Files.lines(status)) {
      long kib = lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
      return "%,d MiB".formatted(kib >> 10);
    }
  }
}
