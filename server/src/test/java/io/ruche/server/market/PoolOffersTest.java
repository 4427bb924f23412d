package io.ruche.server.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.TokenAmount;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.server.settings.ServerSettings.Clients;
import io.ruche.server.settings.ServerSettings.Offer;
import io.ruche.store.Database;
import io.ruche.store.SqlOrderBook;
import io.ruche.testkit.Sample;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolOffersTest {
  @TempDir
  Path folder;

  private final FakeMarketChain chain = new FakeMarketChain();
  private final Wallet owner = Wallet.random();
  private final List<WorkerpoolOrder> signed = new ArrayList<>();
  private Database database;
  private OrderDesk desk;
  private PoolOffers offers;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("ruche.db"));
    desk = new OrderDesk(new SqlOrderBook(database), chain, InstantSource.system());
    chain.owners.put(Sample.POOL, owner.address());
    chain.free.put(owner.address(), TokenAmount.parse("1000"));
    var offer = new Offer(TokenAmount.parse("1"), List.of(0L), 5, 10, Clients.ANY);
    offers = new PoolOffers(desk, Sample.POOL, offer, this::sign);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsOnOfferIsNotPublishedTwice() {
    offers.publish();
    offers.publish();

    assertThat(signed).hasSize(1);
  }

  @Test
  void anOfferForSomeIsPublishedBesideOneForAll() {
    offers.publish();
    var clients = new Clients(Address.ZERO, Address.ZERO, Sample.REQUESTER);
    var offer = new Offer(TokenAmount.parse("1"), List.of(0L), 5, 10, clients);
    var forSome = new PoolOffers(desk, Sample.POOL, offer, this::sign);

    forSome.publish();
    forSome.publish();

    assertThat(signed).hasSize(2);
    assertThat(signed.getLast().requesterRestrict()).isEqualTo(Sample.REQUESTER);
  }

  @Test
  void anOrderThatIsUsedUpIsReplaced() {
    offers.publish();
    chain.consumed.put(signed.getFirst().hash(chain.domain()), 10L);
    desk.refreshAfter(null, 100);

    offers.publish();

    assertThat(signed).hasSize(2);
  }

  @Test
  void withoutStakeNothingIsPublishedUntilThereIsSome() {
    chain.free.put(owner.address(), TokenAmount.ZERO);
    offers.publish();
    assertThat(openOrders()).isZero();

    chain.free.put(owner.address(), TokenAmount.parse("1000"));
    offers.publish();

    assertThat(openOrders()).isEqualTo(1);
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
