package io.ruche.core;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a waiting contract is told of a certified failure: the ABI error {@code TaskFailed(uint8
 * code, string detail)}. It is 4 bytes longer than whole words and an answer is whole words, so
 * neither can be read as the other. Workers vote on keccak256 of {@link #encode}.
 *
 * @param code {@link FailureCode#number}
 * @param detail the code's name, for EXIT followed by a space and the exit code
 */
public record TaskFailure(int code, String detail) {
  /** Longer details are refused; ours are at most some twenty bytes. */
  public static final int MAX_DETAIL_BYTES = 1_024;

  private static final byte[] SELECTOR =
      Arrays.copyOf(Keccak.hashText("TaskFailed(uint8,string)"), 4);
  private static final int MAX_CODE = 255;
  private static final int DETAIL_OFFSET = 2 * Words.SIZE;
  private static final int HEAD_BYTES = SELECTOR.length + 3 * Words.SIZE;

  public TaskFailure {
    if (code < 0 || code > MAX_CODE) {
      throw new IllegalArgumentException("expected a failure code of 0 to 255, found " + code);
    }
    if (detail.getBytes(StandardCharsets.UTF_8).length > MAX_DETAIL_BYTES) {
      throw new IllegalArgumentException(
          "expected a detail of at most %d bytes".formatted(MAX_DETAIL_BYTES));
    }
  }

  public static TaskFailure of(Failure failure) {
    var name = failure.code().name();
    return new TaskFailure(
        failure.code().number(),
        failure.code() == FailureCode.EXIT ? name + " " + failure.exitCode() : name);
  }

  /** True when a contract takes these bytes for a failure; an app may not answer with such. */
  public static boolean isReserved(byte[] answer) {
    return answer.length % Words.SIZE == SELECTOR.length
        && Arrays.equals(answer, 0, SELECTOR.length, SELECTOR, 0, SELECTOR.length);
  }

  /** The failure in what a contract was called with; empty unless it is exactly one. */
  public static Optional<TaskFailure> decode(byte[] bytes) {
    if (!isReserved(bytes) || bytes.length < HEAD_BYTES) {
      return Optional.empty();
    }
    int code = bytes[SELECTOR.length + Words.SIZE - 1] & 0xff;
    var length = new BigInteger(1, bytes, HEAD_BYTES - Words.SIZE, Words.SIZE);
    int longest = Math.min(bytes.length - HEAD_BYTES, MAX_DETAIL_BYTES);
    if (length.compareTo(BigInteger.valueOf(longest)) > 0) {
      return Optional.empty();
    }
    var detail = new String(bytes, HEAD_BYTES, length.intValue(), StandardCharsets.UTF_8);
    if (detail.getBytes(StandardCharsets.UTF_8).length != length.intValue()) {
      return Optional.empty();
    }
    var failure = new TaskFailure(code, detail);
    return Arrays.equals(failure.encode(), bytes) ? Optional.of(failure) : Optional.empty();
  }

  /** The bytes that the contract is called with. */
  public byte[] encode() {
    byte[] text = detail.getBytes(StandardCharsets.UTF_8);
    int padded = Math.ceilDiv(text.length, Words.SIZE) * Words.SIZE;
    return ByteBuffer.allocate(HEAD_BYTES + padded)
        .put(SELECTOR)
        .put(Words.uint256(code))
        .put(Words.uint256(DETAIL_OFFSET))
        .put(Words.uint256(text.length))
        .put(text)
        .array();
  }
}
