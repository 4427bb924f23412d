package io.ruche.cli.app;

import io.ruche.agent.AotCache;
import io.ruche.cli.output.Reason;
import io.ruche.core.CallbackKind;
import io.ruche.core.ComputedFile;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.Hex;
import io.ruche.core.Keccak;
import io.ruche.core.RucheException;
import io.ruche.core.RunLimits;
import io.ruche.core.RunUsage;
import io.ruche.core.Sha256;
import io.ruche.core.TaskFailure;
import io.ruche.manifest.Bytes;
import io.ruche.manifest.Manifest;
import io.ruche.sandbox.Access;
import io.ruche.sandbox.RunLogs;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.wasm.RunnerPool;
import io.ruche.sandbox.wasm.RunnerSettings;
import io.ruche.transfer.FolderDigest;
import io.ruche.transfer.OutputLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs a module on this machine as a worker does: the same sandbox, the same rules for what it
 * leaves. Limits are those of its manifest, else what every worker grants. A module that is built
 * anew is taken up by the next call. Thread-safe; one call runs at a time, others wait.
 */
final class LocalApp implements AutoCloseable {
  /** Limits of a module without manifest. */
  private static final RunLimits LIMITS =
      new RunLimits(Duration.ofSeconds(60), 512, 256L << 20, 1_000);

  private static final int LOG_TAIL = 4_000;

  private final Path source;
  private final Path root;
  private final RunnerPool runners;
  private final AtomicLong calls = new AtomicLong();
  private Loaded loaded;

  /** A version of the module, copied so that a build does not change it under a run. */
  record Loaded(
      String version, RunRequest.App app, Optional<Manifest> manifest, RunLimits limits) {}

  private LocalApp(Path source, Path root, RunnerPool runners) throws IOException {
    this.source = source;
    this.root = root;
    this.runners = runners;
    this.loaded = load(source, root);
  }

  /** Starts a warm runner for a module. */
  static LocalApp open(Path module) throws InterruptedException {
    AppModule.manifest(AppModule.read(module), module.toString());
    try {
      var root = Files.createTempDirectory("ruche-app-").toRealPath();
      var runners =
          RunnerPool.start(RunnerSettings.of(root, List.of()).withCache(AotCache.ofRunners()));
      return new LocalApp(module, root, runners);
    } catch (IOException e) {
      throw diskFailed(e);
    }
  }

  /** What the module says of itself. */
  Optional<Manifest> manifest() {
    return current().manifest();
  }

  /** Runs the app once, so that its code is compiled before the first call that counts. */
  LocalOutcome warmUp() throws InterruptedException {
    var args = manifest().stream()
        .flatMap(manifest -> manifest.functions().stream())
        .flatMap(function -> function.examples().stream()
            .map(example -> new FunctionCall(function, example.arguments()).args()))
        .findFirst()
        .orElse("0x");
    return call(List.of(args));
  }

  /** Runs the app with these arguments. */
  LocalOutcome call(List<String> args) throws InterruptedException {
    var module = current();
    var folder = root.resolve("run-" + calls.incrementAndGet());
    try {
      var request = request(module, args, folder);
      long start = System.nanoTime();
      var outcome = runners.run(request);
      var usage = outcome.usageIn(Duration.ofNanos(System.nanoTime() - start));
      return switch (outcome) {
        case RunOutcome.Failed failed -> failed(failed, usage);
        case RunOutcome.Finished finished ->
          answer(request.output(), module.limits(), finished.logs(), usage);
      };
    } catch (IOException e) {
      throw diskFailed(e);
    } finally {
      Folders.delete(folder);
    }
  }

  /** A run with these arguments, in a folder of its own. */
  static RunRequest request(Loaded module, List<String> args, Path folder) throws IOException {
    return new RunRequest(
        module.app(),
        seed(args),
        args,
        environment(seed(args)),
        Files.createDirectories(folder.resolve("in")),
        Files.createDirectories(folder.resolve("out")),
        module.limits(),
        Access.NONE);
  }

  @Override
  public void close() {
    runners.close();
    Folders.delete(root);
  }

  private synchronized Loaded current() {
    try {
      if (!version(source).equals(loaded.version())) {
        loaded = load(source, root);
      }
    } catch (IOException e) {
      throw new RucheException(
          "FILE_UNREADABLE",
          "cannot read %s: %s.".formatted(source, Reason.of(e)),
          "Build the module again.",
          true,
          e);
    }
    return loaded;
  }

  /** Copies it to under the root. */
  static Loaded load(Path source, Path root) throws IOException {
    var version = version(source);
    byte[] bytes = AppModule.read(source);
    var manifest = AppModule.manifest(bytes, source.toString());
    var sha256 = sha256(bytes);
    var copy = root.resolve(sha256.hex() + ".wasm");
    Files.write(copy, bytes);
    return new Loaded(
        version, new RunRequest.App.AppFile(copy, sha256), manifest, limits(manifest));
  }

  private static String version(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toMillis() + "-" + Files.size(file);
  }

  private static RunLimits limits(Optional<Manifest> manifest) {
    var promised = manifest.map(Manifest::limits).orElse(null);
    return promised == null
        ? LIMITS
        : new RunLimits(
            Duration.ofSeconds(promised.runSeconds()),
            Math.min(promised.memoryMiB(), LIMITS.memoryMiB()),
            LIMITS.outputBytes(),
            LIMITS.outputFiles());
  }

  private static LocalOutcome answer(Path output, RunLimits limits, RunLogs logs, RunUsage usage)
      throws IOException {
    try {
      var summary =
          FolderDigest.ofFolder(output, OutputLimits.of(limits), CallbackKind.ANSWER_OR_FAILURE);
      byte[] answer = Hex.decode(summary.callbackData());
      if (answer.length == 0) {
        return invalid("expected an answer in " + ComputedFile.FILE_NAME, logs, usage);
      }
      return new LocalOutcome.Answered(Bytes.of(answer), tail(logs), usage);
    } catch (RucheException e) {
      return switch (e.code()) {
        case "OUTPUT_LIMIT" ->
          failed(
              new RunOutcome.Failed(
                  FailureCode.OUTPUT_LIMIT, 0, String.valueOf(e.getMessage()), logs),
              usage);
        case "INVALID_OUTPUT" -> invalid(String.valueOf(e.getMessage()), logs, usage);
        default -> throw e;
      };
    }
  }

  private static LocalOutcome invalid(String reason, RunLogs logs, RunUsage usage) {
    return failed(new RunOutcome.Failed(FailureCode.INVALID_OUTPUT, 0, reason, logs), usage);
  }

  private static LocalOutcome failed(RunOutcome.Failed failed, RunUsage usage) {
    if (failed.code() == FailureCode.INFRASTRUCTURE) {
      throw new RucheException(
          "RUN_FAILED", failed.detail() + ".", "This machine failed, not the app.", true);
    }
    return new LocalOutcome.Failed(
        TaskFailure.of(new Failure(failed.code(), failed.exitCode())),
        failed.detail(),
        tail(failed.logs()),
        usage);
  }

  private static String tail(RunLogs logs) {
    var text = logs.stderr();
    return text.substring(Math.max(0, text.length() - LOG_TAIL));
  }

  /** Chance in a run follows from its arguments: the same call gives the same answer. */
  private static String seed(List<String> args) {
    return Hex.encode(Keccak.hashText(String.join("\n", args)));
  }

  /** What a worker sets for the only task of a deal. */
  private static SortedMap<String, String> environment(String task) {
    var variables = new TreeMap<String, String>();
    variables.put("IEXEC_TASK_ID", task);
    variables.put("IEXEC_DEAL_ID", task);
    variables.put("IEXEC_TASK_INDEX", "0");
    variables.put("IEXEC_IN", "/iexec_in");
    variables.put("IEXEC_OUT", "/iexec_out");
    variables.put("IEXEC_BOT_SIZE", "1");
    variables.put("IEXEC_BOT_FIRST_INDEX", "0");
    variables.put("IEXEC_BOT_TASK_INDEX", "0");
    variables.put("IEXEC_INPUT_FILES_FOLDER", "/iexec_in");
    variables.put("IEXEC_INPUT_FILES_NUMBER", "0");
    return variables;
  }

  private static Sha256 sha256(byte[] bytes) {
    try {
      return Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static RucheException diskFailed(IOException cause) {
    return new RucheException(
        "DISK_FAILED",
        "the run's files cannot be written: %s.".formatted(Reason.of(cause)),
        "Check the space and rights of the folder for temporary files.",
        true,
        cause);
  }
}
