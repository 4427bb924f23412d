package io.ruche.cli.bench;

import io.ruche.cli.bench.Kernel.Timed;
import io.ruche.core.RucheException;
import io.ruche.core.RunLimits;
import io.ruche.core.Sha256;
import io.ruche.sandbox.Access;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.wasm.EngineSettings;
import io.ruche.sandbox.wasm.RunnerPool;
import io.ruche.sandbox.wasm.RunnerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Runs kernels as a worker runs apps, fuel counted, from the call of the pool to its answer. */
final class KernelRunner implements AutoCloseable {
  private static final RunLimits LIMITS =
      new RunLimits(Duration.ofMinutes(5), 512, 1 << 20, 8, Long.MAX_VALUE >> 1);

  /** Compiles the module, and lets Java's compilers get to it. */
  private static final int WARM_UP = 2;

  private final Path root;
  private final RunnerPool pool;
  private int folders;

  private KernelRunner(Path root, RunnerPool pool) {
    this.root = root;
    this.pool = pool;
  }

  /**
   * Starts a runner with this engine.
   *
   * @throws RucheException RUNNER_NOT_STARTED where it cannot be had
   */
  static KernelRunner start(Path root, EngineSettings engines) throws InterruptedException {
    return new KernelRunner(
        root, RunnerPool.start(RunnerSettings.of(root, List.of()).withEngines(engines)));
  }

  String engine() throws InterruptedException {
    return pool.awaitIsolation().toString();
  }

  Timed timed(Path module, int runs) throws IOException, InterruptedException {
    var app = app(module);
    var results = new ArrayList<String>();
    var nanos = new ArrayList<Long>();
    for (int i = 0; i < WARM_UP + runs; i++) {
      var request = request(app);
      long began = System.nanoTime();
      var outcome = pool.run(request);
      long took = System.nanoTime() - began;
      if (!(outcome instanceof RunOutcome.Finished finished)) {
        throw new RucheException(
            "BENCHMARK_FAILED", "the module %s ended in %s.".formatted(module, outcome), "", false);
      }
      results.add(finished.logs().stdout().strip());
      if (i >= WARM_UP) {
        nanos.add(took);
      }
    }
    return new Timed(results, nanos);
  }

  private RunRequest.App.AppFile app(Path module) throws IOException {
    byte[] bytes = Files.readAllBytes(module);
    var copy = Files.write(root.resolve(module.getFileName()), bytes);
    try {
      var hash = Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
      return new RunRequest.App.AppFile(copy, hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private RunRequest request(RunRequest.App.AppFile app) throws IOException {
    var folder = Files.createDirectory(root.resolve("run-" + ++folders));
    return new RunRequest(
        app,
        "seed",
        List.of(),
        new TreeMap<>(),
        Files.createDirectory(folder.resolve("in")),
        Files.createDirectory(folder.resolve("out")),
        LIMITS,
        Access.NONE);
  }

  @Override
  public void close() {
    pool.close();
  }
}
