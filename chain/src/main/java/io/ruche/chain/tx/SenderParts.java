package io.ruche.chain.tx;

import io.ruche.chain.Call;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Keccak;
import java.math.BigInteger;
import java.util.Arrays;
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

  /**
   * Signs a new action. Its key leaves a mark in the fees: else two actions that ask for the same,
   * signed by two programs under the same nonce, would be one transaction, and one of them lost
   * unseen.
   */
  OutboxEntry sign(String actionKey, long nonce, Call call, Fees fees) {
    var marked = fees.plusMax(new BigInteger(1, Arrays.copyOf(Keccak.hashText(actionKey), 3)));
    var transaction = SignedTx.sign(wallet, chainId, nonce, call, marked);
    return new OutboxEntry(
        chainId, wallet.address(), actionKey, nonce, call, List.of(transaction), TxState.PENDING);
  }
}
