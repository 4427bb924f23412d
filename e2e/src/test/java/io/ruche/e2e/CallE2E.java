package io.ruche.e2e;

import static io.ruche.e2e.ChessCalls.MATE;
import static io.ruche.e2e.ChessCalls.NEITHER;
import static io.ruche.e2e.ChessCalls.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.cli.up.Role;
import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;
import java.nio.file.Path;
import java.time.Duration;
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

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private static Marketplace market;
  private static CallingContract caller;

  @BeforeAll
  static void start() {
    market = new Marketplace(folder, 1);
    caller = new CallingContract(
        market.network(), Role.REQUESTER.open(), market.app("chess"), 1, TokenAmount.parse("100"));
  }

  @AfterAll
  static void stop() {
    caller.close();
    market.close();
  }

  @Test
  void twoOpenCallsAreTakenByThePoolAndAnswered() {
    var mate = caller.ask(ChessCalls.mate(), BUDGET, SOON);
    var start = caller.ask(ChessCalls.start(), BUDGET, SOON);

    assertThat(answered(caller, mate)).isEqualTo(MATE);
    assertThat(answered(caller, start)).isEqualTo(NEITHER);
    assertThat(caller.failure(mate).code()).isZero();
  }

  @Test
  void aFailureOfTheAppReachesTheContract() {
    var id = caller.ask(ChessCalls.nonsense(), BUDGET, SOON);

    assertThat(ChessCalls.failed(caller, id)).isEqualTo(new CallingContract.Told(1, "EXIT 3"));
    assertThat(caller.answer(id)).isEmpty();
  }

  @Test
  void nobodyButTheHubAnswers() {
    var id = caller.ask(ChessCalls.mate(), BUDGET, SOON);

    assertReverts(() -> caller.forge(id, new byte[32]));
    assertThat(answered(caller, id)).isEqualTo(MATE);
    assertReverts(() -> caller.poke(id));
  }

  @Test
  void aCallThatAReorgTookAwayIsAnsweredAllTheSame() {
    try (var client = market.requester()) {
      var before = client.hub().rpc().read("evm_snapshot").asText();
      var id = caller.ask(ChessCalls.mate(), BUDGET, SOON);

      client.hub().rpc().read("evm_revert", before);

      assertThat(answered(caller, id)).isEqualTo(MATE);
    }
  }

  private static void assertReverts(ThrowingCallable step) {
    assertThatThrownBy(step)
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("TX_REVERTED"));
  }
}
