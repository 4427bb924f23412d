package io.ruche.cli.bench;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.abi.AbiFunction;
import io.ruche.chain.dev.Artifacts;
import io.ruche.cli.Connection;
import io.ruche.cli.Installation;
import io.ruche.cli.contract.Asker;
import io.ruche.cli.contract.CallFollower;
import io.ruche.cli.contract.CallSteps;
import io.ruche.cli.contract.ContractUser;
import io.ruche.cli.contract.Traffic;
import io.ruche.cli.settings.Home;
import io.ruche.cli.settings.Network;
import io.ruche.cli.up.LocalNetwork;
import io.ruche.cli.up.Role;
import io.ruche.cli.up.UpOptions;
import io.ruche.core.Address;
import io.ruche.core.DealParams;
import io.ruche.core.Hex;
import io.ruche.core.RucheException;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.core.Words;
import io.ruche.sdk.Demand;
import io.ruche.sdk.Lot;
import io.ruche.sdk.Publisher;
import io.ruche.sdk.RucheClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A contract asks the chess app, one call after another, on a private network of real processes.
 * Each answer is read back from the contract and compared.
 */
final class CallBenchmark {
  private static final TokenAmount PRICE = TokenAmount.parse("0.001");
  private static final TokenAmount BUDGET = TokenAmount.parse("0.01");
  private static final long CATEGORY = 0;
  private static final long TRUST = 1;

  /** Beyond the final deadline of the category, so that the call is accepted. */
  private static final Duration SOON = Duration.ofMinutes(70);

  private static final AbiFunction OUTCOME = AbiFunction.of("outcome(bytes32,uint256)");

  /** After 1. f3 e5 2. g4 Qh4: White is mated. */
  private static final String FOOLS_MATE =
      "0x4235632411111001000001000000001d000090000000000099990999cab0ebac";

  private static final long ALL_CASTLING = 30;
  private static final long MATE = 1;

  private final Calls calls;
  private final Installation installation;
  private final Home home;
  private final Clock clock;

  CallBenchmark(Calls calls, Installation installation, Home home, Clock clock) {
    this.calls = calls;
    this.installation = installation;
    this.home = home;
    this.clock = clock;
  }

  /** Runs it from an empty home to an empty process table. */
  CallReport run(Progress progress) throws InterruptedException {
    var local = new LocalNetwork(home, installation, progress::say);
    var stop = new Thread(local::down);
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      var network = local.up(new UpOptions(
          calls.workers(), PRICE, List.of(CATEGORY), TRUST, "AFTER_RESULT", Map.of()));
      return measure(network, progress);
    } finally {
      local.down();
      Runtime.getRuntime().removeShutdownHook(stop);
    }
  }

  private CallReport measure(Network network, Progress progress) throws InterruptedException {
    var app = offerApp(network);
    try (var user = ContractUser.open(network, Role.REQUESTER.open())) {
      var artifacts = new Artifacts(installation.contracts().resolve("out"));
      var asker = Asker.deploy(user, artifacts, app, TRUST, BUDGET.times(all() + 1L));
      var offers = offers(network, asker.address(), app);
      try (var follower = new CallFollower(user.hub(), asker.address(), calls.patience())) {
        var asking = new Asking(user, asker, offers, follower);
        progress.say("warming up");
        for (int i = 0; i < Calls.WARM_UP; i++) {
          asking.once();
        }
        progress.say("calling %d times".formatted(calls.calls()));
        return asking.measure(progress);
      }
    }
  }

  private int all() {
    return Calls.WARM_UP + calls.calls();
  }

  private Address offerApp(Network network) {
    var file = installation.examples().resolve("chess/build/chess.wasm");
    try (var provider = RucheClient.open(Connection.endpoints(network), Role.APP_PROVIDER.open())) {
      var source = provider.sources().publish(file.toString());
      return provider
          .publisher()
          .app("chess", "WASM", source, new Publisher.Terms(PRICE, all()))
          .address();
    }
  }

  /** What the contract is handed in when its calls are not open. */
  private Lot offers(Network network, Address asker, Address app) {
    try (var client = RucheClient.open(Connection.endpoints(network), Role.REQUESTER.open())) {
      var demand = new Demand(
          asker,
          app,
          Address.ZERO,
          Address.ZERO,
          1,
          CATEGORY,
          TRUST,
          Tag.NONE,
          DealParams.ofArgs(""),
          null);
      return client.quoter().quote(demand).lots().getFirst();
    }
  }

  /** One call after another. */
  private final class Asking {
    private final ContractUser user;
    private final Asker asker;
    private final Lot offers;
    private final CallFollower follower;
    private long gas;
    private long firstBlock = -1;
    private long lastBlock;

    Asking(ContractUser user, Asker asker, Lot offers, CallFollower follower) {
      this.user = user;
      this.asker = asker;
      this.offers = offers;
      this.follower = follower;
    }

    CallReport measure(Progress progress) throws InterruptedException {
      gas = 0;
      firstBlock = -1;
      var steps = new ArrayList<CallSteps>();
      long began = System.nanoTime();
      for (int i = 1; i <= calls.calls(); i++) {
        steps.add(once());
        progress.called(i, calls.calls(), (System.nanoTime() - began) / 1e9);
      }
      var traffic = Traffic.read(user.hub().rpc(), firstBlock, lastBlock);
      return new CallReport(calls, new CallTimes(steps), gas, traffic);
    }

    CallSteps once() throws InterruptedException {
      var sent = user.send(call());
      var seen = follower.next();
      var receipt = user.mined(sent);
      gas += receipt.gasUsed();
      lastBlock = seen.callback().block().number();
      firstBlock = firstBlock < 0 ? receipt.block().number() : firstBlock;
      byte[] answer = asker.answer(seen.task());
      if (!Arrays.equals(answer, Words.uint256(MATE))) {
        throw new RucheException(
            "ANSWER_WRONG",
            "call %s: expected the answer mate (1), found %s."
                .formatted(seen.task(), Hex.encode(answer)),
            "Look into the logs in %s.".formatted(home.logs()),
            false);
      }
      return seen.steps();
    }

    private Call call() {
      var args = OUTCOME.encode(new AbiEncoder().word(Hex.decode(FOOLS_MATE)).uint(ALL_CASTLING));
      var question =
          new Asker.Question(Hex.encode(args), BUDGET, clock.instant().plus(SOON));
      return switch (calls.way()) {
        case OPEN -> asker.ask(question);
        case OFFERS -> asker.askWith(question, offers.app(), offers.workerpool());
      };
    }
  }
}
