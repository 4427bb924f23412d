package io.ruche.server.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.OrderHash;
import io.ruche.core.RequestOrder;
import io.ruche.core.RucheException;
import io.ruche.core.Salt;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.scheduler.selling.Pricing;
import io.ruche.server.settings.ServerSettings.Clients;
import io.ruche.server.settings.ServerSettings.Offer;
import io.ruche.server.settings.ServerSettings.Selling;
import io.ruche.store.Database;
import io.ruche.store.SqlOrderBook;
import io.ruche.testkit.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestMatcherTest {
  private static final Address APP = Sample.address(0xa1);
  private static final long PATIENCE_SECONDS = 20;
  private static final Selling ALL = new Selling(true, 100, Duration.ofMinutes(1));

  @TempDir
  Path folder;

  private final FakeMarketChain chain = new FakeMarketChain();
  private final Wallet poolOwner = Wallet.random();
  private final Wallet appOwner = Wallet.random();
  private final Wallet requester = Wallet.random();
  private final LinkedBlockingQueue<Matched> matched = new LinkedBlockingQueue<>();
  private volatile boolean isRefused;
  private boolean isDrained;
  private int salts;
  private Database database;
  private OrderDesk desk;
  private PoolOffers offers;
  private RequestMatcher matcher;

  private record Matched(String key, AppOrder app, WorkerpoolOrder pool, RequestOrder request) {}

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("ruche.db"));
    desk = new OrderDesk(new SqlOrderBook(database), chain, InstantSource.system());
    chain.owners.put(Sample.POOL, poolOwner.address());
    chain.owners.put(APP, appOwner.address());
    chain.free.put(requester.address(), TokenAmount.parse("1000"));
    var offer = new Offer(
        new Pricing.Fixed(TokenAmount.parse("2")), List.of(0L, 1L), 5, 10, Clients.ANY, ALL);
    offers = new PoolOffers(new PoolOffers.Parts(
        new OpenOrders(desk, Sample.POOL, closed -> {}),
        offer,
        Stock.bySettings(),
        new PriceDesk(new PriceDesk.Parts(
            offer.pricing(), desk, poolOwner.address(), id -> null, InstantSource.system())),
        order -> poolOwner.sign(order, chain.domain()),
        () -> isDrained,
        InstantSource.system()));
    matcher = new RequestMatcher(desk, offers, (key, app, dataset, pool, request) -> {
      matched.add(new Matched(key, app, pool, request));
      if (isRefused) {
        throw new RucheException("TX_REVERTED", "no.", "", false);
      }
    });
  }

  @AfterEach
  void close() {
    matcher.close();
    database.close();
  }

  @Test
  void anOpenRequestIsMatchedWithTheCheapestAppOnThePoolsTerms() throws Exception {
    app("3");
    var cheap = app("1");
    var request = request("1", "2", 0, 5, Tag.NONE);

    matcher.published(publish(request));

    var found = next();
    assertThat(found.app()).isEqualTo(cheap);
    assertThat(found.request()).isEqualTo(request);
    assertThat(found.pool().price()).isEqualTo(TokenAmount.parse("2"));
    assertThat(found.pool().volume()).isEqualTo(1);
    assertThat(found.pool().requesterRestrict()).isEqualTo(requester.address());
    assertThat(found.pool().sign()).isNotEqualTo(Signature.EMPTY);
  }

  @Test
  void whatThePoolDoesNotServeIsLeftOpen() throws Exception {
    app("1");
    var fits = request("1", "2", 0, 5, Tag.NONE);
    for (var other : List.of(
        request("1", "1.9", 0, 5, Tag.NONE),
        request("0.9", "2", 0, 5, Tag.NONE),
        request("1", "2", 2, 5, Tag.NONE),
        request("1", "2", 0, 6, Tag.NONE),
        request("1", "2", 0, 5, Tag.ofBits(Tag.GPU)))) {
      matcher.published(publish(other));
    }

    matcher.published(publish(fits));

    assertThat(next().request()).isEqualTo(fits);
    assertThat(matched).isEmpty();
  }

  @Test
  void aDrainedPoolServesNoRequest() {
    var request = request("1", "2", 0, 1, Tag.NONE);
    isDrained = true;

    assertThat(offers.forRequest(request, 1)).isEmpty();
    isDrained = false;
    assertThat(offers.forRequest(request, 1)).isPresent();
  }

  @Test
  void aRequestThatCameBeforeItsAppIsFoundLater() throws Exception {
    var request = request("1", "2", 0, 1, Tag.NONE);
    matcher.published(publish(request));
    app("1");

    matcher.turn();

    assertThat(next().request()).isEqualTo(request);
  }

  @Test
  void aRequestThatTheHubRefusesIsTriedAFewTimesOnly() throws Exception {
    isRefused = true;
    app("1");
    var request = publish(request("1", "2", 0, 1, Tag.NONE));
    for (int i = 0; i < 5; i++) {
      matcher.published(request);
    }
    isRefused = true;
    var last = publish(request("1", "2", 1, 1, Tag.NONE));
    matcher.published(last);

    assertThat(List.of(next().key(), next().key(), next().key()))
        .containsExactly(key(request, 1), key(request, 2), key(request, 3));
    assertThat(next().key()).isEqualTo(key(last, 1));
  }

  private static String key(OrderHash request, int number) {
    return "match/%s/1/%d".formatted(request, number);
  }

  private Matched next() throws InterruptedException {
    var found = matched.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (found == null) {
      throw new AssertionError("nothing was matched");
    }
    return found;
  }

  private AppOrder app(String price) {
    var order = appOwner.sign(
        new AppOrder(
            APP,
            TokenAmount.parse(price),
            100,
            Tag.NONE,
            Address.ZERO,
            Address.ZERO,
            Address.ZERO,
            salt(),
            Signature.EMPTY),
        chain.domain());
    desk.publish(order);
    return order;
  }

  private OrderHash publish(RequestOrder order) {
    return desk.publish(order).hash();
  }

  private RequestOrder request(
      String appPrice, String poolPrice, long category, long trust, Tag tag) {
    return requester.sign(
        new RequestOrder(
            APP,
            TokenAmount.parse(appPrice),
            Address.ZERO,
            TokenAmount.ZERO,
            Address.ZERO,
            TokenAmount.parse(poolPrice),
            requester.address(),
            1,
            tag,
            category,
            trust,
            requester.address(),
            Address.ZERO,
            "",
            salt(),
            Signature.EMPTY),
        chain.domain());
  }

  private Salt salt() {
    return new Salt("0x%064x".formatted(++salts));
  }
}
