package io.ruche.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.RunOutcome.Finished;
import io.ruche.sandbox.TestRuns;
import io.ruche.sandbox.WasmBuilder;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Modules that are refused before any of their code runs. */
class ModuleRulesTest extends GuestFixture {
  @Test
  void bytesThatAreNoModuleAreRefused() throws Exception {
    assertEndedIn(FailureCode.UNSUPPORTED, guests.run(runs.request(new byte[0])));
    assertEndedIn(
        FailureCode.UNSUPPORTED,
        guests.run(runs.request("#!/bin/sh".getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void truncatedModulesAreRefused() throws Exception {
    byte[] module = new WasmBuilder().start(code -> code.i32(1).drop()).build();
    for (int length = 1; length < module.length; length += 3) {
      var outcome = guests.run(runs.request(Arrays.copyOf(module, length)));

      assertEndedIn(FailureCode.UNSUPPORTED, outcome);
    }
  }

  @Test
  void moduleWithoutStartIsRefused() throws Exception {
    assertEndsIn(FailureCode.UNSUPPORTED, new WasmBuilder().function("main", code -> {}));
  }

  @Test
  void moduleWithoutMemoryIsRefused() throws Exception {
    assertEndsIn(FailureCode.UNSUPPORTED, new WasmBuilder().noMemory().start(code -> {}));
  }

  @Test
  void sharedMemoryIsRefused() throws Exception {
    assertEndsIn(FailureCode.UNSUPPORTED, new WasmBuilder().sharedMemory().start(code -> {}));
  }

  @Test
  void unknownImportsAreRefused() throws Exception {
    assertEndsIn(
        FailureCode.UNSUPPORTED,
        new WasmBuilder().importing("env", "system", "i", "i").start(code -> {}));
    assertEndsIn(
        FailureCode.UNSUPPORTED, new WasmBuilder().importing("fd_write", "i").start(code -> {}));
  }

  @Test
  void hugeTablesAreRefusedAndLargeOnesRun() throws Exception {
    assertEndsIn(FailureCode.UNSUPPORTED, new WasmBuilder().table(2_000_000).start(code -> {}));
    assertThat(run(new WasmBuilder().table(100_000).start(code -> {})))
        .isInstanceOf(Finished.class);
  }

  @Test
  void fileBeyondTheSizeLimitIsRefusedUnread() throws Exception {
    var request = runs.request(new byte[1]);
    try (var file = new RandomAccessFile(TestRuns.file(request).toFile(), "rw")) {
      file.setLength(ModuleCache.MAX_MODULE_BYTES + 1);
    }

    assertEndedIn(FailureCode.UNSUPPORTED, guests.run(request));
  }

  @Test
  void codeThatDoesNotTypeCheckIsRefused() throws Exception {
    assertEndsIn(FailureCode.UNSUPPORTED, new WasmBuilder().start(code -> code.i32(1)));
    assertEndsIn(FailureCode.UNSUPPORTED, new WasmBuilder().start(code -> code.drop()));
  }

  @Test
  void deeplyNestedCodeIsRefusedOrRunsButNeverBreaksTheRunner() throws Exception {
    var outcome = run(new WasmBuilder().start(code -> {
      for (int i = 0; i < 50_000; i++) {
        code.loop();
      }
      for (int i = 0; i < 50_000; i++) {
        code.end();
      }
    }));

    assertThat(outcome.toString()).containsAnyOf("Finished", "UNSUPPORTED");
  }
}
