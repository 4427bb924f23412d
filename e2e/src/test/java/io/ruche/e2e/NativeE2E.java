package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Programs for Linux, bought and run as apps: one that a compiler made, and a script. */
class NativeE2E {
  private static final String C = """
      #include <stdio.h>
      int main(int argc, char **argv) {
        FILE *out = fopen("/iexec_out/result.txt", "w");
        fprintf(out, "%s from C", argv[1]);
        return fclose(out);
      }
      """;

  private static final String PYTHON = """
      #!/usr/bin/env python3
      import sys
      with open("/iexec_out/result.txt", "w") as out:
          out.write(sys.argv[1] + " from Python")
      """;

  /** Its grandchild would outlive it. */
  private static final String SLEEPER = """
      #!/bin/sh
      echo at work
      (sleep 86399 & wait) &
      wait
      """;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  /** Skipped by name where a tool is missing, unless the environment forbids that. */
  @BeforeAll
  static void requireTools() {
    if (System.getenv("RUCHE_REQUIRE_ALL") == null) {
      for (var tool : List.of("bwrap", "cc", "python3")) {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed");
      }
    }
  }

  @Test
  void programAndScriptAreRunAndVerified() throws Exception {
    var script = Files.writeString(folder.resolve("script"), PYTHON);
    try (var market = new Marketplace(folder, 2)) {
      var ruche = new CommandLine(market.home());

      assertThat(result(ruche, compiled())).isEqualTo("hello from C");
      assertThat(result(ruche, script)).isEqualTo("hello from Python");
      stopsWithAllItStarted(market);
    }
  }

  private void stopsWithAllItStarted(Marketplace market) throws Exception {
    var app = market.app(Files.writeString(folder.resolve("sleeper"), SLEEPER), "NATIVE");
    try (var requester = market.requester()) {
      var deal = market.buy(requester, new Marketplace.Wish(app, 1, 1, ""));
      Marketplace.await("the grandchild", () -> isSleeping() ? true : null);

      var run = new CancelledRun(market);
      run.stop(requester, deal);

      assertThat(isSleeping()).isFalse();
      run.awaitNoFolder(deal);
    }
  }

  private static boolean isSleeping() {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> process.info().commandLine().orElse("").contains("sleep 86399"));
  }

  private String result(CommandLine ruche, Path program) throws Exception {
    var app = ruche.run("app", "deploy", program.toString(), "--type", "NATIVE", "--price", "0");
    assertThat(app.code()).as(app.err()).isZero();
    var target = folder.resolve(program.getFileName() + "-out");
    var run = ruche.run(
        "run",
        app.json().path("address").asText(),
        "--args",
        "hello",
        "--output-dir",
        target.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.json().at("/counts/verified").asInt()).isEqualTo(1);
    try (var files = Files.walk(target)) {
      return Files.readString(
          files.filter(file -> file.endsWith("result.txt")).findFirst().orElseThrow());
    }
  }

  private Path compiled() throws Exception {
    var source = Files.writeString(folder.resolve("program.c"), C);
    var program = folder.resolve("program");
    var command = List.of("cc", "-O1", "-static", "-o", program.toString(), source.toString());
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    return program;
  }
}
