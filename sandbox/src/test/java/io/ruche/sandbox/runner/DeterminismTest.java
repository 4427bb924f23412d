package io.ruche.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.sandbox.RunOutcome.Finished;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.TestModules;
import io.ruche.sandbox.WasmBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a module can observe is the same on every machine and in every run. */
class DeterminismTest extends GuestFixture {
  private static final long CLOCK_START = 1_577_836_800_000_000_000L;
  private static final int RESULT = 2048;
  private static final int F64_STORE = 0x39;
  private static final int F64_DIV = 0xa3;
  private static final int F64_CONVERT_I32_S = 0xb7;

  @Test
  void randomBytesFollowFromTheSeed() throws Exception {
    var request =
        runs.request(dumps(64, code -> code.i32(RESULT, 64).call("random_get").exitOnError()));

    byte[] found = output(request);

    assertThat(found).isEqualTo(expectedRandom("seed"));
    assertThat(output(withSeed(request, "other"))).isEqualTo(expectedRandom("other"));
  }

  private static byte[] expectedRandom(String seed) throws Exception {
    var all = ByteBuffer.allocate(64);
    for (long block = 0; block < 2; block++) {
      var input = ByteBuffer.allocate(seed.length() + 9);
      input.put(seed.getBytes(StandardCharsets.UTF_8)).put((byte) 0).putLong(block);
      all.put(MessageDigest.getInstance("SHA-256").digest(input.array()));
    }
    return all.array();
  }

  @Test
  void clockStartsAtAFixedTimeAndMovesByReading() throws Exception {
    var request = runs.request(dumps(
        16,
        code -> code.i32(0)
            .i64(0)
            .i32(RESULT)
            .call("clock_time_get")
            .exitOnError()
            .i32(1)
            .i64(0)
            .i32(RESULT + 8)
            .call("clock_time_get")
            .exitOnError()));

    var found = ByteBuffer.wrap(output(request)).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(found.getLong()).isEqualTo(CLOCK_START + 1_000);
    assertThat(found.getLong()).isEqualTo(CLOCK_START + 2_000);
  }

  @Test
  void sleepingAnHourTakesNoTimeButMovesTheClock() throws Exception {
    long hour = 3_600_000_000_000L;
    var request = runs.request(dumps(8, code -> {
      code.i32(16, 1).store(); // monotonic clock
      code.i32(24, (int) hour).store().i32(28, (int) (hour >> 32)).store();
      code.i32(0, 128, 1, 256).call("poll_oneoff").exitOnError();
      code.i32(0).i64(0).i32(RESULT).call("clock_time_get").exitOnError();
    }));

    var found = ByteBuffer.wrap(output(request)).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(found.getLong()).isEqualTo(CLOCK_START + hour + 1_000);
  }

  @Test
  void foldersListByTheBytesOfTheirNames() throws Exception {
    var request = runs.request(dumps(
        512, code -> code.i32(3, RESULT, 512).i64(0).i32(256).call("fd_readdir").exitOnError()));
    for (var name : List.of("b", "a", "Z", "aa", "_")) {
      Files.writeString(request.input().resolve(name), name);
    }

    assertThat(names(output(request))).containsExactly(".", "..", "Z", "_", "a", "aa", "b");
  }

  @Test
  void fileTimesAndNumbersAreNotTheMachines() throws Exception {
    var module =
        dumps(64, code -> code.i32(3, 0, 0, 8, RESULT).call("path_filestat_get").exitOnError());
    module.data(0, "data.txt");
    var request = runs.request(module);
    var file = Files.writeString(request.input().resolve("data.txt"), "12345");
    Files.setLastModifiedTime(file, FileTime.fromMillis(12_345));

    var stat = ByteBuffer.wrap(output(request)).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(stat.getLong(0)).as("device").isZero();
    assertThat(stat.getLong(8)).as("inode").isEqualTo(2);
    assertThat(stat.get(16)).as("kind").isEqualTo((byte) 4);
    assertThat(stat.getLong(32)).as("size").isEqualTo(5);
    assertThat(stat.getLong(48)).as("modified").isEqualTo(CLOCK_START);
  }

  @Test
  void variablesAreHandedOverSortedByName() throws Exception {
    var request =
        runs.request(dumps(64, code -> code.i32(512, RESULT).call("environ_get").exitOnError()));
    var env = new TreeMap<String, String>();
    env.put("B", "2");
    env.put("A", "1");

    byte[] found = output(new RunRequest(
        request.app(),
        "seed",
        List.of(),
        env,
        request.input(),
        request.output(),
        request.limits(),
        request.access()));

    assertThat(new String(found, StandardCharsets.UTF_8)).startsWith("A=1\0B=2\0\0");
  }

  @Test
  void storesInARowShowCanonicalNans() throws Exception {
    int[] addresses = {0, 4, 16, 12, 24, 30};
    int[] divisors = {0, 1, 0, 0, 1, 0};
    var expected = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    var request = runs.request(dumps(40, code -> {
      for (int i = 0; i < addresses.length; i++) {
        code.i32(RESULT + addresses[i], 0).op(F64_CONVERT_I32_S);
        code.i32(divisors[i]).op(F64_CONVERT_I32_S).op(F64_DIV).op(F64_STORE, 0, 0);
        expected.putDouble(addresses[i], divisors[i] == 0 ? Double.NaN : 0);
      }
    }));

    assertThat(output(request)).isEqualTo(expected.array());
  }

  @Test
  void oneRunLeavesNoTraceInTheNextOfTheSameModule() throws Exception {
    var module = dumps(
        4,
        code ->
            code.i32(RESULT).tableSize().store().tableGrow(5).drop().i32(100, 7).store());
    module.table(3);
    var request = runs.request(module);

    byte[] first = output(request);
    byte[] second = output(runs.again(request));

    assertThat(first).isEqualTo(new byte[] {3, 0, 0, 0});
    assertThat(second).isEqualTo(first);
  }

  private RunRequest withSeed(RunRequest request, String seed) throws Exception {
    var again = runs.again(request);
    return new RunRequest(
        again.app(),
        seed,
        again.args(),
        again.env(),
        again.input(),
        again.output(),
        again.limits(),
        again.access());
  }

  private byte[] output(RunRequest request) throws Exception {
    assertThat(guests.run(request)).isInstanceOf(Finished.class);
    return Files.readAllBytes(request.output().resolve("dump"));
  }

  private static List<String> names(byte[] listing) {
    var names = new ArrayList<String>();
    var bytes = ByteBuffer.wrap(listing).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; bytes.getLong(at) != 0; ) {
      int length = bytes.getInt(at + 16);
      names.add(new String(
          Arrays.copyOfRange(listing, at + 24, at + 24 + length), StandardCharsets.UTF_8));
      at += 24 + length;
    }
    return names;
  }

  /** Runs the code, then writes this many bytes from {@link #RESULT} to the output file "dump". */
  private static WasmBuilder dumps(int count, Consumer<WasmBuilder.Code> code) {
    return new WasmBuilder()
        .importing("path_open", "iiiiiIIii")
        .importing("fd_write", "iiii")
        .importing("random_get", "ii")
        .importing("clock_time_get", "iIi")
        .importing("poll_oneoff", "iiii")
        .importing("fd_readdir", "iiiIi")
        .importing("path_filestat_get", "iiiii")
        .importing("environ_get", "ii")
        .importingExit()
        .data(1024, "dump")
        .start(body -> {
          code.accept(body);
          body.i32(4, 0, 1024, 4, TestModules.CREATE)
              .i64(TestModules.WRITE_RIGHTS, TestModules.WRITE_RIGHTS)
              .i32(0, 1040)
              .call("path_open")
              .exitOnError()
              .i32(1048, RESULT)
              .store()
              .i32(1052, count)
              .store()
              .i32(1040)
              .load()
              .i32(1048, 1, 1056)
              .call("fd_write")
              .exitOnError();
        });
  }
}
