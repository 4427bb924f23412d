package io.ruche.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.RunOutcome.Failed;
import io.ruche.sandbox.RunOutcome.Finished;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerPoolTest {
  @TempDir
  static Path root;

  private static RunnerPool pool;
  private static TestRuns runs;

  @BeforeAll
  static void startPool() throws Exception {
    runs = new TestRuns(root.toRealPath());
    pool = RunnerPool.start(RunnerSettings.of(runs.root(), List.of()).withMaxMemoryMiB(64));
  }

  @AfterAll
  static void stopPool() {
    pool.close();
  }

  @Test
  void outputOfTheAppIsOnDiskWhenTheRunFinished() throws Exception {
    var request = runs.request(TestModules.writeFile("result.txt", "hello"));

    var outcome = pool.run(request);

    assertThat(outcome).isInstanceOf(Finished.class);
    assertThat(request.output().resolve("result.txt")).hasContent("hello");
  }

  @Test
  void exitCodeOfTheAppIsReported() throws Exception {
    var outcome = pool.run(runs.request(TestModules.exit(3)));

    assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
      assertThat(failed.code()).isEqualTo(FailureCode.EXIT);
      assertThat(failed.exitCode()).isEqualTo(3);
    });
  }
}
