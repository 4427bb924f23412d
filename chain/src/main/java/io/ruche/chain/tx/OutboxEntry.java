package io.ruche.chain.tx;

import io.ruche.chain.Call;
import io.ruche.core.Address;
import java.util.ArrayList;
import java.util.List;

/**
 * One logical action of a wallet and every transaction ever signed for it. All of them carry the
 * same nonce, so at most one can get on chain.
 *
 * @param actionKey the caller's name for the action, unique per sender
 * @param variants oldest first; later ones offer higher fees, or are an empty transfer that frees
 *     the nonce
 */
public record OutboxEntry(
    long chainId,
    Address sender,
    String actionKey,
    long nonce,
    Call call,
    List<SignedTx> variants,
    TxState state) {
  public static final int MAX_KEY_LENGTH = 200;

  public OutboxEntry {
    variants = List.copyOf(variants);
    if (actionKey.isBlank() || actionKey.length() > MAX_KEY_LENGTH) {
      throw new IllegalArgumentException(
          "expected an action key of 1 to 200 characters, found: " + actionKey.length());
    }
    if (variants.isEmpty()) {
      throw new IllegalArgumentException("an entry without a signed transaction: " + actionKey);
    }
  }

  public SignedTx latest() {
    return variants.getLast();
  }

  /** Without the bytes that nobody sends again; for settled entries. */
  OutboxEntry slim() {
    var bare = variants.stream()
        .map(variant -> new SignedTx(variant.hash(), "0x", variant.fees(), variant.isFiller()))
        .toList();
    var bareCall = new Call(call.to(), "0x", call.valueWei(), call.gasLimit());
    return new OutboxEntry(chainId, sender, actionKey, nonce, bareCall, bare, state);
  }

  OutboxEntry withState(TxState value) {
    return new OutboxEntry(chainId, sender, actionKey, nonce, call, variants, value);
  }

  OutboxEntry withVariant(SignedTx variant) {
    var all = new ArrayList<>(variants);
    all.add(variant);
    return new OutboxEntry(chainId, sender, actionKey, nonce, call, all, state);
  }
}
