package io.ruche.server.chain;

import io.ruche.chain.hub.Hub;
import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.Dataset;
import io.ruche.core.Eip712Domain;
import io.ruche.core.OrderHash;
import io.ruche.core.Signature;
import io.ruche.core.TokenAmount;
import io.ruche.core.Workerpool;
import io.ruche.server.market.MarketChain;
import io.ruche.store.BookedOrder.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The hub, as an order board sees it. */
public final class HubMarketChain implements MarketChain {
  private final Hub hub;

  public HubMarketChain(Hub hub) {
    this.hub = hub;
  }

  @Override
  public Eip712Domain domain() {
    return hub.domain();
  }

  @Override
  public Optional<Address> ownerOf(Kind kind, Address resource) {
    return switch (kind) {
      case APP -> hub.app(resource).map(App::owner);
      case DATASET -> hub.dataset(resource).map(Dataset::owner);
      case WORKERPOOL -> hub.workerpool(resource).map(Workerpool::owner);
      case REQUEST -> Optional.of(resource);
    };
  }

  @Override
  public boolean isSigned(Address signer, OrderHash hash, Signature signature) {
    return hub.isSigned(signer, hash, signature);
  }

  @Override
  public Map<OrderHash, Long> consumed(List<OrderHash> hashes) {
    var volumes = hub.consumed(hashes);
    var byHash = new LinkedHashMap<OrderHash, Long>();
    for (int i = 0; i < hashes.size(); i++) {
      byHash.put(hashes.get(i), volumes.get(i));
    }
    return byHash;
  }

  @Override
  public boolean hasCategory(long id) {
    return hub.category(id).isPresent();
  }

  @Override
  public TokenAmount freeStake(Address account) {
    return hub.account(account).free();
  }
}
