package io.ruche.sandbox.wasm;

import io.ruche.core.RunLimits;
import io.ruche.sandbox.Access;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.Sandbox;
import io.ruche.sandbox.TestModules;
import io.ruche.sandbox.TestRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures one warm runner. Arguments: number of runs, then optionally a module, its input folder
 * and its arguments; without a module a no-op is run. Prints, asserts nothing.
 */
public final class SandboxBench {
  private static final RunLimits LIMITS = new RunLimits(Duration.ofMinutes(5), 512, 1 << 28, 1000);

  private SandboxBench() {}

  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[0]);
    var root = Files.createTempDirectory("sandbox-bench").toRealPath();
    var module = arguments.length > 1
        ? Files.readAllBytes(Path.of(arguments[1]))
        : TestModules.noop().build();
    var app = Files.write(root.resolve("app.wasm"), module);
    var input = Files.createDirectory(root.resolve("in"));
    if (arguments.length > 2) {
      copyFiles(Path.of(arguments[2]), input);
    }
    var args = Arrays.asList(arguments).subList(Math.min(3, arguments.length), arguments.length);
    long started = System.nanoTime();
    try (var pool = RunnerPool.start(settings(root))) {
      var memory = Files.readString(
          Path.of("/proc/%d/status".formatted(javaOf(pool.idleRunners().getFirst()))));
      System.out.println(memory.lines().filter(line -> line.startsWith("VmRSS")).toList());
      long ready = millisSince(started);
      var isolation = pool.awaitIsolation();
      System.out.printf("engine known after %d ms%n", millisSince(started));
      System.out.printf("first runner %d ms, isolation: %s%n", ready, isolation);
      var appOf = new RunRequest.App.AppFile(app, TestRuns.sha256(module));
      measure(pool, root, appOf, input, args, count);
    }
  }

  private static RunnerSettings settings(Path root) {
    var engines = EngineSettings.wherePossible(root.resolve("engines"))
        .withChoice(EngineSettings.Choice.valueOf(System.getProperty("engine", "WHERE_POSSIBLE")));
    return RunnerSettings.of(root, List.of()).withEngines(engines);
  }

  /** The runner itself, below what bubblewrap put between. */
  private static long javaOf(long pid) {
    return ProcessHandle.of(pid)
        .orElseThrow()
        .descendants()
        .filter(child -> child.children().findAny().isEmpty())
        .mapToLong(ProcessHandle::pid)
        .findFirst()
        .orElse(pid);
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    try (var files = Files.list(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void measure(
      Sandbox pool, Path root, RunRequest.App app, Path input, List<String> args, int count)
      throws Exception {
    var micros = new long[count];
    for (int i = 0; i < count; i++) {
      var env =
          Map.of("IEXEC_TASK_INDEX", String.valueOf(i), "IEXEC_DATASET_FILENAME", "sp500-2000.csv");
      var output = Files.createDirectory(root.resolve("out-" + i));
      var request = new RunRequest(
          app, "seed" + i, args, new TreeMap<>(env), input, output, LIMITS, Access.NONE);
      long started = System.nanoTime();
      var outcome = pool.run(request);
      micros[i] = (System.nanoTime() - started) / 1_000;
      if (i < 12 || outcome instanceof RunOutcome.Failed) {
        System.out.printf("run %d: %d us, %s%n", i, micros[i], outcome);
        print(output);
      }
    }
    var steady = Arrays.stream(micros).skip(count / 2).sorted().toArray();
    System.out.printf(
        "second half: median %d us, p95 %d us, %.0f runs/s%n",
        steady[steady.length / 2],
        steady[steady.length * 95 / 100],
        1e6 * steady.length / Arrays.stream(steady).sum());
  }

  private static void print(Path output) throws IOException {
    try (var files = Files.list(output)) {
      for (var file : files.sorted().toList()) {
        System.out.println(
            "  " + file.getFileName() + ": " + Files.readString(file).strip());
      }
    }
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
