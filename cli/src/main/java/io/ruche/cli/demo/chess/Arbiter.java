package io.ruche.cli.demo.chess;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiDecoder;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.abi.AbiFunction;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.rpc.Receipt;
import io.ruche.cli.contract.CallFollower;
import io.ruche.cli.contract.ChessGame;
import io.ruche.cli.contract.Traffic;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.Lot;
import java.time.Duration;
import java.util.Optional;

/** Has the contract ask the grid about the last move, and waits for the answer. */
final class Arbiter {
  private static final AbiFunction RESULT = AbiFunction.of("resultFor(bytes32)", "(bytes)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Hub hub;
  private final ChessGame contract;
  private final Lot offers;

  /** What was asked and answered, with the transaction in which the contract took the answer. */
  record Verdict(Judgement judgement, Optional<ChessGame.Result> end, boolean goesOn) {}

  Arbiter(Hub hub, ChessGame contract, Lot offers) {
    this.hub = hub;
    this.contract = contract;
    this.offers = offers;
  }

  Verdict judge(Player asker, long game, boolean isOpen) throws InterruptedException {
    try (var follower = new CallFollower(hub, contract.address(), PATIENCE)) {
      var call = isOpen ? contract.judge(game) : contract.judgeWith(game, offers);
      var sent = asker.user().send(call);
      var seen = follower.next();
      var asked = asker.user().mined(sent);
      var judgement = new Judgement(
          seen.task(),
          isOpen,
          Judgement.Answer.of(result(seen.task())),
          Duration.ofNanos(seen.steps().total()),
          price(seen.task()),
          gas(asked, seen.callback()));
      return new Verdict(
          judgement, contract.ended(seen.callback()), contract.goesOn(seen.callback()));
    }
  }

  private Judgement.Gas gas(Receipt asked, Receipt callback) {
    var all = Traffic.read(hub.rpc(), asked.block().number(), callback.block().number());
    long others = all.gasUsed() - asked.gasUsed();
    return new Judgement.Gas(asked.gasUsed(), callback.gasUsed(), others);
  }

  private byte[] result(TaskId task) {
    var call = Call.of(hub.address(), RESULT.encode(new AbiEncoder().word(task.bytes())));
    return AbiDecoder.of(hub.rpc().call(call)).bytes();
  }

  private TokenAmount price(TaskId task) {
    return hub.deal(hub.task(task).deal()).orElseThrow().pricePerTask();
  }
}
