package io.ruche.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.RunLimits;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunOutcome.Failed;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.TestRuns;
import io.ruche.sandbox.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every engine comes to the same end, with the same output, log and fuel, bit for bit. More modules
 * are made with {@code -Druche.differential.modules=N}, others with
 * {@code -Druche.differential.seed=N}.
 */
@EnabledOnOs(OS.LINUX)
class DifferentialTest {
  private static final int MODULES = Integer.getInteger("ruche.differential.modules", 100);
  private static final long FIRST_SEED = Long.getLong("ruche.differential.seed", 1);
  private static final Path EXAMPLES = Path.of("../examples");
  private static final RunLimits LIMITS =
      new RunLimits(Duration.ofMinutes(1), 8, 1 << 20, 8, 3_000_000);

  @TempDir
  Path folder;

  private final Map<Engine, GuestRuns> guests = new HashMap<>();

  @Test
  void generatedModulesComeToTheSameEnd() throws Exception {
    var ends = new HashMap<String, Integer>();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + MODULES; seed++) {
      byte[] module = RandomModule.of(seed);
      var end = requireSame("seed " + seed, module, LIMITS, List.of());
      ends.merge(end.substring(0, end.indexOf(' ')), 1, Integer::sum);
    }

    assertThat(ends.keySet()).as("ends of all kinds: " + ends).contains("Finished", "TRAP");
  }

  /** Chicory 1.7.5 itself rounds 2^63 and more wrongly; found by seed 41. */
  @Test
  void wholeNumbersWithoutSignBecomeTheNearestSingle() throws Exception {
    for (long seed : new long[] {41, 45, 110, 124, 1_333}) {
      requireSame("seed " + seed, RandomModule.of(seed), LIMITS, List.of());
    }
  }

  @Test
  void exampleAppsComeToTheSameEnd() throws Exception {
    var limits = new RunLimits(Duration.ofMinutes(2), 256, 1 << 26, 100, Long.MAX_VALUE >> 1);
    var names = List.of("noop", "failing", "risk-analysis", "chess");
    int count = 0;
    for (var name : names) {
      var file = EXAMPLES.resolve("%s/build/%s.wasm".formatted(name, name));
      if (Files.exists(file)) {
        requireSame(name, Files.readAllBytes(file), limits, List.of("one", "0x00"));
        count++;
      }
    }

    boolean isAllRequired = System.getenv("RUCHE_REQUIRE_ALL") != null;
    assertThat(count).isEqualTo(isAllRequired ? names.size() : count);
  }

  private String requireSame(String what, byte[] module, RunLimits limits, List<String> args)
      throws Exception {
    var found = new ArrayList<String>();
    for (var engine : TestEngines.all()) {
      var runs = new TestRuns(Files.createTempDirectory(folder, "run").toRealPath());
      var request = runs.request(module, args.toArray(String[]::new)).withLimits(limits);
      addInput(request);
      var guest = guests.computeIfAbsent(engine, GuestRuns::new);
      found.add(described(guest.run(request), request));
    }
    assertThat(found).as("%s on %s", what, TestEngines.all()).containsOnly(found.getFirst());
    return found.getFirst();
  }

  private static void addInput(RunRequest request) throws IOException {
    var prices = EXAMPLES.resolve("risk-analysis/build/sp500-2000.csv");
    if (Files.exists(prices)) {
      Files.copy(prices, request.input().resolve("sp500-2000.csv"));
    }
  }

  private static String described(RunOutcome outcome, RunRequest request) throws IOException {
    var end =
        outcome instanceof Failed failed ? failed.code() + " " + failed.exitCode() : "Finished ";
    return "%s fuel %s stdout %s output %s"
        .formatted(end, outcome.fuelUsed(), outcome.logs(), contents(request.output()));
  }

  private static String contents(Path output) throws IOException {
    var text = new StringBuilder();
    try (var files = Files.walk(output)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        text.append("%s %d bytes, hash %d %s; "
            .formatted(
                output.relativize(file),
                bytes.length,
                Arrays.hashCode(bytes),
                TestRuns.sha256(bytes)));
      }
    }
    return text.toString();
  }
}
