package io.ruche.sandbox.nativeapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import io.ruche.sandbox.Access;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.Sandbox;
import io.ruche.sandbox.SandboxKit;
import io.ruche.sandbox.TestRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real scripts in the real sandbox; skipped by name where bubblewrap is not installed. */
class NativeSandboxTest extends SandboxKit {
  @TempDir
  static Path folder;

  static Programs programs;
  static NativeSandbox sandbox;

  @BeforeAll
  static void start() throws Exception {
    programs = new Programs(folder);
    sandbox = programs.start();
  }

  @AfterAll
  static void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @Override
  protected Sandbox sandbox() {
    return sandbox;
  }

  @Override
  protected RunRequest exits(int code) throws IOException {
    return script("exit " + code);
  }

  @Override
  protected RunRequest writes(String name, String content) throws IOException {
    return script("printf %s \"$2\" >\"/iexec_out/$1\"", name, content);
  }

  @Override
  protected RunRequest talksAndSpins() throws IOException {
    return script("echo on; setsid sleep 4713 & while :; do :; done");
  }

  @Override
  protected RunRequest floods(int mebibytes) throws IOException {
    return script("head -c %d /dev/zero".formatted(mebibytes << 20));
  }

  @Override
  protected RunRequest isNoApp() throws IOException {
    return programs.request("hello".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  protected void assertNothingLeft() {
    assertThat(sleepers("4713")).isZero();
    assertThat(folder.resolve("scratch/runs")).isEmptyDirectory();
  }

  private static RunRequest script(String text, String... args) throws IOException {
    return programs.script(text, args);
  }

  private static FailureCode codeOf(RunOutcome outcome) {
    return outcome instanceof RunOutcome.Failed failed ? failed.code() : FailureCode.FETCH;
  }

  /** Two slots: where there are two processors or more, each run gets half of them. */
  @Test
  void runHasItsShareOfTheProcessors() throws Exception {
    int all = Machine.find().processors().size();

    var outcome = sandbox.run(script("nproc; pwd"));

    assertThat(outcome.logs().stdout()).isEqualTo(Math.max(1, all / 2) + "\n/iexec_out\n");
  }

  @Test
  void argumentsVariablesInputsAndOutputsAreThere() throws Exception {
    var request = script(
        "cat /iexec_in/a >/iexec_out/b; echo \"$1 $IEXEC_TASK_INDEX\"; echo no >&2", "it's $x");
    Files.writeString(request.input().resolve("a"), "hello");

    var outcome = sandbox.run(request);

    assertThat(outcome).isInstanceOf(RunOutcome.Finished.class);
    assertThat(outcome.logs().stdout()).isEqualTo("it's $x 7\n");
    assertThat(outcome.logs().stderr()).isEqualTo("no\n");
    assertThat(request.output().resolve("b")).hasContent("hello");
  }

  @Test
  void crashesAreNoExitCodes() throws Exception {
    assertThat(codeOf(sandbox.run(script("kill -SEGV $$")))).isEqualTo(FailureCode.CRASH);
  }

  @Test
  void endlessRunsEndInTimeWithAllTheyStarted() throws Exception {
    var request = script("setsid sleep 4711 & sleep 4711");
    var outcome =
        sandbox.run(request.withLimits(new RunLimits(Duration.ofMillis(300), 64, 1 << 20, 8)));

    assertThat(codeOf(outcome)).isEqualTo(FailureCode.TIMEOUT);
    assertThat(sleepers("4711")).isZero();
  }

  @Test
  void grandchildrenDoNotOutliveTheRun() throws Exception {
    assertThat(sandbox.run(script("setsid sleep 4712 >/dev/null 2>&1 & exit 0")))
        .isInstanceOf(RunOutcome.Finished.class);
    assertThat(sleepers("4712")).isZero();
  }

  @Test
  void cProgramsAndPythonProgramsRun() throws Exception {
    Programs.require("python3");
    var c = sandbox.run(programs.request(programs.compiled("""
        #include <stdio.h>
        int main(int argc, char **argv) {
          FILE *out = fopen("/iexec_out/answer", "w");
          fprintf(out, "%d %s", 6 * 7, argv[1]);
          return fclose(out);
        }
        """), "bees"));
    var python = sandbox.run(programs.request("""
        #!/usr/bin/env python3
        import hashlib, json, multiprocessing, threading
        with multiprocessing.Pool(2) as pool:
            squares = pool.map(abs, [-1, -2])
        print(json.dumps(squares), hashlib.sha256(b"").hexdigest()[:8])
        """.getBytes(StandardCharsets.UTF_8)));

    assertThat(c).isInstanceOf(RunOutcome.Finished.class);
    assertThat(python.logs().stderr()).isEmpty();
    assertThat(python.logs().stdout()).isEqualTo("[1, 2] e3b0c442\n");
  }

  @Test
  void programsForOtherMachinesAreTurnedAway() throws Exception {
    var missing =
        sandbox.run(programs.request("#!/opt/nothing\n".getBytes(StandardCharsets.UTF_8)));

    assertThat(codeOf(missing)).isEqualTo(FailureCode.UNSUPPORTED);
  }

  @Test
  void programsThatAreNotWhatWasPublishedAreNotRun() throws Exception {
    var request = script("exit 0 # as published");
    Files.writeString(TestRuns.file(request), "exit 1", StandardOpenOption.APPEND);

    assertThat(codeOf(sandbox.run(request))).isEqualTo(FailureCode.CHECKSUM);
  }

  @Test
  void runsThatNeedGpusNeverRunWithoutOne() throws Exception {
    var plain = script("exit 0");
    var request = new RunRequest(
        plain.app(),
        plain.seed(),
        plain.args(),
        plain.env(),
        plain.input(),
        plain.output(),
        plain.limits(),
        new Access(false, true));

    assertThat(codeOf(sandbox.run(request))).isEqualTo(FailureCode.UNSUPPORTED);
  }

  @Test
  void lockedFoldersInTheOutputAreOpened() throws Exception {
    var request = script("mkdir /iexec_out/a; : >/iexec_out/a/b; chmod 0 /iexec_out/a");

    assertThat(sandbox.run(request)).isInstanceOf(RunOutcome.Finished.class);
    assertThat(request.output().resolve("a/b")).isReadable();
  }

  private static long sleepers(String seconds) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").endsWith("sleep " + seconds))
        .count();
  }
}
