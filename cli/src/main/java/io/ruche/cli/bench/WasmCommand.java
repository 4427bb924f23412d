package io.ruche.cli.bench;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures apps beside compiled C and V8. */
@Command(
    name = "wasm",
    description = {
      "Run four kernels as compiled C, on V8, and as apps in this machine's sandbox, one after",
      "another. Every way must come to the same result. What is not installed is left out."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche bench wasm                                 medians of five runs",
      "  ruche bench wasm --runs 11 --output json         steadier, for a program"
    })
final class WasmCommand implements Callable<Integer> {
  private static final int MAX_RUNS = 1_000;

  private final Session session;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Runs of each that are measured (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--wasmtime-library",
      paramLabel = "FILE",
      description = "libwasmtime.so to use (default: as a worker finds it).")
  private @Nullable Path library;

  WasmCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (runs < 1 || runs > MAX_RUNS) {
      throw Usage.error("expected 1 to %d runs, found %d.".formatted(MAX_RUNS, runs), "wasm");
    }
    var progress = new Progress(session);
    return new BenchmarkHome(session).run(home -> {
      var kernels = Installation.current().examples().resolve("kernels");
      var scratch = home.create().folder().toRealPath();
      var report = new WasmBenchmark(kernels, scratch, runs).run(library, progress);
      return new BenchmarkHome.Outcome(report.answer(), ExitCode.OK);
    });
  }
}
