package io.ruche.sdk;

import static io.ruche.sdk.FakeWorld.ruc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurchaseTest {
  @TempDir
  Path folder;

  private final FakeWorld world = FakeWorld.withOffers();
  private RunBook book;
  private Purchase purchase;

  @BeforeEach
  void openBook() {
    book = new RunBook(folder.resolve("runs"));
    purchase = purchase(world);
  }

  private Purchase purchase(FakeWorld of) {
    var clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    return new Purchase(new Purchase.Ports(of, of, of), of, book, clock);
  }

  @Test
  void runIsOnDiskBeforeAnythingIsSent() {
    var run = purchase.begin(world.quoter().quote(world.demand(3, 3)));

    assertThat(world.matched).isEmpty();
    assertThat(book.all()).containsExactly(run);
  }

  @Test
  void completedRunHasTheDealsThatWereForetold() {
    world.pools.add(0, world.poolOrder("1", 4, 5));
    var run = purchase.begin(world.quoter().quote(world.demand(10, 3)));

    var deals = purchase.complete(run);

    assertThat(deals).isEqualTo(run.deals()).hasSize(2);
    assertThat(world.matched.keySet()).containsExactlyInAnyOrderElementsOf(deals);
    assertThat(world.deal(deals.get(1)).orElseThrow().botFirst()).isEqualTo(4);
  }

  @Test
  void killedRunIsCompletedWithoutBuyingTwice() {
    world.pools.add(0, world.poolOrder("1", 4, 5));
    var run = purchase.begin(world.quoter().quote(world.demand(10, 3)));
    world.match(run.lots().getFirst(), run.request());

    var found = book.all().getFirst();
    purchase.complete(found);
    purchase.complete(found);

    assertThat(world.matched).hasSize(2);
    assertThat(world.consumed(run.request().hash())).isEqualTo(10);
  }

  @Test
  void missingDepositIsToldBeforeSigning() {
    world.accounts.put(FakeWorld.REQUESTER, new Account(ruc("5"), TokenAmount.ZERO));

    assertThatThrownBy(() -> purchase.begin(world.quoter().quote(world.demand(1, 3))))
        .isInstanceOfSatisfying(RucheException.class, failure -> {
          assertThat(failure.code()).isEqualTo("DEPOSIT_TOO_LOW");
          assertThat(failure.hint()).contains("ruche account deposit 1");
        });
    assertThat(book.all()).isEmpty();
  }

  @Test
  void sponsorPaysAndTheRequesterNeedsNoDeposit() {
    world.accounts.put(FakeWorld.REQUESTER, new Account(TokenAmount.ZERO, TokenAmount.ZERO));
    world.accounts.put(FakeWorld.SPONSOR, new Account(ruc("100"), TokenAmount.ZERO));
    world.sender = FakeWorld.SPONSOR;

    var run = purchase.begin(world.quoter().quote(world.demand(2, 3).paidBy(FakeWorld.SPONSOR)));
    var deals = purchase.complete(run);

    assertThat(world.deal(deals.getFirst()).orElseThrow().sponsor()).isEqualTo(FakeWorld.SPONSOR);
    assertThat(run.request().order().requester()).isEqualTo(FakeWorld.REQUESTER);
    assertThat(book.all()).containsExactly(run);
  }

  @Test
  void sponsorsDepositIsWhatCounts() {
    assertThatThrownBy(() ->
            purchase.begin(world.quoter().quote(world.demand(2, 3).paidBy(FakeWorld.SPONSOR))))
        .isInstanceOfSatisfying(
            RucheException.class,
            failure -> assertThat(failure.code()).isEqualTo("DEPOSIT_TOO_LOW"))
        .hasMessageContaining("sponsor " + FakeWorld.SPONSOR.checksummed());
  }

  @Test
  void killedSponsoredRunIsNeverPaidBySomebodyElse() {
    world.accounts.put(FakeWorld.SPONSOR, new Account(ruc("100"), TokenAmount.ZERO));
    purchase.begin(world.quoter().quote(world.demand(2, 3).paidBy(FakeWorld.SPONSOR)));

    assertThatThrownBy(() -> purchase.complete(book.all().getFirst()))
        .isInstanceOfSatisfying(
            RucheException.class,
            failure -> assertThat(failure.code()).isEqualTo("SPONSOR_MISSING"));
    assertThat(world.matched).isEmpty();
  }

  @Test
  void offerTakenMeanwhileIsReportedAndNothingIsSent() {
    var run = purchase.begin(world.quoter().quote(world.demand(3, 3)));
    world.consume(run.lots().getFirst().app().hash(world.domain()), 98);

    assertThatThrownBy(() -> purchase.complete(run))
        .isInstanceOfSatisfying(
            RucheException.class,
            failure -> assertThat(failure.code()).isEqualTo("ORDER_CONSUMED"));
    assertThat(world.matched).isEmpty();
  }

  @Test
  void corruptRecordIsReportedWithItsFile() throws Exception {
    Files.createDirectories(folder.resolve("runs"));
    Files.writeString(folder.resolve("runs/0x12.json"), "{\"lots\":");

    assertThatThrownBy(book::all)
        .isInstanceOfSatisfying(
            RucheException.class, failure -> assertThat(failure.code()).isEqualTo("STATE_CORRUPT"))
        .hasMessageContaining("0x12.json");
  }
}
