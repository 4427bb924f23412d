package io.ruche.cli.bench;

import io.ruche.cli.bench.Kernel.Timed;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs kernels as programs of this machine: compiled C, and modules on V8. */
final class KernelPrograms {
  private final Path kernels;
  private final Path scratch;
  private final int runs;

  KernelPrograms(Path kernels, Path scratch, int runs) {
    this.kernels = kernels;
    this.scratch = scratch;
    this.runs = runs;
  }

  /** Empty where there is no C compiler. */
  Optional<Timed> compiledC(Kernel kernel) throws IOException, InterruptedException {
    var compiler =
        Stream.of("gcc", "cc", "clang").filter(KernelPrograms::isThere).findFirst();
    if (compiler.isEmpty()) {
      return Optional.empty();
    }
    var program = scratch.resolve(kernel.label());
    var source = kernels.resolve(kernel.label() + ".c");
    said(List.of(compiler.get(), "-O2", "-o", program.toString(), source.toString()));
    return Optional.of(timed(List.of(program.toString(), String.valueOf(runs))));
  }

  /** Empty where there is no node. */
  Optional<Timed> v8(Kernel kernel, String flag) throws IOException, InterruptedException {
    if (!isThere("node")) {
      return Optional.empty();
    }
    return Optional.of(timed(List.of(
        "node",
        flag,
        kernels.resolve("v8.mjs").toString(),
        module(kernel).toString(),
        String.valueOf(runs))));
  }

  Path module(Kernel kernel) {
    return kernels.resolve("build").resolve(kernel.label() + ".wasm");
  }

  private static boolean isThere(String program) {
    try {
      var process = new ProcessBuilder(program, "--version")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false; // that is how a missing program shows
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Lines of a result and the nanoseconds that it took. */
  private static Timed timed(List<String> command) throws IOException, InterruptedException {
    var results = new ArrayList<String>();
    var nanos = new ArrayList<Long>();
    for (var line : said(command)) {
      int space = line.indexOf(' ');
      results.add(line.substring(0, space));
      nanos.add(Long.parseLong(line.substring(space + 1)));
    }
    return new Timed(results, nanos);
  }

  private static List<String> said(List<String> command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    var lines = process.inputReader().lines().toList();
    if (process.waitFor() != 0) {
      throw new RucheException(
          "BENCHMARK_FAILED",
          "`%s` ended with code %d.".formatted(String.join(" ", command), process.exitValue()),
          "Its own words are above.",
          false);
    }
    return lines;
  }
}
