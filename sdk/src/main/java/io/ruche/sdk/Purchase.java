package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.RequestOrder;
import io.ruche.core.RucheException;
import io.ruche.core.Signature;
import io.ruche.core.TokenAmount;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Accepts a quote: checks the deposit, signs the request, records it, then matches lot by lot. */
public final class Purchase {
  private final ChainView chain;
  private final Deals deals;
  private final Transactions transactions;
  private final Signer signer;
  private final RunBook book;
  private final Clock clock;

  /** The purchase's ways to the outside. */
  public record Ports(ChainView chain, Deals deals, Transactions transactions) {}

  public Purchase(Ports ports, Signer signer, RunBook book, Clock clock) {
    this.chain = ports.chain();
    this.deals = ports.deals();
    this.transactions = ports.transactions();
    this.signer = signer;
    this.book = book;
    this.clock = clock;
  }

  /**
   * Signs and records the run; nothing is sent yet.
   *
   * @throws RucheException DEPOSIT_TOO_LOW
   */
  public RunRecord begin(Quote quote) {
    var payer = quote.demand().payer();
    var free = chain.account(payer).free();
    if (free.compareTo(quote.total()) < 0) {
      throw SdkErrors.depositTooLow(payer, quote.demand().isSponsored(), quote.total(), free);
    }
    var run = new RunRecord(
        clock.instant(), signer.sign(requestOrder(quote), chain.domain()), quote.lots(), payer);
    book.write(run);
    return run;
  }

  /**
   * Matches every lot that has no deal yet. Safe to call again after a crash: a deal's id follows
   * from the request order, so nothing is bought twice.
   *
   * @throws RucheException ORDER_CONSUMED when somebody else took an offer; deals made before stay.
   *     SPONSOR_MISSING when another wallet was to pay than the one that sends
   */
  public List<DealId> complete(RunRecord run) {
    var made = new ArrayList<DealId>();
    for (var lot : run.lots()) {
      var id = run.request().deal(lot.firstTask());
      if (deals.deal(id).isEmpty()) {
        requireLeft(lot);
        match(run, lot);
        requireWhole(id, lot);
      }
      made.add(id);
    }
    return made;
  }

  private void match(RunRecord run, Lot lot) {
    if (!run.isSponsored()) {
      transactions.match(lot, run.request());
    } else if (transactions.wallet().equals(run.payer())) {
      transactions.sponsor(lot, run.request());
    } else {
      throw SdkErrors.sponsorMissing(run, transactions.wallet());
    }
  }

  /**
   * Somebody may take part of an offer between our look and our match; the hub then matches the
   * rest.
   */
  private void requireWhole(DealId id, Lot lot) {
    long size = deals.deal(id).map(Deal::botSize).orElse(lot.tasks());
    if (size < lot.tasks()) {
      throw SdkErrors.partlyMatched(id, size, lot.tasks());
    }
  }

  private void requireLeft(Lot lot) {
    var domain = chain.domain();
    for (var order : lot.dataset().volume() == 0
        ? List.of(lot.app(), lot.workerpool())
        : List.of(lot.app(), lot.dataset(), lot.workerpool())) {
      var hash = order.hash(domain);
      if (order.volume() - chain.consumed(hash) < lot.tasks()) {
        throw SdkErrors.offerGone(hash);
      }
    }
  }

  private static RequestOrder requestOrder(Quote quote) {
    var demand = quote.demand();
    return new RequestOrder(
        demand.app(),
        highest(quote, lot -> lot.app().price()),
        demand.dataset(),
        highest(quote, lot -> lot.dataset().price()),
        demand.workerpool(),
        highest(quote, lot -> lot.workerpool().price()),
        demand.requester(),
        demand.tasks(),
        demand.tag(),
        demand.categoryId(),
        demand.trust(),
        demand.requester(),
        Address.ZERO,
        demand.params().toJson(),
        Salts.random(),
        Signature.EMPTY);
  }

  private static TokenAmount highest(Quote quote, Function<Lot, TokenAmount> price) {
    return quote.lots().stream().map(price).max(TokenAmount::compareTo).orElse(TokenAmount.ZERO);
  }
}
