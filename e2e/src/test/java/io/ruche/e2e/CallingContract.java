package io.ruche.e2e;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiDecoder;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.abi.AbiEvent;
import io.ruche.chain.abi.AbiFunction;
import io.ruche.chain.dev.Artifacts;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.Receipt;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.tx.SenderParts;
import io.ruche.chain.tx.SenderSettings;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.chain.wallet.Wallet;
import io.ruche.cli.Installation;
import io.ruche.cli.settings.Network;
import io.ruche.core.Address;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The kit's smallest example on a development chain, and whoever uses it. */
final class CallingContract implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(30);
  private static final long CREATION_GAS = 8_000_000;
  private static final AbiFunction ASK = AbiFunction.of("ask(bytes,uint256,uint256)");
  private static final AbiFunction POKE = AbiFunction.of("poke(bytes32)");
  private static final AbiFunction RECEIVE = AbiFunction.of("receiveResult(bytes32,bytes)");
  private static final AbiFunction ANSWERS = AbiFunction.of("answers(bytes32)", "(bytes)");
  private static final AbiFunction FAILURES = AbiFunction.of("failures(bytes32)", "(uint8,string)");
  private static final AbiEvent PLACED =
      AbiEvent.of("CallPlaced(bytes32,address,uint256,uint256)", 2);

  private final Rpc rpc;
  private final BlockFeed feed;
  private final TransactionSender sender;
  private final Address at;
  private int sent;

  /** What the contract was told instead of an answer; code 0 for nothing. */
  record Told(long code, String detail) {}

  /** Deploys it for an app, with a deposit in the hub that the owner of the wallet gives. */
  CallingContract(Network network, Wallet owner, Address app, long trust, TokenAmount deposit) {
    rpc = Rpc.open(network.rpc().toString());
    feed = BlockFeed.start(rpc, POLL);
    sender = TransactionSender.start(
        SenderParts.of(rpc, feed, owner, network.chainId(), SenderSettings.development()));
    var artifacts = new Artifacts(Installation.current().contracts().resolve("out"));
    var code = new ByteArrayOutputStream();
    code.writeBytes(artifacts.creationCode("Asker"));
    code.writeBytes(
        new AbiEncoder().address(network.hub()).address(app).uint(trust).toBytes());
    at = receipt(Call.create(code.toByteArray()).withGasLimit(CREATION_GAS)).contract();
    var hub = Hub.open(rpc, network.hub(), network.chainId());
    receipt(hub.calls().transferDeposit(at, deposit));
  }

  Address address() {
    return at;
  }

  /** Places a call that any pool may take; the id under which it is answered. */
  TaskId ask(byte[] args, TokenAmount budget, Duration within) {
    var deadline = Instant.now().plus(within).getEpochSecond();
    var call = ASK.encode(new AbiEncoder().bytes(args).uint(budget.nano()).uint(deadline));
    var log = receipt(Call.of(at, call)).logs().stream()
        .filter(found -> found.topics().getFirst().equals(PLACED.topic()))
        .findFirst()
        .orElseThrow();
    return new TaskId(log.topics().get(1));
  }

  /** Says that the hub answered, which it did not. */
  void forge(TaskId id, byte[] answer) {
    receipt(Call.of(at, RECEIVE.encode(new AbiEncoder().word(id.bytes()).bytes(answer))));
  }

  void poke(TaskId id) {
    receipt(Call.of(at, POKE.encode(new AbiEncoder().word(id.bytes()))));
  }

  /** What was answered; no bytes as long as nothing was. */
  byte[] answer(TaskId id) {
    return read(ANSWERS, id).bytes();
  }

  Told failure(TaskId id) {
    var data = read(FAILURES, id);
    return new Told(data.cappedLong(), data.text());
  }

  private AbiDecoder read(AbiFunction function, TaskId id) {
    var call = Call.of(at, function.encode(new AbiEncoder().word(id.bytes())));
    return AbiDecoder.of(rpc.callAll(List.of(call)).getFirst());
  }

  private Receipt receipt(Call call) {
    var hash = sender.sendAndWait("step-" + ++sent, call, LIMIT).hash();
    return rpc.receipts(List.of(hash)).getFirst().orElseThrow();
  }

  @Override
  public void close() {
    sender.close();
    feed.close();
  }
}
