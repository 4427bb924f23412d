package io.ruche.server.market;

import io.ruche.core.Address;
import io.ruche.core.Eip712Domain;
import io.ruche.core.OrderHash;
import io.ruche.core.Signature;
import io.ruche.core.TokenAmount;
import io.ruche.store.BookedOrder.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the order board asks the chain. Answers may lag behind by a block. */
public interface MarketChain {
  Eip712Domain domain();

  /** Owner of an app, dataset or workerpool; empty when no registry knows it. */
  Optional<Address> ownerOf(Kind kind, Address resource);

  /** Whether the hub takes this as the signer's (its own key, ERC-1271, or signed beforehand). */
  boolean isSigned(Address signer, OrderHash hash, Signature signature);

  /** Tasks already bought of each order, or all of them once it was cancelled. */
  Map<OrderHash, Long> consumed(List<OrderHash> hashes);

  boolean hasCategory(long id);

  TokenAmount freeStake(Address account);
}
