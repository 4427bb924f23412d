package io.ruche.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Category;
import io.ruche.core.TokenAmount;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.scheduler.ShellEvent;
import io.ruche.scheduler.selling.Pricing;
import io.ruche.server.market.FakeMarketChain;
import io.ruche.server.market.OpenOrders;
import io.ruche.server.market.OrderDesk;
import io.ruche.server.market.PoolOffers;
import io.ruche.server.market.PriceDesk;
import io.ruche.server.pool.FakeChain;
import io.ruche.server.pool.PoolFixture;
import io.ruche.server.settings.ServerSettings.Clients;
import io.ruche.server.settings.ServerSettings.Offer;
import io.ruche.server.settings.ServerSettings.Selling;
import io.ruche.store.BookedOrder;
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

/** What a pool with real sessions has on offer, as machines come and go and work is sold. */
class ShopTest {
  private static final Category CATEGORY = new Category(0, "", "", Duration.ofMinutes(5));
  private static final int SLOTS = 2;

  /** Window and runs of five minutes: (7 - 2) for each slot, less the margin at the deadline. */
  private static final long FREE = SLOTS * 5 - 1;

  private static final Duration A_WHILE = Duration.ofMinutes(2);

  @TempDir
  Path folder;

  private final FakeChain chain = new FakeChain();
  private final FakeMarketChain market = new FakeMarketChain();
  private final List<WorkerpoolOrder> closed = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private PoolFixture fixture;
  private Database database;
  private OpenOrders orders;
  private Shop shop;
  private long newest = 10;
  private long told = 10;
  private int asked;

  @BeforeEach
  void open() {
    fixture = PoolFixture.start(folder, chain);
    database = Database.open(folder.resolve("market.db"));
    var owner = PoolFixture.OWNER;
    market.owners.put(Sample.POOL, owner.address());
    market.free.put(owner.address(), TokenAmount.parse("1000"));
    var desk = new OrderDesk(new SqlOrderBook(database), market, () -> now);
    orders = new OpenOrders(desk, Sample.POOL, this::close);
    var selling = new Selling(false, 100, Duration.ofMinutes(1));
    var offer = new Offer(
        new Pricing.Fixed(TokenAmount.parse("1")), List.of(0L), 1, 1_000_000, Clients.ANY, selling);
    var pool = fixture.pool();
    var offers = new PoolOffers(new PoolOffers.Parts(
        orders,
        offer,
        new CapacityStock(pool, selling.percent(), id -> CATEGORY),
        new PriceDesk(
            new PriceDesk.Parts(offer.pricing(), desk, owner.address(), id -> CATEGORY, () -> now)),
        order -> owner.sign(order, market.domain()),
        pool::isDrained,
        () -> now));
    shop = new Shop(new Shop.Parts(
        pool, orders, offers, null, new Shop.Blocks(() -> newest, () -> told), () -> asked++));
  }

  @AfterEach
  void stop() {
    fixture.close();
    database.close();
  }

  /** As the hub does it: a closed order is one that is used up. */
  private void close(WorkerpoolOrder order) {
    closed.add(order);
    market.consumed.put(order.hash(market.domain()), order.volume());
  }

  private ScriptedWorker join() throws InterruptedException {
    var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), SLOTS);
    fixture.awaitStock(() -> fixture.pool().servableTrust() > 0);
    return worker;
  }

  private long onOffer() {
    return orders.all().stream().mapToLong(BookedOrder::remaining).sum();
  }

  /** A match on chain, as the book and the pool learn of it. */
  private void buy(long tasks) {
    market.consumed.merge(orders.all().getFirst().hash(), tasks, Long::sum);
    chain.buy(tasks, 1);
    orders.lookAgain();
  }

  private void look() {
    shop.adjust();
    now = now.plus(A_WHILE);
    shop.adjust();
    shop.sweep();
    now = now.plus(A_WHILE);
    shop.adjust();
  }

  @Test
  void whatIsOnOfferFollowsMachinesAndSales() throws Exception {
    shop.open();
    assertThat(onOffer()).isZero();
    try (var _ = join()) {
      shop.adjust();
      assertThat(onOffer()).isEqualTo(FREE);

      buy(2);
      look();
      assertThat(onOffer()).isEqualTo(FREE - 2);
      assertThat(closed).isEmpty();
    }
    fixture.awaitStock(() -> fixture.pool().servableTrust() == 0);
    look();
    assertThat(onOffer()).isZero();
    assertThat(closed).hasSize(1);

    try (var _ = join()) {
      shop.adjust();
      assertThat(onOffer()).isEqualTo(FREE - 2);
    }
  }

  @Test
  void aDrainedPoolClosesItsOrdersAtOnceAndAResumedOneSells() throws Exception {
    try (var _ = join()) {
      shop.adjust();
      fixture.pool().order(new ShellEvent.PoolDrained());

      shop.adjust();
      shop.sweep();

      assertThat(closed).hasSize(1);
      assertThat(onOffer()).isZero();
      look();
      assertThat(onOffer()).isZero();
      fixture.pool().order(new ShellEvent.PoolResumed());
      shop.adjust();
      assertThat(onOffer()).isEqualTo(FREE);
    }
  }

  @Test
  void whatTheBookKnowsBeforeThePoolIsNotSoldTwiceHoweverFarThePoolLags() throws Exception {
    try (var _ = join()) {
      shop.adjust();
      newest = 12;
      market.consumed.put(orders.all().getFirst().hash(), FREE - 1);
      orders.lookAgain();

      for (told = 10; told < newest; told++) {
        now = now.plus(A_WHILE);
        shop.adjust();
        assertThat(onOffer()).isEqualTo(1);
      }
      assertThat(asked).isEqualTo(2);
      chain.buy(FREE - 1, 1);
      shop.adjust();
      assertThat(onOffer()).isEqualTo(1);
    }
  }

  @Test
  void anOrderThatIsBoughtWholeIsReplacedOnceThePoolKnows() throws Exception {
    try (var _ = join()) {
      shop.adjust();
      newest = 11;
      market.consumed.put(orders.all().getFirst().hash(), FREE);
      orders.lookAgain();

      shop.adjust();
      assertThat(onOffer()).isZero();
      told = newest;
      shop.adjust();
      assertThat(onOffer()).isEqualTo(FREE);
    }
  }

  /** A server that was away: its book may be older than the deals that it has yet to read. */
  @Test
  void nothingIsSoldBeforeThePoolHasReadWhatItMissed() throws Exception {
    newest = 12;
    try (var _ = join()) {
      shop.adjust();
      assertThat(onOffer()).isZero();

      told = newest;
      shop.adjust();
      assertThat(onOffer()).isEqualTo(FREE);
    }
  }
}
