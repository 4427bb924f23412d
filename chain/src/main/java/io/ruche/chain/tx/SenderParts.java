package io.ruche.chain.tx;

import io.ruche.chain.Call;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.wallet.Wallet;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a sender needs to work; the listener hears each outcome once per process, on the sender's
 * thread.
 */
public record SenderParts(
    Rpc rpc,
    BlockFeed feed,
    Wallet wallet,
    long chainId,
    OutboxStore outbox,
    SenderSettings settings,
    Consumer<TxOutcome> listener) {

  public static SenderParts of(
      Rpc rpc, BlockFeed feed, Wallet wallet, long chainId, SenderSettings settings) {
    return new SenderParts(rpc, feed, wallet, chainId, new MemoryOutbox(), settings, outcome -> {});
  }

  public SenderParts withOutbox(OutboxStore value) {
    return new SenderParts(rpc, feed, wallet, chainId, value, settings, listener);
  }

  public SenderParts withListener(Consumer<TxOutcome> value) {
    return new SenderParts(rpc, feed, wallet, chainId, outbox, settings, value);
  }

  OutboxEntry sign(String actionKey, long nonce, Call call, Fees fees) {
    var transaction = SignedTx.sign(wallet, chainId, nonce, call, fees);
    return new OutboxEntry(
        chainId, wallet.address(), actionKey, nonce, call, List.of(transaction), TxState.PENDING);
  }
}
