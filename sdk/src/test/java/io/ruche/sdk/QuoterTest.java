package io.ruche.sdk;

import static io.ruche.sdk.FakeWorld.ruc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.DealParams;
import io.ruche.core.Needs;
import io.ruche.core.RucheException;
import io.ruche.core.Sha256;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.core.WorkerpoolOrder;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class QuoterTest {
  private static final Sha256 CHECKSUM = new Sha256("0x" + "5a".repeat(32));

  private final FakeWorld world = FakeWorld.withOffers();

  @Test
  void priceIsThatOfTheThreeOffersTimesTheTasks() {
    var quote = world.quoter().quote(world.demand(12, 3));

    assertThat(quote.highestPricePerTask()).isEqualTo(ruc("6"));
    assertThat(quote.total()).isEqualTo(ruc("72"));
    assertThat(quote.copies()).isEqualTo(2);
    assertThat(quote.errorWhenTenthLies()).isBetween(0.0121, 0.0122);
  }

  @Test
  void cheapestPoolThatServesTheTrustIsTaken() {
    world.pools.add(0, world.poolOrder("0.5", 100, 2));
    world.pools.add(world.poolOrder("2", 100, 3));

    var quote = world.quoter().quote(world.demand(1, 3));

    assertThat(quote.lots().getFirst().workerpool().price()).isEqualTo(ruc("2"));
  }

  @Test
  void tasksAreSpreadOverOffersWhenOneIsTooSmall() {
    world.pools.add(0, world.poolOrder("1", 4, 5));

    var quote = world.quoter().quote(world.demand(10, 3));

    assertThat(quote.lots()).extracting(Lot::tasks).containsExactly(4L, 6L);
    assertThat(quote.lots()).extracting(Lot::firstTask).containsExactly(0L, 4L);
    assertThat(quote.total()).isEqualTo(ruc("52"));
  }

  @Test
  void usedUpOfferIsLeftOut() {
    var used = world.poolOrder("1", 4, 5);
    world.pools.add(used);
    world.consume(used.hash(world.domain()), 4);

    var quote = world.quoter().quote(world.demand(1, 3));

    assertThat(quote.total()).isEqualTo(ruc("6"));
  }

  @Test
  void forgedSignatureIsRefusedWithItsReason() {
    world.apps.clear();
    world.apps.add(
        world.appOrder("1", 5).withSignature(FakeWorld.signatureOf(FakeWorld.REQUESTER)));

    assertFails("NO_OFFER", () -> world.quoter().quote(world.demand(1, 3)))
        .hasMessageContaining("is not signed by");
  }

  @Test
  void restrictionToSomebodyElseIsRefusedAndGroupMembersGetIn() {
    var order = world.appOrder("1", 5);
    world.apps.clear();
    world.apps.add(restricted(order, FakeWorld.GROUP));

    assertFails("RESTRICTED", () -> world.quoter().quote(world.demand(1, 3)))
        .hasMessageContaining("app " + FakeWorld.APP.checksummed())
        .hasMessageContaining("restricted to requesters of " + FakeWorld.GROUP.checksummed());

    world.members.add(FakeWorld.REQUESTER);
    assertThat(world.quoter().quote(world.demand(1, 3)).total()).isEqualTo(ruc("6"));
  }

  @Test
  void restrictionIsNotBlamedWhenAnotherOfferFailsOtherwise() {
    world.apps.clear();
    world.apps.add(restricted(world.appOrder("1", 5), FakeWorld.GROUP));
    world.apps.add(world.appOrder("1", 0));

    assertFails("NO_OFFER", () -> world.quoter().quote(world.demand(1, 3)))
        .hasMessageContaining("restricted to requester")
        .hasMessageContaining("is used up");
  }

  @Test
  void poolWithoutEnoughStakeIsLeftOut() {
    world.accounts.put(FakeWorld.POOL_OWNER, new Account(ruc("1.7"), TokenAmount.ZERO));

    assertThat(world.quoter().quote(world.demand(1, 3)).total()).isEqualTo(ruc("6"));
    assertFails("NO_OFFER", () -> world.quoter().quote(world.demand(2, 3)))
        .hasMessageContaining("needs a stake of 1.8 RUC for 2 tasks");
  }

  @Test
  void wantedTagBitsMustBeOffered() {
    var gpu = new Demand(
        FakeWorld.REQUESTER,
        FakeWorld.APP,
        Address.ZERO,
        Address.ZERO,
        1,
        0,
        1,
        Tag.ofBits(Tag.GPU),
        DealParams.ofArgs(""),
        null);

    assertFails("NO_OFFER", () -> world.quoter().quote(gpu)).hasMessageContaining("lacks a bit");

    world.pools.add(tagged(world.poolOrder("9", 3, 5), Tag.ofBits(Tag.GPU)));
    assertThat(world.quoter().quote(gpu).total()).isEqualTo(ruc("10"));
  }

  @Test
  void budgetIsKept() {
    var demand = world.demand(12, 3);
    var limited = new Demand(
        demand.requester(),
        demand.app(),
        demand.dataset(),
        demand.workerpool(),
        12,
        0,
        3,
        Tag.NONE,
        demand.params(),
        ruc("71.999999999"));

    assertFails("OVER_BUDGET", () -> world.quoter().quote(limited))
        .hasMessageContaining("72")
        .hasMessageContaining("71.999999999");
  }

  @Test
  void paramsThatNoWorkerCouldReadAreRefusedBeforeTheyCostAnything() {
    var input = new DealParams.Input("https://a.example/b", CHECKSUM, "two words.csv");
    assertFails("PARAMS_INVALID", () -> world.quoter().quote(withInputs(List.of(input))))
        .hasMessageContaining("two words.csv");

    var twin = new DealParams.Input("https://a.example/b", CHECKSUM, "twin");
    assertFails("PARAMS_INVALID", () -> world.quoter().quote(withInputs(List.of(twin, twin))));
  }

  private static Demand withInputs(List<DealParams.Input> inputs) {
    return new Demand(
        FakeWorld.REQUESTER,
        FakeWorld.APP,
        FakeWorld.DATA,
        Address.ZERO,
        1,
        0,
        1,
        Tag.NONE,
        new DealParams("", List.of(), inputs, Needs.NONE, 0, false),
        null);
  }

  @Test
  void unknownThingsAreNamed() {
    var stranger = FakeWorld.address("77");
    assertFails("APP_UNKNOWN", () -> world.quoter().quote(of(stranger, FakeWorld.DATA, 0, "")));
    assertFails("DATASET_UNKNOWN", () -> world.quoter().quote(of(FakeWorld.APP, stranger, 0, "")));
    assertFails(
        "CATEGORY_UNKNOWN", () -> world.quoter().quote(of(FakeWorld.APP, FakeWorld.DATA, 9, "")));
    assertFails(
        "PARAMS_TOO_LONG",
        () -> world.quoter().quote(of(FakeWorld.APP, FakeWorld.DATA, 0, "x".repeat(20_000))));
  }

  private static Demand of(Address app, Address dataset, long category, String args) {
    return new Demand(
        FakeWorld.REQUESTER,
        app,
        dataset,
        Address.ZERO,
        1,
        category,
        1,
        Tag.NONE,
        DealParams.ofArgs(args),
        null);
  }

  private AppOrder restricted(AppOrder order, Address requester) {
    return world.signed(new AppOrder(
        order.app(),
        order.price(),
        order.volume(),
        order.tag(),
        Address.ZERO,
        Address.ZERO,
        requester,
        order.salt(),
        order.sign()));
  }

  private static WorkerpoolOrder tagged(WorkerpoolOrder order, Tag tag) {
    return new WorkerpoolOrder(
        order.workerpool(),
        order.price(),
        order.volume(),
        tag,
        order.categoryId(),
        order.trust(),
        Address.ZERO,
        Address.ZERO,
        Address.ZERO,
        order.salt(),
        order.sign());
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertFails(
      String code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RucheException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
