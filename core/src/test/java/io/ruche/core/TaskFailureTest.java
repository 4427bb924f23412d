package io.ruche.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TaskFailureTest {
  @Test
  void exitOfAnAppIsTheKnownErrorEncoding() {
    var failure = TaskFailure.of(new Failure(FailureCode.EXIT, 3));

    assertThat(failure).isEqualTo(new TaskFailure(1, "EXIT 3"));
    assertThat(Hex.encode(failure.encode()))
        .isEqualTo(Hex.encode(Arrays.copyOf(Keccak.hashText("TaskFailed(uint8,string)"), 4))
            + "0".repeat(63)
            + "1"
            + "0".repeat(62)
            + "40"
            + "0".repeat(63)
            + "6"
            + "455849542033"
            + "0".repeat(52));
  }

  @Test
  void numbersOfTheCodesNeverChange() {
    assertThat(Stream.of(FailureCode.values()).map(code -> code.number() + " " + code))
        .containsExactly(
            "1 EXIT",
            "2 TRAP",
            "3 FUEL",
            "4 MEMORY",
            "5 OUTPUT_LIMIT",
            "6 INVALID_OUTPUT",
            "7 TIMEOUT",
            "8 FETCH",
            "9 CHECKSUM",
            "10 INVALID_PARAMS",
            "11 UNSUPPORTED",
            "12 CRASH",
            "13 CANCELLED",
            "0 INFRASTRUCTURE");
  }

  @Test
  void everyFailureIsReservedAndReadBack() {
    for (var code : FailureCode.values()) {
      var failure = TaskFailure.of(new Failure(code, code == FailureCode.EXIT ? -1 : 0));

      assertThat(TaskFailure.isReserved(failure.encode())).isTrue();
      assertThat(TaskFailure.decode(failure.encode())).contains(failure);
    }
  }

  @Test
  void wholeWordsAreNeverReserved() {
    byte[] failure = new TaskFailure(2, "TRAP").encode();

    assertThat(TaskFailure.isReserved(Arrays.copyOf(failure, 160))).isFalse();
    assertThat(TaskFailure.isReserved(new byte[4])).isFalse();
    assertThat(TaskFailure.isReserved(new byte[0])).isFalse();
  }

  @Property
  void anyFailureIsReadBack(@ForAll @IntRange(max = 255) int code, @ForAll("details") String text) {
    var failure = new TaskFailure(code, text);

    assertThat(TaskFailure.decode(failure.encode())).contains(failure);
  }

  @Provide
  Arbitrary<String> details() {
    return Arbitraries.strings().ascii().ofMaxLength(70);
  }

  @Property
  void otherBytesAreNoFailure(
      @ForAll @IntRange(max = 131) int at, @ForAll @IntRange(min = 1, max = 255) int flip) {
    byte[] bytes = new TaskFailure(2, "TRAP").encode();
    bytes[at] ^= (byte) flip;

    var decoded = TaskFailure.decode(bytes);

    assertThat(decoded).isNotEqualTo(TaskFailure.decode(new TaskFailure(2, "TRAP").encode()));
    decoded.ifPresent(failure -> assertThat(failure.encode()).isEqualTo(bytes));
  }

  @Property
  void garbageFailsCleanly(@ForAll @Size(max = 200) List<Byte> tail) {
    byte[] bytes = new byte[4 + tail.size()];
    System.arraycopy(new TaskFailure(0, "").encode(), 0, bytes, 0, 4);
    for (int i = 0; i < tail.size(); i++) {
      bytes[4 + i] = tail.get(i);
    }

    TaskFailure.decode(bytes).ifPresent(failure -> assertThat(failure.encode()).isEqualTo(bytes));
  }
}
