package io.ruche.cli.bench;

import io.ruche.cli.bench.Kernel.Timed;
import io.ruche.core.RucheException;
import io.ruche.sandbox.wasm.EngineSettings;
import io.ruche.sandbox.wasm.EngineSettings.Choice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs every kernel in every way that this machine has, and compares what comes out. */
final class WasmBenchmark {
  private final Path kernels;
  private final Path scratch;
  private final int runs;

  WasmBenchmark(Path kernels, Path scratch, int runs) {
    this.kernels = kernels;
    this.scratch = scratch;
    this.runs = runs;
  }

  /** One after another: they would take each other's processor. */
  WasmReport run(@Nullable Path library, Progress progress)
      throws IOException, InterruptedException {
    var found = new WasmReport(runs);
    var programs = new KernelPrograms(kernels, Files.createDirectory(scratch.resolve("c")), runs);
    for (var kernel : Kernel.values()) {
      progress.say("%s in C and on V8".formatted(kernel.label()));
      found.add(kernel, WasmReport.Way.NATIVE, programs.compiledC(kernel));
      found.add(kernel, WasmReport.Way.V8, programs.v8(kernel, "--no-warnings"));
      found.add(kernel, WasmReport.Way.V8_OPTIMIZED, programs.v8(kernel, "--no-liftoff"));
    }
    var settings = EngineSettings.wherePossible(scratch.resolve("engines")).withLibrary(library);
    inRunner(
        WasmReport.Way.CHICORY, settings.withChoice(Choice.CHICORY), programs, found, progress);
    inRunner(
        WasmReport.Way.WASMTIME, settings.withChoice(Choice.WASMTIME), programs, found, progress);
    requireSameResults(found);
    return found;
  }

  private void inRunner(
      WasmReport.Way way,
      EngineSettings engines,
      KernelPrograms programs,
      WasmReport found,
      Progress progress)
      throws IOException, InterruptedException {
    var root = Files.createDirectory(scratch.resolve(way.label()));
    try (var runner = KernelRunner.start(root, engines)) {
      found.name(way, runner.engine());
      for (var kernel : Kernel.values()) {
        progress.say("%s on %s".formatted(kernel.label(), way.label()));
        found.add(kernel, way, Optional.of(runner.timed(programs.module(kernel), runs)));
      }
    } catch (RucheException e) {
      if (!e.code().equals("RUNNER_NOT_STARTED")) {
        throw e;
      }
      progress.say("left out: " + e.getMessage());
    }
  }

  private static void requireSameResults(WasmReport found) {
    for (var kernel : Kernel.values()) {
      Map<WasmReport.Way, Timed> ways = new EnumMap<>(found.of(kernel));
      var results = new HashSet<String>();
      ways.values().forEach(timed -> results.addAll(timed.results()));
      if (results.size() > 1) {
        throw new RucheException(
            "RESULTS_DIFFER",
            "%s: expected one result in every way, found %s.".formatted(kernel.label(), results),
            "This is a defect of an engine; please report it.",
            false);
      }
    }
  }
}
