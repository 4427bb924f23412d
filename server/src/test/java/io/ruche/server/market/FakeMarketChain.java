package io.ruche.server.market;

import io.ruche.chain.wallet.Signatures;
import io.ruche.core.Address;
import io.ruche.core.Eip712Domain;
import io.ruche.core.OrderHash;
import io.ruche.core.Signature;
import io.ruche.core.TokenAmount;
import io.ruche.store.BookedOrder.Kind;
import io.ruche.testkit.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A hub of maps. */
public final class FakeMarketChain implements MarketChain {
  public final Map<Address, Address> owners = new ConcurrentHashMap<>();
  public final Map<OrderHash, Long> consumed = new ConcurrentHashMap<>();
  public final Map<Address, TokenAmount> free = new ConcurrentHashMap<>();

  @Override
  public Eip712Domain domain() {
    return Eip712Domain.ofHub(65_535, Sample.address(0x40));
  }

  @Override
  public Optional<Address> ownerOf(Kind kind, Address resource) {
    return Optional.ofNullable(owners.get(resource));
  }

  @Override
  public boolean isSigned(Address signer, OrderHash hash, Signature signature) {
    return Signatures.recover(hash.bytes(), signature).filter(signer::equals).isPresent();
  }

  @Override
  public Map<OrderHash, Long> consumed(List<OrderHash> hashes) {
    var known = new HashMap<OrderHash, Long>();
    hashes.forEach(hash -> known.put(hash, consumed.getOrDefault(hash, 0L)));
    return known;
  }

  @Override
  public boolean hasCategory(long id) {
    return id < 5;
  }

  @Override
  public TokenAmount freeStake(Address account) {
    return free.getOrDefault(account, TokenAmount.ZERO);
  }
}
