package io.ruche.server.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.Category;
import io.ruche.core.Salt;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.scheduler.selling.Asked;
import io.ruche.scheduler.selling.EnergyCost;
import io.ruche.scheduler.selling.Offerable;
import io.ruche.scheduler.selling.Pricing;
import io.ruche.server.settings.ServerSettings.Clients;
import io.ruche.server.settings.ServerSettings.Offer;
import io.ruche.server.settings.ServerSettings.Selling;
import io.ruche.store.Database;
import io.ruche.store.SqlOrderBook;
import io.ruche.testkit.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolOffersTest {
  private static final Category CATEGORY = new Category(0, "", "", Duration.ofHours(1));
  private static final Duration CLOSE_AFTER = Duration.ofMinutes(1);
  private static final Selling ALL = new Selling(true, 100, CLOSE_AFTER);
  private static final Duration FOLLOWS_EVERY = Duration.ofMinutes(10);
  private static final Selling STOCK = new Selling(false, 100, CLOSE_AFTER);

  @TempDir
  Path folder;

  private final FakeMarketChain chain = new FakeMarketChain();
  private final Wallet owner = Wallet.random();
  private final List<WorkerpoolOrder> signed = new ArrayList<>();
  private final List<WorkerpoolOrder> closed = new ArrayList<>();
  private Database database;
  private OrderDesk desk;
  private PoolOffers offers;
  private long stock;
  private long trust = 5;
  private int salts;
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private boolean isDrained;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("ruche.db"));
    desk = new OrderDesk(new SqlOrderBook(database), chain, () -> now);
    chain.owners.put(Sample.POOL, owner.address());
    chain.free.put(owner.address(), TokenAmount.parse("1000"));
    var offer =
        new Offer(new Pricing.Fixed(TokenAmount.parse("1")), List.of(0L), 5, 10, Clients.ANY, ALL);
    offers = offers(offer, Stock.bySettings());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsOnOfferIsNotPublishedTwice() {
    publish(offers);
    publish(offers);

    assertThat(signed).hasSize(1);
  }

  @Test
  void anOfferForSomeIsPublishedBesideOneForAll() {
    publish(offers);
    var clients = new Clients(Address.ZERO, Address.ZERO, Sample.REQUESTER);
    var offer =
        new Offer(new Pricing.Fixed(TokenAmount.parse("1")), List.of(0L), 5, 10, clients, ALL);
    var forSome = offers(offer, Stock.bySettings());

    publish(forSome);
    publish(forSome);

    assertThat(signed).hasSize(2);
    assertThat(signed.getLast().requesterRestrict()).isEqualTo(Sample.REQUESTER);
  }

  @Test
  void anOrderThatIsUsedUpIsReplaced() {
    publish(offers);
    chain.consumed.put(signed.getFirst().hash(chain.domain()), 10L);
    desk.refreshAfter(null, 100);

    publish(offers);

    assertThat(signed).hasSize(2);
  }

  @Test
  void withoutStakeNothingIsPublishedUntilThereIsSome() {
    chain.free.put(owner.address(), TokenAmount.ZERO);
    publish(offers);
    assertThat(openOrders()).isZero();

    chain.free.put(owner.address(), TokenAmount.parse("1000"));
    publish(offers);

    assertThat(openOrders()).isEqualTo(1);
  }

  @Test
  void onlyWhatIsInStockIsOnOffer() {
    stock = 7;

    publish(limited());
    publish(limited());

    assertThat(signed).extracting(WorkerpoolOrder::volume).containsExactly(7L);
    assertThat(closed).isEmpty();
  }

  @Test
  void theStockIsOfferedAgainWhenMostOfItIsSold() {
    stock = 10;
    publish(limited());
    consume(signed.getFirst(), 4);
    publish(limited());
    assertThat(signed).hasSize(1);

    consume(signed.getFirst(), 5);
    publish(limited());

    assertThat(signed).extracting(WorkerpoolOrder::volume).containsExactly(10L, 5L);
  }

  @Test
  void ordersAreClosedWhenTheStockHasShrunkBelowThem() {
    stock = 10;
    publish(limited());
    stock = 4;
    var shrunk = limited();

    publish(shrunk);
    now = now.plus(CLOSE_AFTER).minusMillis(1);
    publish(shrunk);
    assertThat(closed).isEmpty();
    now = now.plusMillis(1);
    publish(shrunk);

    assertThat(closed).containsExactly(signed.getFirst());
    assertThat(signed).hasSize(1);
    consume(signed.getFirst(), 10); // as a closed order looks
    publish(shrunk);
    assertThat(signed.getLast().volume()).isEqualTo(4);
  }

  @Test
  void ordersAreClosedWhenTheirTrustCannotBeServedAnyMore() {
    stock = 10;
    publish(limited());
    trust = 2;

    var offers = limited();
    publish(offers);
    now = now.plus(CLOSE_AFTER);
    publish(offers);

    assertThat(closed).containsExactly(signed.getFirst());
  }

  @Test
  void machinesThatAreAwayForAMomentCostNoOrder() {
    stock = 10;
    var offers = offers(offer(), asked -> new Stock.Available(trust, offerable()));
    publish(offers);
    for (int i = 0; i < 3; i++) {
      stock = 0;
      publish(offers);
      now = now.plus(CLOSE_AFTER).minusMillis(1);
      publish(offers);
      stock = 10;
      publish(offers);
    }

    assertThat(closed).isEmpty();
    assertThat(signed).hasSize(1);
  }

  @Test
  void thePriceFromEnergyIsForTheCategorysTimeAndTheTrustsCopies() {
    stock = 10;
    var energy = new EnergyCost(TokenAmount.parse("0.3"), 200, 20);

    publish(selling(new Pricing.FromEnergy(energy, TokenAmount.ZERO)));

    assertThat(signed.getFirst().price()).isEqualTo(TokenAmount.parse("0.216"));
  }

  @Test
  void whoFollowsTheBookClosesItsOrdersAndPublishesThemAtTheNextPrice() {
    stock = 10;
    var pool = selling(follower());
    rival("2", Wallet.random());
    publish(pool);
    assertThat(signed.getFirst().price()).isEqualTo(TokenAmount.parse("2"));

    rival("1", Wallet.random());
    now = now.plus(FOLLOWS_EVERY);
    publish(pool);
    publish(pool);
    assertThat(closed).contains(signed.getFirst());
    assertThat(signed).hasSize(1);
    consume(signed.getFirst(), 10);
    publish(pool);

    assertThat(signed.getLast().price()).isEqualTo(TokenAmount.parse("1.8"));
    var line = pool.lines(List.of()).getFirst();
    assertThat(line.asked().why()).isEqualTo(Asked.Why.STEPPING);
  }

  @Test
  void aRestartedFollowerGoesOnFromThePriceOfItsOrders() {
    stock = 10;
    rival("2", Wallet.random());
    publish(selling(follower()));
    rival("1", Wallet.random());
    now = now.plus(FOLLOWS_EVERY);

    var restarted = selling(follower());
    publish(restarted);
    consume(signed.getFirst(), 10);
    publish(restarted);

    assertThat(signed.getLast().price()).isEqualTo(TokenAmount.parse("1.8"));
  }

  @Test
  void otherPoolsOfTheSameOwnerAreNoRivals() {
    stock = 10;
    rival("1", owner);
    publish(selling(follower()));

    assertThat(signed.getFirst().price()).isEqualTo(TokenAmount.parse("4"));
  }

  private static Pricing follower() {
    var least = TokenAmount.parse("0.5");
    return new Pricing.FollowBook(TokenAmount.parse("4"), least, null, 0, 10, FOLLOWS_EVERY);
  }

  private PoolOffers selling(Pricing pricing) {
    var offer = new Offer(pricing, List.of(0L), 5, 10, Clients.ANY, STOCK);
    return offers(offer, asked -> new Stock.Available(trust, offerable()));
  }

  private void rival(String price, Wallet rivalOwner) {
    var salt = new byte[32];
    salt[0] = (byte) ++salts;
    var pool = Sample.address(0x70 + salts);
    chain.owners.put(pool, rivalOwner.address());
    chain.free.put(rivalOwner.address(), TokenAmount.parse("1000"));
    var order = new WorkerpoolOrder(
        pool,
        TokenAmount.parse(price),
        1,
        Tag.NONE,
        0,
        5,
        Address.ZERO,
        Address.ZERO,
        Address.ZERO,
        Salt.of(salt),
        Signature.EMPTY);
    desk.publish(rivalOwner.sign(order, chain.domain()));
  }

  @Test
  void withoutStockNothingIsOnOffer() {
    stock = 0;

    publish(limited());

    assertThat(signed).isEmpty();
  }

  private PoolOffers limited() {
    return offers(offer(), asked -> new Stock.Available(trust, offerable()));
  }

  private List<Offerable> offerable() {
    return List.of(new Offerable(0, stock, Offerable.Limit.SOLD_OUT));
  }

  private static Offer offer() {
    return new Offer(
        new Pricing.Fixed(TokenAmount.parse("1")), List.of(0L), 5, 10, Clients.ANY, STOCK);
  }

  private PoolOffers offers(Offer offer, Stock from) {
    var orders = new OpenOrders(desk, Sample.POOL, closed::add);
    var prices = new PriceDesk(
        new PriceDesk.Parts(offer.pricing(), desk, owner.address(), id -> CATEGORY, () -> now));
    return new PoolOffers(
        new PoolOffers.Parts(orders, offer, from, prices, this::sign, () -> isDrained, () -> now));
  }

  private void publish(PoolOffers offers) {
    offers.publish(new OpenOrders(desk, Sample.POOL, closed::add).all());
  }

  private void consume(WorkerpoolOrder order, long tasks) {
    chain.consumed.put(order.hash(chain.domain()), tasks);
    desk.refreshAfter(null, 100);
  }

  private WorkerpoolOrder sign(WorkerpoolOrder order) {
    var complete = owner.sign(order, chain.domain());
    signed.add(complete);
    return complete;
  }

  private long openOrders() {
    return signed.stream()
        .filter(order -> desk.find(order.hash(chain.domain())).isPresent())
        .count();
  }
}
