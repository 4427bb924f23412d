package io.ruche.server.chain;

import io.ruche.core.Address;
import io.ruche.core.Eip712Domain;
import io.ruche.core.OrderHash;
import io.ruche.core.Signature;
import io.ruche.core.TokenAmount;
import io.ruche.server.market.MarketChain;
import io.ruche.store.BookedOrder.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A hub without orders. */
final class NoMarketChain implements MarketChain {
  @Override
  public Eip712Domain domain() {
    return Eip712Domain.ofHub(1, Address.ZERO);
  }

  @Override
  public Optional<Address> ownerOf(Kind kind, Address resource) {
    return Optional.empty();
  }

  @Override
  public boolean isSigned(Address signer, OrderHash hash, Signature signature) {
    return false;
  }

  @Override
  public Map<OrderHash, Long> consumed(List<OrderHash> hashes) {
    return Map.of();
  }

  @Override
  public boolean hasCategory(long id) {
    return false;
  }

  @Override
  public TokenAmount freeStake(Address account) {
    return TokenAmount.ZERO;
  }
}
