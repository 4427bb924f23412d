package io.ruche.cli.contract;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiDecoder;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.dev.Artifacts;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.Receipt;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.tx.SenderParts;
import io.ruche.chain.tx.SenderSettings;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.chain.tx.TxHandle;
import io.ruche.chain.wallet.Wallet;
import io.ruche.cli.settings.Network;
import io.ruche.core.Address;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A wallet that deploys contracts on a development chain and calls them. For one thread. */
public final class ContractUser implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final long CREATION_GAS = 10_000_000;

  private final Rpc rpc;
  private final Hub hub;
  private final BlockFeed feed;
  private final TransactionSender sender;

  private ContractUser(Rpc rpc, Hub hub, Wallet wallet) {
    this.rpc = rpc;
    this.hub = hub;
    this.feed = BlockFeed.start(rpc, POLL);
    this.sender = TransactionSender.start(
        SenderParts.of(rpc, feed, wallet, hub.chainId(), SenderSettings.development()));
  }

  public static ContractUser open(Network network, Wallet wallet) {
    var rpc = Rpc.open(network.rpc().toString());
    return new ContractUser(rpc, Hub.open(rpc, network.hub(), network.chainId()), wallet);
  }

  public Address address() {
    return sender.address();
  }

  public Hub hub() {
    return hub;
  }

  /** Creates a contract of this name, with its constructor's arguments. */
  public Receipt deploy(Artifacts artifacts, String contract, AbiEncoder arguments) {
    var code = new ByteArrayOutputStream();
    code.writeBytes(artifacts.creationCode(contract));
    code.writeBytes(arguments.toBytes());
    return mined(send(Call.create(code.toByteArray()).withGasLimit(CREATION_GAS)));
  }

  /** Broadcasts a transaction; refuses at once what the contract would revert. */
  public TxHandle send(Call call) {
    return sender.send("contract-" + UUID.randomUUID(), call);
  }

  /** The receipt of a transaction that must succeed. */
  public Receipt mined(TxHandle sent) {
    var outcome = sent.awaitSuccess(LIMIT);
    return rpc.receipts(List.of(outcome.hash())).getFirst().orElseThrow();
  }

  public Receipt run(Call call) {
    return mined(send(call));
  }

  /** What a view function answers. */
  public AbiDecoder read(Call call) {
    return AbiDecoder.of(rpc.callAll(List.of(call)).getFirst());
  }

  /** The contract that a receipt of {@link #deploy} is about. */
  public static Address created(Receipt receipt) {
    return Objects.requireNonNull(receipt.contract(), "the transaction created no contract");
  }

  @Override
  public void close() {
    sender.close();
    feed.close();
    rpc.close();
  }
}
