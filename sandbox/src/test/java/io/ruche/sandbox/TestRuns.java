package io.ruche.sandbox;

import io.ruche.core.RunLimits;
import io.ruche.core.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lays out folders and modules for runs under one temporary folder. */
public final class TestRuns {
  public static final RunLimits LIMITS = new RunLimits(Duration.ofMinutes(2), 8, 1 << 20, 8);

  private final Path root;
  private int count;

  public TestRuns(Path root) {
    this.root = root;
  }

  public Path root() {
    return root;
  }

  public RunRequest request(WasmBuilder module, String... args) throws IOException {
    return request(module.build(), args);
  }

  public RunRequest request(byte[] module, String... args) throws IOException {
    var folder = Files.createDirectories(root.resolve("run-" + ++count));
    var file = Files.write(folder.resolve("app.wasm"), module);
    var input = Files.createDirectories(folder.resolve("in"));
    var output = Files.createDirectories(folder.resolve("out"));
    return new RunRequest(
        new RunRequest.App.AppFile(file, sha256(module)),
        "seed",
        List.of(args),
        new TreeMap<>(Map.of("IEXEC_TASK_INDEX", "7")),
        input,
        output,
        LIMITS,
        Access.NONE);
  }

  /** The same request again with an empty output folder of its own. */
  public RunRequest again(RunRequest request) throws IOException {
    var output = Files.createDirectories(root.resolve("run-" + ++count).resolve("out"));
    return request.withOutput(output);
  }

  /** Where the module of a request lies. */
  public static Path file(RunRequest request) {
    return ((RunRequest.App.AppFile) request.app()).file();
  }

  public static Sha256 sha256(byte[] bytes) {
    try {
      return Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
