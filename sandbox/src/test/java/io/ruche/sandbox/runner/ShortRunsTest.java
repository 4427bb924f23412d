package io.ruche.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.LogStream;
import io.ruche.sandbox.RunListener;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunOutcome.Failed;
import io.ruche.sandbox.RunOutcome.Finished;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.TestModules;
import io.ruche.sandbox.TestRuns;
import io.ruche.sandbox.WasmBuilder;
import io.ruche.sandbox.engine.Engine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which engine runs a module whose runs are short; nobody outside can tell. */
class ShortRunsTest {
  private static final int CREATE_NEW = 5;
  private static final int LOOPS = (int) ShortRuns.MAX_FUEL / 4;

  private final Counting first = new Counting(TestEngines.CHICORY);
  private final Counting last = new Counting(TestEngines.CHICORY);
  private final ModuleCache modules = new ModuleCache(List.of(first, last));
  private TestRuns runs = new TestRuns(Path.of("."));

  @TempDir
  Path root;

  @BeforeEach
  void layOut() throws Exception {
    runs = new TestRuns(root.toRealPath());
  }

  @Test
  void moduleMovesToTheLastEngineAfterShortRuns() throws Exception {
    repeat(runs.request(TestModules.noop()));

    assertThat(first.instances).isEqualTo(ShortRuns.MIN_RUNS);
    assertThat(last.instances).isZero();
    run(runs.request(TestModules.noop()));
    assertThat(first.instances).isEqualTo(ShortRuns.MIN_RUNS);
    assertThat(last.instances).isEqualTo(1);
  }

  @Test
  void moduleWithALongRunStays() throws Exception {
    run(withMore(runs.request(longWithInput())));
    repeat(runs.request(longWithInput()));
    run(runs.request(longWithInput()));

    assertThat(last.instances).isZero();
  }

  @Test
  void longRunStartsOverAndTellsNothingOfIt() throws Exception {
    repeat(runs.request(longWithInput()));
    var request = withMore(runs.request(longWithInput()));
    var heard = new StringBuilder();

    var outcome = new ModuleRun(modules, request, appendingTo(heard)).execute();

    assertThat(outcome).isInstanceOf(Finished.class);
    assertThat(outcome.fuelUsed().orElseThrow()).isGreaterThan(ShortRuns.MAX_FUEL);
    assertThat(outcome.logs().stdout()).isEqualTo("m");
    assertThat(heard).hasToString("m");
    assertThat(last.instances).isEqualTo(1);
    run(runs.request(longWithInput()));
    assertThat(last.instances).isEqualTo(1);
  }

  @Test
  void fuelThatTheRequesterDoesNotGrantEndsTheRun() throws Exception {
    repeat(runs.request(longWithInput()));
    var request = withMore(runs.request(longWithInput()));
    var poor = request.withLimits(request.limits().withFuel(ShortRuns.MAX_FUEL));

    var outcome = run(poor);

    assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
      assertThat(failed.code()).isEqualTo(FailureCode.FUEL);
      assertThat(failed.fuelUsed()).hasValue(ShortRuns.MAX_FUEL);
    });
    assertThat(last.instances).isEqualTo(1);
  }

  @Test
  void moduleThatTheLastEngineRefusesStays() throws Exception {
    last.isRefusing = true;
    repeat(runs.request(TestModules.noop()));

    assertThat(run(runs.request(TestModules.noop()))).isInstanceOf(Finished.class);
    assertThat(first.instances).isEqualTo(ShortRuns.MIN_RUNS + 1);
  }

  @Test
  void moduleWithMuchMemoryStays() throws Exception {
    var module = new WasmBuilder().memory(33, 33).start(code -> {});
    repeat(runs.request(module));
    run(runs.request(module));

    assertThat(last.instances).isZero();
  }

  /** Says a letter and makes a file; where its input has that file too, it goes on for long. */
  private static WasmBuilder longWithInput() {
    return new WasmBuilder()
        .importing("path_open", "iiiiiIIii")
        .importing("fd_write", "iiii")
        .importingExit()
        .data(0, "more")
        .start(code -> {
          code.i32(1024, 0).store().i32(1028, 1).store();
          code.i32(1, 1024, 1, 1032).call("fd_write").exitOnError();
          TestModules.open(
              code, TestModules.OUTPUT_FD, "more", CREATE_NEW, TestModules.WRITE_RIGHTS);
          TestModules.open(code, TestModules.INPUT_FD, "more", 0, TestModules.READ_RIGHTS);
          code.repeat(LOOPS, block -> {});
        });
  }

  private static RunRequest withMore(RunRequest request) throws Exception {
    Files.writeString(request.input().resolve("more"), "");
    return request;
  }

  private void repeat(RunRequest request) throws Exception {
    for (int i = 0; i < ShortRuns.MIN_RUNS; i++) {
      run(runs.again(request));
    }
  }

  private RunOutcome run(RunRequest request) {
    return new ModuleRun(modules, request, RunListener.NONE).execute();
  }

  private static RunListener appendingTo(StringBuilder heard) {
    return (LogStream stream, byte[] bytes) ->
        heard.append(new String(bytes, StandardCharsets.UTF_8));
  }

  private static final class Counting implements Engine {
    private final Engine real;
    private int instances;
    private boolean isRefusing;

    Counting(Engine real) {
      this.real = real;
    }

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public boolean isInterruptible() {
      return real.isInterruptible();
    }

    @Override
    public Program compile(byte[] rewritten) throws EngineRefusal {
      if (isRefusing) {
        throw new EngineRefusal("not this one");
      }
      var program = real.compile(rewritten);
      return imports -> {
        instances++;
        return program.instantiate(imports);
      };
    }
  }
}
