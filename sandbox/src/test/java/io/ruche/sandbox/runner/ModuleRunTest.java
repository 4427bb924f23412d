package io.ruche.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.RunOutcome.Finished;
import io.ruche.sandbox.TestModules;
import io.ruche.sandbox.TestRuns;
import io.ruche.sandbox.WasmBuilder;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Each way a module can end has its code. */
class ModuleRunTest extends GuestFixture {
  private static final int MAX_PAGES = 65_536;
  private static final int LIMIT_PAGES = 8 * 16;

  @Test
  void returningFromStartIsSuccess() throws Exception {
    assertThat(run(TestModules.noop())).isInstanceOf(Finished.class);
  }

  @Test
  void exitCodeZeroIsSuccess() throws Exception {
    assertThat(run(TestModules.exit(0))).isInstanceOf(Finished.class);
  }

  @Test
  void otherExitCodesAreKept() throws Exception {
    assertExitCode(3, run(TestModules.exit(3)));
  }

  @Test
  void unreachableIsATrap() throws Exception {
    assertEndsIn(FailureCode.TRAP, TestModules.trap());
  }

  @Test
  void accessOutsideTheMemoryIsATrap() throws Exception {
    for (int address : new int[] {65_536, 65_533, -4, Integer.MIN_VALUE}) {
      assertEndsIn(
          FailureCode.TRAP,
          new WasmBuilder().start(code -> code.i32(address).load().drop()));
      assertEndsIn(
          FailureCode.TRAP, new WasmBuilder().start(code -> code.i32(address, 1).store()));
    }
  }

  @Test
  void theLastWordOfTheMemoryIsInside() throws Exception {
    assertThat(run(new WasmBuilder().start(code -> code.i32(65_532).load().drop())))
        .isInstanceOf(Finished.class);
  }

  @Test
  void divisionByZeroIsATrap() throws Exception {
    assertEndsIn(
        FailureCode.TRAP,
        new WasmBuilder().start(code -> code.i32(1, 0).divide().drop()));
  }

  @Test
  void endlessRecursionIsATrap() throws Exception {
    assertEndsIn(
        FailureCode.TRAP,
        new WasmBuilder()
            .function("again", code -> code.call("again"))
            .start(code -> code.call("again")));
  }

  @Test
  void hostCallWithABufferOutsideTheMemoryIsATrap() throws Exception {
    assertEndsIn(
        FailureCode.TRAP,
        new WasmBuilder()
            .importing("random_get", "ii")
            .start(code -> code.i32(65_530, 100).call("random_get").drop()));
  }

  @Test
  void bufferLengthThatTheMemoryCannotHoldIsATrapAndNeverAllocated() throws Exception {
    assertEndsIn(
        FailureCode.TRAP,
        new WasmBuilder()
            .importing("fd_write", "iiii")
            .start(code -> code.i32(16, 64)
                .store()
                .i32(20, Integer.MAX_VALUE)
                .store()
                .i32(1, 16, 1, 32)
                .call("fd_write")
                .drop()));
  }

  @Test
  void growthPastTheLimitIsRefusedAndTheModuleGoesOn() throws Exception {
    var module = new WasmBuilder()
        .memory(1, MAX_PAGES)
        .importingExit()
        .start(code -> code.i32(LIMIT_PAGES).grow().i32(1).grow().drop().exit());

    assertExitCode(-1, run(module));
  }

  @Test
  void growthUpToTheLimitIsGrantedAndZeroed() throws Exception {
    var module = new WasmBuilder()
        .memory(1, MAX_PAGES)
        .importingExit()
        .start(code -> code.i32(LIMIT_PAGES - 1)
            .grow()
            .drop()
            .i32(LIMIT_PAGES * 65_536 - 4)
            .load()
            .exit());

    assertThat(run(module)).isInstanceOf(Finished.class);
  }

  /** More runs than share what an engine keeps for a module, and more memory than it holds. */
  @Test
  void everyRunOfAModuleHasItsOwnMemoryAndItsOwnHost() throws Exception {
    var module = new WasmBuilder()
        .memory(1, MAX_PAGES)
        .importingExit()
        .start(code -> code.i32(LIMIT_PAGES / 4)
            .grow()
            .drop()
            .i32(0)
            .i32(0)
            .load()
            .i32(1)
            .add()
            .store()
            .i32(0)
            .load()
            .exit());

    for (int i = 0; i < 70; i++) {
      assertExitCode(1, run(module));
    }
  }

  @Test
  void slackOfTheHeapIsOutsideTheMemory() throws Exception {
    assertEndsIn(
        FailureCode.TRAP,
        new WasmBuilder()
            .memory(8, MAX_PAGES)
            .start(code -> code.i32(1).grow().drop().i32(9 * 65_536).load().drop()));
  }

  @Test
  void givingUpAfterMemoryWasRefusedIsALackOfMemory() throws Exception {
    assertEndsIn(
        FailureCode.MEMORY,
        new WasmBuilder()
            .memory(1, MAX_PAGES)
            .start(code -> code.i32(1_000).grow().drop().unreachable()));
    assertEndsIn(
        FailureCode.MEMORY,
        new WasmBuilder()
            .memory(1, MAX_PAGES)
            .importingExit()
            .start(code -> code.i32(1_000).grow().exit()));
  }

  @Test
  void trapAfterMemoryWasGrantedInTheEndIsATrap() throws Exception {
    assertEndsIn(
        FailureCode.TRAP,
        new WasmBuilder()
            .memory(1, MAX_PAGES)
            .start(code -> code.i32(1_000).grow().drop().i32(1).grow().drop().unreachable()));
  }

  @Test
  void moduleThatDeclaresMoreMemoryThanTheLimitIsNotRun() throws Exception {
    assertEndsIn(
        FailureCode.MEMORY, new WasmBuilder().memory(LIMIT_PAGES + 1, 200).start(code -> {}));
  }

  @Test
  void floodOnStandardOutputIsCutAndTheRunGoesOn() throws Exception {
    var module = new WasmBuilder()
        .importing("fd_write", "iiii")
        .data(0, new byte[] {64, 0, 0, 0, 0, (byte) 0x80, 0, 0})
        .start(code ->
            code.repeat(100, block -> block.i32(1, 0, 1, 16).call("fd_write").drop()));

    assertThat(run(module)).isInstanceOfSatisfying(Finished.class, finished -> {
      assertThat(finished.logs().stdout()).hasSize(1 << 20);
      assertThat(finished.logs().droppedBytes()).isEqualTo(100L * 0x8000 - (1 << 20));
    });
  }

  @Test
  void outputBeyondTheLimitEndsTheRun() throws Exception {
    var request =
        runs.request(TestModules.writeFile("big.txt", "0123456789")).withLimits(limits(9, 8));

    assertEndedIn(FailureCode.OUTPUT_LIMIT, guests.run(request));
    assertThat(request.output().resolve("big.txt")).isEmptyFile();
  }

  @Test
  void outputOfExactlyTheLimitIsFine() throws Exception {
    var request =
        runs.request(TestModules.writeFile("fits.txt", "0123456789")).withLimits(limits(10, 1));

    assertThat(guests.run(request)).isInstanceOf(Finished.class);
  }

  @Test
  void tooManyFilesEndTheRun() throws Exception {
    var request = runs.request(TestModules.writeFile("one.txt", "1")).withLimits(limits(10, 0));

    assertEndedIn(FailureCode.OUTPUT_LIMIT, guests.run(request));
  }

  @Test
  void sparseFilesCountByTheirLength() throws Exception {
    assertEndsIn(
        FailureCode.OUTPUT_LIMIT,
        new WasmBuilder()
            .importing("path_open", "iiiiiIIii")
            .importing("fd_filestat_set_size", "iI")
            .importingExit()
            .data(0, "sparse.bin")
            .start(code -> TestModules.open(code, "sparse.bin")
                .i32(512)
                .load()
                .i64(1L << 40)
                .call("fd_filestat_set_size")
                .exitOnError()));
  }

  @Test
  void appWithAnotherHashThanAskedForIsNotRun() throws Exception {
    var request = runs.request(TestModules.noop());
    Files.write(TestRuns.file(request), TestModules.exit(1).build());

    assertEndedIn(FailureCode.CHECKSUM, guests.run(request));
  }

  @Test
  void missingInputFolderIsTheMachinesFault() throws Exception {
    var request = runs.request(TestModules.noop());
    Files.delete(request.input());

    assertEndedIn(FailureCode.INFRASTRUCTURE, guests.run(request));
  }
}
