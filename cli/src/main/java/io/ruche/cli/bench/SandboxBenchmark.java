package io.ruche.cli.bench;

import io.ruche.agent.AotCache;
import io.ruche.cli.Installation;
import io.ruche.core.RucheException;
import io.ruche.core.RunLimits;
import io.ruche.sandbox.Access;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.Sandbox;
import io.ruche.sandbox.nativeapp.NativeSandbox;
import io.ruche.sandbox.nativeapp.NativeSettings;
import io.ruche.sandbox.wasm.EngineSettings;
import io.ruche.sandbox.wasm.RunnerPool;
import io.ruche.sandbox.wasm.RunnerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs apps that do nothing through the sandboxes that workers use, without chain and pool. */
final class SandboxBenchmark {
  static final int MAX_RUNS = 100_000;

  private static final int MEMORY_MIB = 256;
  private static final RunLimits LIMITS =
      new RunLimits(Duration.ofMinutes(1), MEMORY_MIB, 1 << 20, 10);
  private static final int WARM_UP = 100;

  /** Until Java has compiled what each run needs. */
  private static final int WASM_WARM_UP = 1_000;

  private static final int STEP_RUNS = 200;
  private static final Path NOTHING = Path.of("/bin/true");

  private static final List<String> FILES = List.of(
      "bwrap",
      "--die-with-parent",
      "--new-session",
      "--ro-bind",
      "/",
      "/",
      "--proc",
      "/proc",
      "--dev",
      "/dev",
      "--tmpfs",
      "/tmp");
  private static final List<String> NAMESPACES = List.of(
      "--unshare-ipc",
      "--unshare-uts",
      "--unshare-cgroup-try",
      "--unshare-pid",
      "--cap-drop",
      "ALL");

  private final Installation installation;
  private final Path root;
  private final int runs;
  private final int slots;
  private final AtomicInteger count = new AtomicInteger();

  SandboxBenchmark(Installation installation, Path root, int runs, int slots) {
    this.installation = installation;
    this.root = root;
    this.runs = runs;
    this.slots = slots;
  }

  SandboxReport run(Progress progress) throws IOException, InterruptedException {
    var rates = new ArrayList<SandboxReport.Rate>();
    var steps = new ArrayList<SandboxReport.Step>();
    progress.say("processes without a sandbox");
    rates.add(new SandboxReport.Rate("process, no sandbox", rate(() -> start(plain()))));
    steps.add(step("process, no sandbox", () -> start(plain())));
    try {
      steps.add(step("+ bubblewrap: own files", () -> start(FILES)));
      steps.add(step("+ processes, capabilities", () -> start(and(FILES, NAMESPACES))));
      steps.add(step(
          "+ network", () -> start(and(and(FILES, NAMESPACES), List.of("--unshare-net")))));
    } catch (RucheException e) {
      progress.say("no bubblewrap here: " + e.getMessage());
    }
    progress.say("native programs in bubblewrap");
    try (var sandbox =
        NativeSandbox.start(NativeSettings.of(root.resolve("native"), slots, MEMORY_MIB))) {
      measure("NATIVE", sandbox, app(NOTHING), rates, steps);
    } catch (RucheException e) {
      rates.add(new SandboxReport.Rate("NATIVE: " + e.getMessage(), Double.NaN));
    }
    progress.say("WASM in warm runners");
    var settings = RunnerSettings.of(root, List.of())
        .withCache(AotCache.ofRunners())
        .withRunners(slots)
        .withMaxMemoryMiB(MEMORY_MIB)
        .withEngines(EngineSettings.wherePossible(root.resolve("engines")));
    try (var sandbox = RunnerPool.start(settings)) {
      // Runners see this folder alone.
      var module = Files.copy(
          installation.examples().resolve("noop/build/noop.wasm"), root.resolve("noop.wasm"));
      measure("WASM", sandbox, app(module), rates, steps);
    }
    return new SandboxReport(runs, slots, rates, steps);
  }

  private void measure(
      String type,
      Sandbox sandbox,
      RunRequest.App app,
      List<SandboxReport.Rate> rates,
      List<SandboxReport.Step> steps)
      throws IOException, InterruptedException {
    boolean isNative = type.equals("NATIVE");
    rate((isNative ? WARM_UP : WASM_WARM_UP) * slots, () -> runIn(sandbox, app));
    var before = ProcessorTime.now();
    double perSecond = rate(() -> runIn(sandbox, app));
    var used = ProcessorTime.now().since(before);
    // The processes of native runs are gone, and their time with them.
    rates.add(
        isNative
            ? new SandboxReport.Rate(type, perSecond)
            : SandboxReport.Rate.of(type, perSecond, used, runs));
    var name = isNative
        ? "+ user, limits, groups, seccomp, output rules: a NATIVE run"
        : "a WASM run in a warm runner";
    steps.add(step(name, () -> runIn(sandbox, app)));
  }

  private static List<String> plain() {
    return List.of();
  }

  private static List<String> and(List<String> first, List<String> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /** A run that does something else than succeed is no measurement. */
  private Void runIn(Sandbox sandbox, RunRequest.App app) throws IOException, InterruptedException {
    var folder = root.resolve("run-" + count.incrementAndGet());
    var in = Files.createDirectories(folder.resolve("in"));
    var out = Files.createDirectories(folder.resolve("out"));
    var request =
        new RunRequest(app, "seed", List.of(), new TreeMap<>(), in, out, LIMITS, Access.NONE);
    if (sandbox.run(request) instanceof RunOutcome.Failed failed) {
      throw invalid("a run failed: " + failed.code() + ", " + failed.detail());
    }
    try (var files = Files.newDirectoryStream(out)) {
      for (var file : files) {
        Files.delete(file);
      }
    }
    Files.delete(in);
    Files.delete(out);
    Files.delete(folder);
    return null;
  }

  private Void start(List<String> wrapping) throws IOException, InterruptedException {
    var command = and(wrapping, List.of(NOTHING.toString()));
    try {
      var process = new ProcessBuilder(command).start();
      if (process.waitFor() != 0) {
        throw invalid("%s ended with %d".formatted(command.getFirst(), process.exitValue()));
      }
      return null;
    } catch (IOException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private double rate(Callable<Void> one) throws InterruptedException {
    return rate(runs, one);
  }

  private double rate(int times, Callable<Void> one) throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(slots)) {
      long began = System.nanoTime();
      var pending = new ArrayList<Future<Void>>();
      for (int i = 0; i < times; i++) {
        pending.add(threads.submit(one));
      }
      for (var future : pending) {
        future.get();
      }
      return times / ((System.nanoTime() - began) / 1e9);
    } catch (ExecutionException e) {
      throw invalid("a run failed: " + e.getCause());
    }
  }

  private SandboxReport.Step step(String what, Callable<Void> one) throws InterruptedException {
    var millis = new ArrayList<Double>();
    for (int i = 0; i < STEP_RUNS; i++) {
      long began = System.nanoTime();
      try {
        one.call();
      } catch (InterruptedException | RucheException e) {
        throw e;
      } catch (Exception e) {
        throw invalid("a run failed: " + e);
      }
      millis.add((System.nanoTime() - began) / 1e6);
    }
    return new SandboxReport.Step(what, new Sample(millis));
  }

  private static RunRequest.App app(Path file) throws IOException {
    return new RunRequest.App.AppFile(file.toRealPath(), Checksum.of(file));
  }

  private static RucheException invalid(String sentence) {
    return new RucheException("BENCH_INVALID", sentence + ".", "Run the benchmark again.", true);
  }
}
