package io.ruche.e2e;

import static io.ruche.e2e.ChessCalls.MATE;
import static io.ruche.e2e.ChessCalls.answered;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.cli.up.Role;
import io.ruche.cli.up.UpOptions;
import io.ruche.core.TokenAmount;
import io.ruche.liar.LiarMain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Calls that meet workers who lie, or none at all. */
class CallTroubleE2E {
  private static final TokenAmount DEPOSIT = TokenAmount.parse("100");
  private static final TokenAmount BUDGET = TokenAmount.parse("10");
  private static final TokenAmount BOUNTY = TokenAmount.parse("0.5");
  private static final int CALLS = 6;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void aLieIsOutvotedBeforeTheContractHearsIt() {
    var liar = Marketplace.worker(LiarMain.class);
    var options = Marketplace.imageless(UpOptions.ofWorkers(4).withProgram(1, liar));
    try (var market = new Marketplace(folder, options);
        var caller = caller(market, 3);
        var client = market.requester()) {
      var calls = IntStream.range(0, CALLS)
          .mapToObj(i -> caller.ask(ChessCalls.mate(), BUDGET, Duration.ofMinutes(70)))
          .toList();

      assertThat(calls).allSatisfy(id -> assertThat(answered(caller, id)).isEqualTo(MATE));
      assertThat(client.view().tasks(calls))
          .flatExtracting(task -> task.contributors())
          .contains(market.network().workers().getFirst());
    }
  }

  @Test
  void aPoolThatNeverAnswersIsClaimedByWhoeverPokes() {
    try (var market = new Marketplace(folder, 0);
        var caller = caller(market, 1);
        var client = market.requester()) {
      var id = caller.ask(ChessCalls.mate(), BUDGET, Duration.ofSeconds(90));
      Marketplace.await(
          "a pool to take the call",
          () -> client.view().account(caller.address()).locked().isZero() ? null : true);
      client.hub().rpc().read("evm_increaseTime", 60);
      client.hub().rpc().read("evm_mine");

      caller.poke(id);

      assertThat(ChessCalls.failed(caller, id))
          .isEqualTo(new CallingContract.Told(129, "DEADLINE_MISSED"));
      var account = client.view().account(caller.address());
      assertThat(account.locked()).isEqualTo(TokenAmount.ZERO);
      assertThat(account.free()).isEqualTo(DEPOSIT.minus(BOUNTY));
    }
  }

  private static CallingContract caller(Marketplace market, long trust) {
    return new CallingContract(
        market.network(), Role.REQUESTER.open(), market.app("chess"), trust, DEPOSIT);
  }
}
