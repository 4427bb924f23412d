package io.ruche.e2e;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.abi.AbiEvent;
import io.ruche.chain.abi.AbiFunction;
import io.ruche.chain.dev.Artifacts;
import io.ruche.chain.wallet.Wallet;
import io.ruche.cli.Installation;
import io.ruche.cli.contract.Asker;
import io.ruche.cli.contract.ContractUser;
import io.ruche.cli.settings.Network;
import io.ruche.core.Address;
import io.ruche.core.Hex;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import java.time.Duration;
import java.time.Instant;

/** The kit's smallest example on a development chain, and whoever uses it. */
final class CallingContract implements AutoCloseable {
  private static final AbiFunction POKE = AbiFunction.of("poke(bytes32)");
  private static final AbiFunction RECEIVE = AbiFunction.of("receiveResult(bytes32,bytes)");
  private static final AbiFunction FAILURES = AbiFunction.of("failures(bytes32)", "(uint8,string)");
  private static final AbiEvent PLACED =
      AbiEvent.of("CallPlaced(bytes32,address,uint256,uint256)", 2);

  private final ContractUser owner;
  private final Asker asker;

  /** What the contract was told instead of an answer; code 0 for nothing. */
  record Told(long code, String detail) {}

  /** Deploys it for an app, with a deposit in the hub that the owner of the wallet gives. */
  CallingContract(Network network, Wallet wallet, Address app, long trust, TokenAmount deposit) {
    owner = ContractUser.open(network, wallet);
    var artifacts = new Artifacts(Installation.current().contracts().resolve("out"));
    asker = Asker.deploy(owner, artifacts, app, trust, deposit);
  }

  Address address() {
    return asker.address();
  }

  /** Places a call that any pool may take; the id under which it is answered. */
  TaskId ask(byte[] args, TokenAmount budget, Duration within) {
    var deadline = Instant.now().plus(within);
    var question = new Asker.Question(Hex.encode(args), budget, deadline);
    var log = owner.run(asker.ask(question)).logs().stream()
        .filter(found -> found.topics().getFirst().equals(PLACED.topic()))
        .findFirst()
        .orElseThrow();
    return new TaskId(log.topics().get(1));
  }

  /** Says that the hub answered, which it did not. */
  void forge(TaskId id, byte[] answer) {
    run(RECEIVE, new AbiEncoder().word(id.bytes()).bytes(answer));
  }

  void poke(TaskId id) {
    run(POKE, new AbiEncoder().word(id.bytes()));
  }

  private void run(AbiFunction function, AbiEncoder arguments) {
    owner.run(Call.of(address(), function.encode(arguments)));
  }

  /** What was answered; no bytes as long as nothing was. */
  byte[] answer(TaskId id) {
    return asker.answer(id);
  }

  Told failure(TaskId id) {
    var call = Call.of(address(), FAILURES.encode(new AbiEncoder().word(id.bytes())));
    var data = owner.read(call);
    return new Told(data.cappedLong(), data.text());
  }

  @Override
  public void close() {
    owner.close();
  }
}
