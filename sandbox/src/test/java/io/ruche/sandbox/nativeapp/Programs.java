package io.ruche.sandbox.nativeapp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ruche.core.RunLimits;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.TestRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Scripts and C programs for the native sandbox. */
final class Programs {
  static final RunLimits LIMITS = new RunLimits(Duration.ofSeconds(20), 64, 1 << 20, 8);

  private final Path folder;
  private final TestRuns runs;

  Programs(Path folder) {
    this.folder = folder;
    this.runs = new TestRuns(folder.resolve("runs"));
  }

  NativeSettings settings() {
    return NativeSettings.of(folder.resolve("scratch"), 2, 512);
  }

  /** Skipped by name where a tool is not installed, unless the environment forbids that. */
  static void require(String... tools) {
    if (System.getenv("RUCHE_REQUIRE_ALL") == null) {
      for (var tool : tools) {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed");
      }
    }
  }

  /** The sandbox as workers have it. */
  NativeSandbox start() throws InterruptedException {
    require("bwrap");
    return NativeSandbox.start(settings());
  }

  NativeSandbox without(Guard... guards) throws IOException {
    var settings = NativeSettings.of(folder.resolve("weak-" + Set.of(guards).hashCode()), 2, 512);
    return NativeSandbox.untried(settings, Set.of(guards));
  }

  RunRequest script(String text, String... args) throws IOException {
    var bytes = ("#!/bin/sh\n" + text + "\n").getBytes(StandardCharsets.UTF_8);
    return request(bytes, args);
  }

  RunRequest request(byte[] program, String... args) throws IOException {
    return runs.request(program, args).withLimits(LIMITS);
  }

  /** Translates C to a program that stands alone. */
  byte[] compiled(String source) throws IOException, InterruptedException {
    require("cc");
    var file = Files.writeString(Files.createTempFile(folder, "program", ".c"), source);
    var program = folder.resolve(file.getFileName() + ".out");
    var command = List.of("cc", "-O1", "-static", "-o", program.toString(), file.toString());
    var compiler = new ProcessBuilder(command).inheritIO().start();
    if (compiler.waitFor() != 0) {
      throw new IOException("cc failed with " + compiler.exitValue());
    }
    return Files.readAllBytes(program);
  }
}
