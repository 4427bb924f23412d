package io.ruche.sandbox.nativeapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hostile programs try; each attempt works once its guard is taken away. */
class NativeEscapeTest {
  /** One attempt for each word; exit code 0 says that it worked. */
  private static final String PROBE = """
      #define _GNU_SOURCE
      #include <arpa/inet.h>
      #include <errno.h>
      #include <signal.h>
      #include <stdio.h>
      #include <stdlib.h>
      #include <string.h>
      #include <sys/ptrace.h>
      #include <sys/mman.h>
      #include <sys/socket.h>
      #include <sys/wait.h>
      #include <unistd.h>

      static int connects(int port) {
        struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&to, sizeof to);
      }

      static int traces(void) {
        pid_t child = fork();
        if (child == 0) {
          pause();
        }
        int failed = ptrace(PTRACE_ATTACH, child, 0, 0);
        kill(child, SIGKILL);
        return failed;
      }

      static int forks(int count) {
        for (int i = 0; i < count; i++) {
          pid_t child = fork();
          if (child < 0) {
            return 1;
          }
          if (child == 0) {
            pause();
          }
        }
        return 0;
      }

      static char *volatile kept;

      static int fills(int children, int mebibytes) {
        for (int i = 0; i < children; i++) {
          if (fork() == 0) {
            char *memory = malloc((size_t)mebibytes << 20);
            if (!memory) {
              _exit(1);
            }
            memset(memory, 1, (size_t)mebibytes << 20);
            kept = memory;
            usleep(children > 1 ? 700000 : 0);
            _exit(0);
          }
        }
        int status, failed = 0;
        while (wait(&status) > 0) {
          failed |= status;
        }
        return failed != 0;
      }

      int main(int argc, char **argv) {
        int number = argc > 2 ? atoi(argv[2]) : 0;
        if (!strcmp(argv[1], "read")) return access(argv[2], R_OK);
        if (!strcmp(argv[1], "connect")) return connects(number);
        if (!strcmp(argv[1], "see")) {
          char path[64];
          snprintf(path, sizeof path, "/proc/%d/stat", number);
          return access(path, R_OK);
        }
        if (!strcmp(argv[1], "signal")) return kill(number, 0) && errno == ESRCH;
        if (!strcmp(argv[1], "trace")) return traces() != 0;
        if (!strcmp(argv[1], "fork")) return forks(number);
        if (!strcmp(argv[1], "memory")) return fills(number, atoi(argv[3]));
        return 9;
      }
      """;

  @TempDir
  static Path folder;

  static Programs programs;
  static NativeSandbox sandbox;
  static byte[] probe = {};

  @BeforeAll
  static void start() throws Exception {
    programs = new Programs(folder);
    sandbox = programs.start();
    probe = programs.compiled(PROBE);
  }

  @AfterAll
  static void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @AfterEach
  void nextRunStillWorks() throws Exception {
    assertThat(sandbox.run(programs.script("exit 0"))).isInstanceOf(RunOutcome.Finished.class);
    try (var left = Files.list(folder.resolve("scratch/runs"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void filesOfTheMachineAreNotThere() throws Exception {
    var secret = Files.writeString(folder.resolve("secret"), "key");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertKeptIn(probe("read", secret.toString()), Guard.FILES);
    assertThat(sandbox.run(probe("read", "/etc/shadow"))).isInstanceOf(RunOutcome.Failed.class);
    assertThat(sandbox.run(probe("read", "/root"))).isInstanceOf(RunOutcome.Failed.class);
  }

  @Test
  void networkOfTheMachineIsNotReached() throws Exception {
    try (var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      assertKeptIn(probe("connect", String.valueOf(server.getLocalPort())), Guard.NETWORK);
    }
  }

  @Test
  void otherProcessesAreNeitherSeenNorSignalled() throws Exception {
    long victim = ProcessHandle.current().pid();

    assertKeptIn(probe("see", String.valueOf(victim)), Guard.PROCESSES);
    var signal = sandbox.run(programs.script("kill -KILL " + victim));
    assertThat(signal.logs().stderr()).contains("No such process");
    var bystander = new ProcessBuilder("sleep", "60").start();
    try {
      assertKeptIn(probe("signal", String.valueOf(bystander.pid())), Guard.PROCESSES);
    } finally {
      bystander.destroyForcibly();
    }
  }

  @Test
  void processesAreNotTraced() throws Exception {
    assertKeptIn(probe("trace"), Guard.SECCOMP);
  }

  @Test
  void forkBombsAreBounded() throws Exception {
    assertKeptIn(probe("fork", "400"), Guard.GROUPS, Guard.PROCESS_COUNT);
    try (var ungrouped = programs.without(Guard.GROUPS)) {
      assertThat(ungrouped.run(probe("fork", "400"))).isInstanceOf(RunOutcome.Failed.class);
    }
  }

  @Test
  void memoryBombsEnd() throws Exception {
    assertKeptIn(probe("memory", "1", "300"), Guard.GROUPS, Guard.MEMORY);
    assertKeptIn(probe("memory", "6", "30"), Guard.GROUPS, Guard.MEMORY);
  }

  @Test
  void memoryBombsEndWithoutGroupsToo() throws Exception {
    try (var ungrouped = programs.without(Guard.GROUPS)) {
      assertThat(ungrouped.run(probe("memory", "1", "300"))).isInstanceOf(RunOutcome.Failed.class);
      assertThat(codeOf(ungrouped.run(probe("memory", "6", "30")))).isEqualTo(FailureCode.CRASH);
    }
  }

  @Test
  void diskFillersAreStopped() throws Exception {
    var attempt = "head -c 50000000 /dev/zero >/iexec_out/a || exit 1; rm /iexec_out/a";

    assertKeptIn(programs.script(attempt), Guard.OUTPUT);
    assertThat(codeOf(sandbox.run(programs.script(
            "while :; do head -c 900000 /dev/zero; done" + " | split -b 900000 - /iexec_out/"))))
        .isEqualTo(FailureCode.OUTPUT_LIMIT);
  }

  @Test
  void manySmallFilesAreStoppedWhileTheyAreWritten() throws Exception {
    var attempt = "i=0; while [ $i -lt 9000000 ]; do i=$((i+1)); : >/iexec_out/$i; done";

    assertThat(codeOf(sandbox.run(programs.script(attempt)))).isEqualTo(FailureCode.OUTPUT_LIMIT);
  }

  @Test
  void linksAndPipesInTheOutputAreRefused() throws Exception {
    assertKeptIn(programs.script("ln -s /etc/shadow /iexec_out/a"), Guard.OUTPUT_RULES);
    assertKeptIn(programs.script("mkfifo /iexec_out/a"), Guard.OUTPUT_RULES);
    assertThat(codeOf(sandbox.run(programs.script("ln -s /etc /iexec_out/a"))))
        .isEqualTo(FailureCode.INVALID_OUTPUT);
  }

  @Test
  void floodOfLogsIsDropped() throws Exception {
    var logs = sandbox.run(programs.script("head -c 30000000 /dev/zero")).logs();

    assertThat(logs.stdout()).hasSize(1 << 20);
    assertThat(logs.droppedBytes()).isEqualTo(30_000_000 - (1 << 20));
  }

  @Test
  void environmentOfTheWorkerStaysOut() throws Exception {
    assertThat(sandbox.run(programs.script("env")).logs().stdout().lines())
        .map(line -> line.replaceAll("=.*", ""))
        .containsOnly("PATH", "LC_ALL", "HOME", "IEXEC_TASK_INDEX", "PWD");
    var ours = System.getenv().keySet().stream()
        .filter(name -> name.startsWith("JAVA") || name.startsWith("MAVEN"))
        .toList();
    try (var weak = programs.without(Guard.ENVIRONMENT)) {
      var names = weak.run(programs.script("env"))
          .logs()
          .stdout()
          .lines()
          .map(line -> line.replaceAll("=.*", ""));
      assertThat(names).containsAll(ours);
    }
  }

  /** The other run's input, output and program are not there, while it runs. */
  @Test
  void filesOfOtherRunsAreNotThere() throws Exception {
    var other = programs.script("exit 0");
    var data = Files.writeString(other.input().resolve("data"), "of somebody else");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertKeptIn(probe("read", data.toString()), Guard.FILES);
  }

  @Test
  void descriptorsOfTheWorkerAreClosed() throws Exception {
    assertThat(sandbox
            .run(programs.script("exec ls /proc/self/fd"))
            .logs()
            .stdout()
            .lines())
        .containsExactly("0", "1", "2", "3");
  }

  @Test
  void grandchildrenEndWithTheRun() throws Exception {
    var limits = new RunLimits(Duration.ofSeconds(20), 64, 1 << 20, 8);
    var script = "setsid sleep 4799 >/dev/null 2>&1 </dev/null & exit 0";
    var request = programs.script(script).withLimits(limits);

    assertThat(sandbox.run(request)).isInstanceOf(RunOutcome.Finished.class);
    assertThat(sleepers()).isEmpty();
    try (var weak = programs.without(Guard.PROCESSES, Guard.GROUPS)) {
      weak.run(programs.script(script).withLimits(limits));
      assertThat(sleepers()).isNotEmpty();
    } finally {
      sleepers().forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void selfTestNoticesWhatIsMissing() throws Exception {
    for (var guard : new Guard[] {Guard.NETWORK, Guard.SECCOMP}) {
      try (var weak = programs.without(guard)) {
        var place = Files.createTempDirectory(folder, "self-test");
        assertThat(catchThrowable(() -> SelfTest.run(weak, place)))
            .as(guard.name())
            .isInstanceOf(IOException.class);
      }
    }
  }

  private static List<ProcessHandle> sleepers() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").endsWith("sleep 4799"))
        .toList();
  }

  private static RunRequest probe(String... args) throws IOException {
    return programs.request(probe, args);
  }

  private static FailureCode codeOf(RunOutcome outcome) {
    return ((RunOutcome.Failed) outcome).code();
  }

  private static void assertKeptIn(RunRequest attempt, Guard... guards) throws Exception {
    assertThat(sandbox.run(attempt)).as("attempt").isInstanceOf(RunOutcome.Failed.class);
    var again = attempt.withOutput(Files.createTempDirectory(folder, "again"));
    try (var weak = programs.without(guards)) {
      assertThat(weak.run(again)).as("without its guard").isInstanceOf(RunOutcome.Finished.class);
    }
  }
}
