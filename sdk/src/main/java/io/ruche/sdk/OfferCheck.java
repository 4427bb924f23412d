package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.DatasetOrder;
import io.ruche.core.Order;
import io.ruche.core.OrderHash;
import io.ruche.core.WorkerpoolOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks single offers against the chain as the hub will: signature, what is left, who may use it,
 * and whether the pool can stake. What does not pass is left out, with its reason.
 */
final class OfferCheck {
  /** Percent of its price that a pool stakes per task (poco interface, section 1). */
  static final long POOL_STAKE_PERCENT = 30;

  private final ChainView chain;
  private final Resources resources;
  private final Restrictions restrictions;
  private final Demand demand;
  private final List<String> refusals = new ArrayList<>();
  private final List<Address> closed = new ArrayList<>();
  private int looked;

  OfferCheck(ChainView chain, Resources resources, Restrictions restrictions, Demand demand) {
    this.chain = chain;
    this.resources = resources;
    this.restrictions = restrictions;
    this.demand = demand;
  }

  /** Why offers were left out, so far. */
  List<String> refusals() {
    return List.copyOf(refusals);
  }

  /**
   * Whom the offers that were looked at last are kept for, when that alone kept every one of them
   * from the requester; else empty.
   */
  List<Address> keptFor() {
    return closed.size() == looked ? closed.stream().distinct().toList() : List.of();
  }

  Address requester() {
    return demand.requester();
  }

  List<Offer<AppOrder>> apps(List<AppOrder> orders, Address owner) {
    return usable(
        orders,
        order -> Optional.of(owner),
        order -> order.app().equals(demand.app())
            ? requester(order.requesterRestrict())
            : Optional.of("is for another app"));
  }

  List<Offer<DatasetOrder>> datasets(List<DatasetOrder> orders, Address owner) {
    return usable(
        orders,
        order -> Optional.of(owner),
        order -> order.dataset().equals(demand.dataset())
            ? requester(order.requesterRestrict())
            : Optional.of("is for another dataset"));
  }

  List<Offer<WorkerpoolOrder>> workerpools(List<WorkerpoolOrder> orders) {
    var signed = usable(
        orders,
        order -> resources.workerpool(order.workerpool()).map(pool -> pool.owner()),
        this::workerpool);
    return signed.stream().filter(this::isWithinStake).toList();
  }

  private Optional<String> workerpool(WorkerpoolOrder order) {
    if (!restrictions.permits(demand.workerpool(), order.workerpool())) {
      return Optional.of("is of pool %s, wanted %s"
          .formatted(order.workerpool().checksummed(), demand.workerpool().checksummed()));
    }
    if (order.categoryId() != demand.categoryId()) {
      return Optional.of(
          "serves category %d, wanted %d".formatted(order.categoryId(), demand.categoryId()));
    }
    if (order.trust() < demand.trust()) {
      return Optional.of(
          "allows trust up to %d, wanted %d".formatted(order.trust(), demand.trust()));
    }
    return requester(order.requesterRestrict());
  }

  private Optional<String> requester(Address restriction) {
    if (restrictions.permits(restriction, demand.requester())) {
      return Optional.empty();
    }
    closed.add(restriction);
    return Optional.of("is restricted to requester " + restriction.checksummed());
  }

  private <O extends Order> List<Offer<O>> usable(
      List<O> orders,
      Function<O, Optional<Address>> ownerOf,
      Function<O, Optional<String>> ownRule) {
    var offers = new ArrayList<Offer<O>>();
    closed.clear();
    looked = orders.size();
    for (var order : orders) {
      var hash = order.hash(chain.domain());
      var owner = ownerOf.apply(order).orElse(Address.ZERO);
      long remaining = order.volume() - chain.consumed(hash);
      var refusal = ownRule.apply(order).or(() -> onChain(order, hash, owner, remaining));
      refusal.ifPresentOrElse(
          why -> refusals.add("order %s %s".formatted(shortened(hash.hex()), why)),
          () -> offers.add(new Offer<>(order, hash, owner, remaining)));
    }
    return offers;
  }

  private Optional<String> onChain(Order order, OrderHash hash, Address owner, long remaining) {
    if (owner.isZero()) {
      return Optional.of("names a pool that is not registered");
    }
    if (remaining < 1) {
      return Optional.of("is used up");
    }
    return chain.isSigned(owner, hash, order.sign())
        ? Optional.empty()
        : Optional.of("is not signed by " + owner.checksummed());
  }

  /**
   * The hub locks 30 % of the pool's price per task; a pool that cannot stake cannot be matched.
   */
  private boolean isWithinStake(Offer<WorkerpoolOrder> offer) {
    long tasks = Math.min(offer.remaining(), demand.tasks());
    var stake = offer.order().price().percentRoundedDown(POOL_STAKE_PERCENT).times(tasks);
    var free = chain.account(offer.owner()).free();
    if (free.compareTo(stake) >= 0) {
      return true;
    }
    refusals.add("order %s needs a stake of %s RUC for %d tasks but its pool owner has %s"
        .formatted(shortened(offer.hash().hex()), stake, tasks, free));
    return false;
  }

  private static String shortened(String hex) {
    return hex.substring(0, 10) + "..";
  }
}
