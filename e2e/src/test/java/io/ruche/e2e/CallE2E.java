package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.cli.up.Role;
import io.ruche.cli.up.UpOptions;
import io.ruche.core.Hex;
import io.ruche.core.Keccak;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.core.Words;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A contract calls an app; a real pool takes the call, real workers run it. */
class CallE2E {
  private static final TokenAmount BUDGET = TokenAmount.parse("10");
  private static final Duration SOON = Duration.ofMinutes(70);

  /** 1. f3 e5 2. g4 Qh4 mate: White is to move and cannot. */
  private static final String FOOLS_MATE =
      "0x4235632411111001000001000000001d000090000000000099990999cab0ebac";

  private static final String START =
      "0x42356324111111110000000000000000000000000000000099999999cabdebac";

  private static final long CASTLING_OPEN = 30;
  private static final String NO_KINGS = "0x" + "00".repeat(32);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private static Marketplace market;
  private static CallingContract caller;

  @BeforeAll
  static void start() {
    market = new Marketplace(folder, UpOptions.ofWorkers(1));
    caller = new CallingContract(
        market.network(), Role.REQUESTER.open(), market.app("chess"), TokenAmount.parse("100"));
  }

  @AfterAll
  static void stop() {
    caller.close();
    market.close();
  }

  private static byte[] outcomeOf(String board, long state) {
    var call = new ByteArrayOutputStream();
    call.writeBytes(Arrays.copyOf(Keccak.hashText("outcome(bytes32,uint256)"), 4));
    call.writeBytes(Hex.decode(board));
    call.writeBytes(Words.uint256(state));
    return call.toByteArray();
  }

  private static byte[] answered(TaskId id) {
    return Marketplace.await("an answer to " + id, () -> {
      byte[] answer = caller.answer(id);
      return answer.length == 0 ? null : answer;
    });
  }

  @Test
  void twoOpenCallsAreTakenByThePoolAndAnswered() {
    var mate = caller.ask(outcomeOf(FOOLS_MATE, CASTLING_OPEN), BUDGET, SOON);
    var notMate = caller.ask(outcomeOf(START, CASTLING_OPEN), BUDGET, SOON);

    assertThat(CallingContract.word(answered(mate))).isEqualTo(1);
    assertThat(CallingContract.word(answered(notMate))).isZero();
    assertThat(caller.failure(mate).code()).isZero();
  }

  @Test
  void aFailureOfTheAppReachesTheContract() {
    var id = caller.ask(outcomeOf(NO_KINGS, 0), BUDGET, SOON);

    var told = Marketplace.await("word of the failure of " + id, () -> {
      var found = caller.failure(id);
      return found.code() == 0 ? null : found;
    });

    assertThat(told).isEqualTo(new CallingContract.Told(1, "EXIT 3"));
    assertThat(caller.answer(id)).isEmpty();
  }

  @Test
  void nobodyButTheHubAnswers() {
    var id = caller.ask(outcomeOf(FOOLS_MATE, CASTLING_OPEN), BUDGET, SOON);

    assertReverts(() -> caller.forge(id, new byte[32]));
    assertThat(CallingContract.word(answered(id))).isEqualTo(1);
    assertReverts(() -> caller.poke(id));
  }

  private static void assertReverts(ThrowingCallable step) {
    assertThatThrownBy(step)
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("TX_REVERTED"));
  }
}
