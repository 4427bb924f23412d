package io.ruche.cli.bench;

import io.ruche.agent.AgentLauncher;
import io.ruche.cli.Installation;
import io.ruche.cli.process.ProcessRecord;
import io.ruche.cli.settings.Home;
import io.ruche.cli.up.LocalNetwork;
import io.ruche.cli.up.UpOptions;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Starts one worker again and again beside a market that stands. Ready is when its log says that
 * the pool took it; memory is read when it has had time to find out what else it can run, and to
 * give back what the start took.
 */
final class WorkerBenchmark {
  static final int MAX_STARTS = 100;

  private static final String READY = "pool connected";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration SETTLE = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 5;
  private static final long STOP_SECONDS = 30;
  private static final long UNPACK_SECONDS = 120;

  private final Installation installation;
  private final Home home;
  private final int starts;
  private final @Nullable Path archive;

  WorkerBenchmark(Installation installation, Home home, int starts, @Nullable Path archive) {
    this.installation = installation;
    this.home = home;
    this.starts = starts;
    this.archive = archive;
  }

  WorkerReport run(Progress progress) throws IOException, InterruptedException {
    var local = new LocalNetwork(home, installation, progress::say);
    var stop = new Thread(local::down);
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      local.up(UpOptions.ofWorkers(1));
      var command = command(theWorker(local));
      var found = new ArrayList<WorkerReport.Start>();
      for (int i = 1; i <= starts; i++) {
        progress.say("start %d of %d".formatted(i, starts));
        found.add(start(command, home.logs().resolve("start-" + i + ".log")));
      }
      var build = archive == null ? "this build" : String.valueOf(archive.getFileName());
      return WorkerReport.of(build, found);
    } finally {
      local.down();
      Runtime.getRuntime().removeShutdownHook(stop);
    }
  }

  /** The market's own worker makes way for those that are measured. */
  private static ProcessRecord theWorker(LocalNetwork local) throws InterruptedException {
    var worker = local.processes().stream()
        .filter(process -> process.name().startsWith("worker-"))
        .findFirst()
        .orElseThrow();
    var process = ProcessHandle.of(worker.pid()).orElseThrow();
    process.destroy();
    try {
      process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw invalid("the first worker did not end within %d s.".formatted(STOP_SECONDS));
    }
    return worker;
  }

  private List<String> command(ProcessRecord worker) throws IOException, InterruptedException {
    var whole = worker.command();
    if (archive == null) {
      return whole;
    }
    var arguments = whole.subList(whole.indexOf(AgentLauncher.MAIN_CLASS) + 1, whole.size());
    var root = unpacked(archive);
    try (var jars = Files.newDirectoryStream(root.resolve("lib"), "ruche-agent-*.jar")) {
      var jar = jars.iterator().next();
      return AgentLauncher.command(
          root.resolve("runtime/bin/java"), root.resolve("lib"), jar.toString(), arguments);
    }
  }

  private Path unpacked(Path file) throws IOException, InterruptedException {
    var folder = Files.createDirectories(home.folder().resolve("archive"));
    var tar = new ProcessBuilder("tar", "-xzf", file.toString(), "-C", folder.toString())
        .inheritIO()
        .start();
    if (!tar.waitFor(UNPACK_SECONDS, TimeUnit.SECONDS) || tar.exitValue() != 0) {
      tar.destroyForcibly();
      throw invalid("the archive %s cannot be unpacked.".formatted(file));
    }
    try (var roots = Files.newDirectoryStream(folder)) {
      return roots.iterator().next();
    }
  }

  private static WorkerReport.Start start(List<String> command, Path log)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(Files.createFile(log).toFile());
    long began = System.nanoTime();
    var process = builder.start();
    try {
      while (!Files.readString(log).contains(READY)) {
        if (!process.isAlive() || System.nanoTime() - began > START_LIMIT.toNanos()) {
          throw invalid("a worker did not become ready; its log is %s.".formatted(log));
        }
        Thread.sleep(POLL_MILLIS);
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      Thread.sleep(SETTLE);
      var children = process.descendants().toList();
      return new WorkerReport.Start(
          seconds,
          ResidentMemory.mebibytes(process.pid()),
          children.stream()
              .mapToDouble(child -> ResidentMemory.mebibytes(child.pid()))
              .sum(),
          children.size());
    } finally {
      process.destroy();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private static RucheException invalid(String sentence) {
    return new RucheException("BENCH_INVALID", sentence, "Run the benchmark again.", true);
  }
}
