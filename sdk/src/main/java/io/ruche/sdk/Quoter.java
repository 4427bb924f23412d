package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.DatasetOrder;
import io.ruche.core.DealParams;
import io.ruche.core.Order;
import io.ruche.core.OrderHash;
import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;
import io.ruche.core.WorkerpoolOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the cheapest offers that together serve a demand. All that the hub would refuse is left out
 * before the price is told, so accepting a quote fails only when the chain moved meanwhile.
 */
public final class Quoter {
  /** One run is bought in at most this many deals. */
  static final int MAX_LOTS = 16;

  private final ChainView chain;
  private final Resources resources;
  private final Market market;

  public Quoter(ChainView chain, Resources resources, Market market) {
    this.chain = chain;
    this.resources = resources;
    this.market = market;
  }

  /**
   * Prices a demand.
   *
   * @throws RucheException APP_UNKNOWN, DATASET_UNKNOWN, CATEGORY_UNKNOWN, PARAMS_TOO_LONG,
   *     PARAMS_INVALID, RESTRICTED, NO_OFFER with the reasons, or OVER_BUDGET
   */
  public Quote quote(Demand demand) {
    var category = chain
        .category(demand.categoryId())
        .orElseThrow(() -> SdkErrors.categoryUnknown(demand.categoryId()));
    requireParams(demand);
    var quote = new Quote(demand, category, lots(demand));
    var limit = demand.maxTotal();
    if (limit != null && quote.total().compareTo(limit) > 0) {
      throw SdkErrors.overBudget(quote.total(), limit);
    }
    return quote;
  }

  private static void requireParams(Demand demand) {
    var json = demand.params().toJson();
    if (json.length() > DealParams.MAX_LENGTH) {
      throw SdkErrors.paramsTooLong(json.length(), DealParams.MAX_LENGTH);
    }
    try {
      // What a worker could not read would end in a failure that is charged.
      DealParams.parse(json);
    } catch (IllegalArgumentException e) {
      throw SdkErrors.paramsInvalid(String.valueOf(e.getMessage()));
    }
  }

  private List<Lot> lots(Demand demand) {
    var restrictions = new Restrictions(chain);
    var check = new OfferCheck(chain, resources, restrictions, demand);
    var apps = apps(demand, check);
    var datasets = datasets(demand, check);
    var pools = pools(demand, check);
    var refusals = new ArrayList<>(check.refusals());
    var triples = triples(apps, datasets, pools, new Pairing(restrictions, demand), refusals);
    return fill(demand, triples, refusals);
  }

  private List<Offer<AppOrder>> apps(Demand demand, OfferCheck check) {
    var app =
        resources.app(demand.app()).orElseThrow(() -> SdkErrors.unregistered("app", demand.app()));
    var offers = check.apps(market.appOrders(demand.app()), app.owner());
    requireSome(offers, "app " + demand.app().checksummed(), check);
    return offers;
  }

  private List<Offer<DatasetOrder>> datasets(Demand demand, OfferCheck check) {
    if (!demand.hasDataset()) {
      var none = DatasetOrder.NONE.hash(chain.domain());
      return List.of(new Offer<>(DatasetOrder.NONE, none, Address.ZERO, Long.MAX_VALUE));
    }
    var dataset = resources
        .dataset(demand.dataset())
        .orElseThrow(() -> SdkErrors.unregistered("dataset", demand.dataset()));
    var offers = check.datasets(market.datasetOrders(demand.dataset()), dataset.owner());
    requireSome(offers, "dataset " + demand.dataset().checksummed(), check);
    return offers;
  }

  private List<Offer<WorkerpoolOrder>> pools(Demand demand, OfferCheck check) {
    var offers = check.workerpools(market.workerpoolOrders(demand.categoryId(), demand.trust()));
    requireSome(
        offers,
        "a workerpool for category %d with trust %d".formatted(demand.categoryId(), demand.trust()),
        check);
    return offers;
  }

  private static void requireSome(List<?> offers, String what, OfferCheck check) {
    if (!offers.isEmpty()) {
      return;
    }
    var keptFor = check.keptFor();
    throw keptFor.isEmpty()
        ? SdkErrors.noOffer(what, check.refusals())
        : SdkErrors.restricted(what, keptFor, check.requester());
  }

  private record Triple(
      Offer<AppOrder> app, Offer<DatasetOrder> dataset, Offer<WorkerpoolOrder> pool) {
    TokenAmount price() {
      return app.order().price().plus(dataset.order().price()).plus(pool.order().price());
    }
  }

  private static List<Triple> triples(
      List<Offer<AppOrder>> apps,
      List<Offer<DatasetOrder>> datasets,
      List<Offer<WorkerpoolOrder>> pools,
      Pairing pairing,
      List<String> refusals) {
    var triples = new ArrayList<Triple>();
    for (var app : apps) {
      for (var dataset : datasets) {
        for (var pool : pools) {
          pairing
              .refusal(app.order(), dataset.order(), pool.order())
              .ifPresentOrElse(refusals::add, () -> triples.add(new Triple(app, dataset, pool)));
        }
      }
    }
    triples.sort(Comparator.comparing(Triple::price));
    return triples;
  }

  private List<Lot> fill(Demand demand, List<Triple> triples, List<String> refusals) {
    var stock = new Stock();
    var lots = new ArrayList<Lot>();
    long bought = 0;
    for (var triple : triples) {
      long tasks = Math.min(demand.tasks() - bought, stock.left(triple));
      if (tasks > 0 && lots.size() < MAX_LOTS) {
        lots.add(new Lot(
            triple.app().order(), triple.dataset().order(), triple.pool().order(), bought, tasks));
        stock.take(triple, tasks);
        bought += tasks;
      }
    }
    if (bought < demand.tasks()) {
      refusals.add(
          "offers that go together cover %d of %d tasks".formatted(bought, demand.tasks()));
      throw SdkErrors.noOffer("%d tasks".formatted(demand.tasks()), refusals);
    }
    return lots;
  }

  /** What is left of each order while lots are taken from it. */
  private static final class Stock {
    private final Map<OrderHash, Long> taken = new HashMap<>();

    long left(Triple triple) {
      return Math.min(left(triple.app()), Math.min(left(triple.dataset()), left(triple.pool())));
    }

    void take(Triple triple, long tasks) {
      taken.merge(triple.app().hash(), tasks, Long::sum);
      taken.merge(triple.dataset().hash(), tasks, Long::sum);
      taken.merge(triple.pool().hash(), tasks, Long::sum);
    }

    private long left(Offer<? extends Order> offer) {
      return offer.remaining() - taken.getOrDefault(offer.hash(), 0L);
    }
  }
}
