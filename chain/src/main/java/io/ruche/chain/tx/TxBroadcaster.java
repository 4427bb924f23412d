package io.ruche.chain.tx;

import io.ruche.chain.ChainErrors;
import io.ruche.chain.rpc.RpcReply;
import io.ruche.chain.tx.TxBook.Item;
import io.ruche.core.RucheException;
import java.util.List;
import java.util.Locale;

/** Gives signed transactions to the node and reads what it says to each. Any thread may call. */
final class TxBroadcaster {
  private static final List<String> KNOWN = List.of("already known", "already imported");

  /** Words of nodes for a transaction that will never be taken, whatever the state. */
  private static final List<String> HOPELESS = List.of(
      "intrinsic gas too low",
      "exceeds block gas limit",
      "gas limit too high",
      "exceeds the block gas limit",
      "gas too low",
      "oversized data",
      "max initcode size");

  private final SenderParts parts;
  private volatile boolean hasStaleNonce;

  TxBroadcaster(SenderParts parts) {
    this.parts = parts;
  }

  /** Whether a node said that a nonce is used up, since the last time asked. */
  boolean takeStaleNonce() {
    boolean was = hasStaleNonce;
    hasStaleNonce = false;
    return was;
  }

  /**
   * Sends the latest variant of each, in order; failures stay on the handles and are tried again
   * later.
   */
  void broadcast(List<Item> items) {
    if (items.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    items.forEach(item -> item.sentAt = now);
    try {
      var raw = items.stream().map(item -> item.entry().latest().raw()).toList();
      var replies = parts.rpc().broadcast(raw);
      for (int i = 0; i < items.size(); i++) {
        note(items.get(i), replies.get(i));
      }
    } catch (RucheException e) {
      items.forEach(item -> item.handle().problem(e.sentence()));
    }
  }

  private void note(Item item, RpcReply reply) {
    switch (reply) {
      case RpcReply.Result _ -> item.handle().problem("");
      case RpcReply.Refused(var _, var message, var _) ->
        item.handle().problem(problemOf(item, message));
    }
  }

  private String problemOf(Item item, String message) {
    var said = message.toLowerCase(Locale.ROOT);
    if (KNOWN.stream().anyMatch(said::contains)) {
      return "";
    }
    if (said.contains("nonce too low")) {
      hasStaleNonce = true;
    }
    if (said.contains("insufficient funds")) {
      return ChainErrors.gasFundsTooLow(parts.wallet().address(), message).sentence();
    }
    if (HOPELESS.stream().anyMatch(said::contains)) {
      item.isHopeless = true;
    }
    return "the node said: " + message;
  }
}
