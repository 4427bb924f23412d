package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.DatasetOrder;
import io.ruche.core.Eip712Domain;
import io.ruche.core.Order;
import io.ruche.core.OrderHash;
import io.ruche.core.RucheException;
import io.ruche.core.Salt;
import io.ruche.core.Sha256;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.core.WorkerpoolOrder;
import java.util.Optional;

/**
 * Offers what a wallet owns: registers it, signs a standing order and publishes it. Doing the same
 * again finds what is there.
 */
public final class Publisher {
  private final Eip712Domain domain;
  private final Market market;
  private final Transactions transactions;
  private final Signer signer;

  public Publisher(Eip712Domain domain, Market market, Transactions transactions, Signer signer) {
    this.domain = domain;
    this.market = market;
    this.transactions = transactions;
    this.signer = signer;
  }

  /** A file that anybody can fetch and check. */
  public record Source(String location, Sha256 sha256) {}

  /** What a standing order offers, and to whom: a price for each of so many tasks. */
  public record Terms(TokenAmount price, long volume, Tag tag, Audience audience) {
    /** For everybody. */
    public Terms(TokenAmount price, long volume) {
      this(price, volume, Tag.NONE, Audience.ANYBODY);
    }
  }

  /** What a pool offers. */
  public record PoolTerms(Terms terms, long categoryId, long trust) {}

  /**
   * Something on offer.
   *
   * @param isNew false when the very same offer was published before
   */
  public record Published(Address address, OrderHash order, boolean isNew) {}

  public Published app(String name, String type, Source source, Terms terms) {
    var app = transactions.createApp(name, type, source.location(), source.sha256());
    var order = StandingOrders.app(app, terms);
    var same = market.appOrders(app).stream()
        .filter(open -> open.withSignature(Signature.EMPTY).equals(with(order, open.salt())))
        .findFirst();
    return published(app, order, same);
  }

  public Published dataset(String name, Source source, Terms terms) {
    var dataset = transactions.createDataset(name, source.location(), source.sha256());
    var order = StandingOrders.dataset(dataset, terms);
    var same = market.datasetOrders(dataset).stream()
        .filter(open -> open.withSignature(Signature.EMPTY).equals(with(order, open.salt())))
        .findFirst();
    return published(dataset, order, same);
  }

  /** Publishes an offer of a pool that is registered. */
  public Published workerpool(Address pool, PoolTerms terms) {
    var order = StandingOrders.workerpool(pool, terms);
    var same = market.workerpoolOrders(terms.categoryId(), terms.trust()).stream()
        .filter(open -> open.withSignature(Signature.EMPTY).equals(with(order, open.salt())))
        .findFirst();
    return published(pool, order, same);
  }

  private Published published(Address address, Order order, Optional<? extends Order> same) {
    if (same.isPresent()) {
      return new Published(address, same.get().hash(domain), false);
    }
    var hash = order.hash(domain);
    try {
      market.publish(order.withSignature(signer.signDigest(hash.bytes())));
      return new Published(address, hash, true);
    } catch (RucheException e) {
      if (e.code().equals("ORDER_KNOWN")) {
        return new Published(address, hash, false);
      }
      throw e;
    }
  }

  private static AppOrder with(AppOrder order, Salt salt) {
    return new AppOrder(
        order.app(),
        order.price(),
        order.volume(),
        order.tag(),
        order.datasetRestrict(),
        order.workerpoolRestrict(),
        order.requesterRestrict(),
        salt,
        Signature.EMPTY);
  }

  private static DatasetOrder with(DatasetOrder order, Salt salt) {
    return new DatasetOrder(
        order.dataset(),
        order.price(),
        order.volume(),
        order.tag(),
        order.appRestrict(),
        order.workerpoolRestrict(),
        order.requesterRestrict(),
        salt,
        Signature.EMPTY);
  }

  private static WorkerpoolOrder with(WorkerpoolOrder order, Salt salt) {
    return new WorkerpoolOrder(
        order.workerpool(),
        order.price(),
        order.volume(),
        order.tag(),
        order.categoryId(),
        order.trust(),
        order.appRestrict(),
        order.datasetRestrict(),
        order.requesterRestrict(),
        salt,
        Signature.EMPTY);
  }
}
