package io.ruche.e2e;

import io.ruche.core.Hex;
import io.ruche.core.Keccak;
import io.ruche.core.TaskId;
import io.ruche.core.Words;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Questions to the chess app, and how they are answered. */
final class ChessCalls {
  static final long NEITHER = 0;
  static final long MATE = 1;

  /** 1. f3 e5 2. g4 Qh4 mate: White is to move and cannot. */
  private static final String FOOLS_MATE =
      "0x4235632411111001000001000000001d000090000000000099990999cab0ebac";

  private static final String START =
      "0x42356324111111110000000000000000000000000000000099999999cabdebac";
  private static final String NO_KINGS = "0x" + "00".repeat(32);
  private static final long CASTLING_OPEN = 30;

  private ChessCalls() {}

  static byte[] mate() {
    return outcomeOf(FOOLS_MATE, CASTLING_OPEN);
  }

  static byte[] start() {
    return outcomeOf(START, CASTLING_OPEN);
  }

  /** Ends with exit code 3. */
  static byte[] nonsense() {
    return outcomeOf(NO_KINGS, 0);
  }

  private static byte[] outcomeOf(String board, long state) {
    var call = new ByteArrayOutputStream();
    call.writeBytes(Arrays.copyOf(Keccak.hashText("outcome(bytes32,uint256)"), 4));
    call.writeBytes(Hex.decode(board));
    call.writeBytes(Words.uint256(state));
    return call.toByteArray();
  }

  /** Waits for the answer, which is one word. */
  static long answered(CallingContract caller, TaskId id) {
    byte[] answer = Marketplace.await("an answer to " + id, () -> {
      byte[] found = caller.answer(id);
      return found.length == 0 ? null : found;
    });
    return Long.parseLong(Hex.encode(answer).substring(2), 16);
  }

  static CallingContract.Told failed(CallingContract caller, TaskId id) {
    return Marketplace.await("word of the failure of " + id, () -> {
      var found = caller.failure(id);
      return found.code() == 0 ? null : found;
    });
  }
}
