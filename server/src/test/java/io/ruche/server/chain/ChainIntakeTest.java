package io.ruche.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.chain.hub.HubEvent;
import io.ruche.chain.log.ChainStep;
import io.ruche.chain.rpc.BlockRef;
import io.ruche.core.Address;
import io.ruche.core.BlockHash;
import io.ruche.core.DealId;
import io.ruche.core.OrderHash;
import io.ruche.core.Tag;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;
import io.ruche.core.Words;
import io.ruche.server.market.FakeMarketChain;
import io.ruche.server.market.OrderDesk;
import io.ruche.server.pool.FakeChain;
import io.ruche.server.pool.Pool;
import io.ruche.server.pool.PoolFixture;
import io.ruche.server.pool.TaskBoard;
import io.ruche.store.BookedOrder;
import io.ruche.store.Database;
import io.ruche.store.SqlChainCursor;
import io.ruche.store.SqlOrderBook;
import io.ruche.testkit.Sample;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainIntakeTest {
  @TempDir
  Path folder;

  private final FakeChain chain = new FakeChain();
  private final FakeMarketChain market = new FakeMarketChain();
  private final List<OrderHash> announced = new ArrayList<>();
  private PoolFixture fixture;
  private Database database;
  private SqlChainCursor cursor;
  private ChainIntake intake;

  @BeforeEach
  void start() {
    fixture = PoolFixture.start(folder, chain);
    chain.listener(null);
    database = Database.open(folder.resolve("intake.db"));
    cursor = new SqlChainCursor(database, "hub", 100);
    intake = intake(fixture.pool());
  }

  private ChainIntake intake(@Nullable Pool pool) {
    var orders = new OrderDesk(new SqlOrderBook(database), market, InstantSource.system());
    return new ChainIntake(new ChainIntake.Parts(
        timeout -> List.of(), cursor, Sample.POOL, pool, orders, () -> {}, announced::add));
  }

  @AfterEach
  void stop() {
    database.close();
    fixture.close();
  }

  @Test
  void noticedDealIsReadAndHandled() throws Exception {
    var deal = chain.buy(1, 1);

    intake.apply(block(5, new HubEvent.SchedulerNotice(position(5), Sample.POOL, deal)));
    settle();

    assertThat(board().deal(deal)).isPresent();
    assertThat(cursor.positions()).extracting(SqlChainCursor.Position::block).containsExactly(5L);
    assertThat(intake.head().block().number()).isEqualTo(5);
  }

  @Test
  void dealOfAnotherPoolIsLeftAlone() throws Exception {
    var deal = chain.buy(1, 1);

    intake.apply(block(5, new HubEvent.SchedulerNotice(position(5), Sample.address(0x99), deal)));
    settle();

    assertThat(board().deal(deal)).isEmpty();
  }

  @Test
  void dealThatAReorgTookAwayIsForgotten() throws Exception {
    var gone = new DealId("0x" + "de".repeat(32));
    var kept = chain.buy(1, 1);
    intake.apply(block(4, new HubEvent.SchedulerNotice(position(4), Sample.POOL, kept)));
    intake.apply(block(5, new HubEvent.SchedulerNotice(position(5), Sample.POOL, gone)));

    intake.apply(new ChainStep.RolledBack(4));
    settle();

    assertThat(board().deal(kept)).isPresent();
    assertThat(board().deal(gone)).isEmpty();
    assertThat(cursor.positions()).allMatch(position -> position.block() <= 4);
  }

  /** As after a restart: which blocks touched what is not known any more. */
  @Test
  void reorgDeeperThanRememberedHasEverythingReadAgain() throws Exception {
    var deal = chain.buy(1, 1);
    intake.apply(block(4, new HubEvent.SchedulerNotice(position(4), Sample.POOL, deal)));
    settle();
    var task = TaskId.of(deal, 0);
    intake.apply(block(5, new HubEvent.TaskInitialize(position(5), task, Sample.POOL)));
    intake.apply(block(6, new HubEvent.TaskFinalize(position(6), task, "0x")));
    settle();
    assertThat(board().task(task).orElseThrow().status()).isEqualTo(TaskStatus.COMPLETED);

    intake(fixture.pool()).apply(new ChainStep.RolledBack(-1));
    settle();

    assertThat(board().task(task))
        .hasValueSatisfying(
            view -> assertThat(view.status()).isEqualTo(chain.task(task).status()));
  }

  @Test
  void tasksTouchedByLostBlocksAreReadAgain() throws Exception {
    var deal = chain.buy(1, 1);
    intake.apply(block(4, new HubEvent.SchedulerNotice(position(4), Sample.POOL, deal)));
    var task = TaskId.of(deal, 0);
    settle();
    intake.apply(block(6, new HubEvent.TaskFinalize(position(6), task, "0x")));

    intake.apply(new ChainStep.RolledBack(5));
    settle();

    assertThat(board().task(task))
        .hasValueSatisfying(
            view -> assertThat(view.status()).isEqualTo(chain.task(task).status()));
  }

  @Test
  void ordersWhoseMatchWasTakenBackCanBeMatchedAgain() throws Exception {
    var order = publish();
    match(order);

    market.consumed.clear();
    intake.apply(new ChainStep.RolledBack(4));

    assertThat(statusOf(order)).isEqualTo(BookedOrder.Status.OPEN);
  }

  /** A board without a pool, just started: it has seen no match since. */
  @Test
  void ordersWhoseMatchIsNotRememberedCanBeMatchedAgain() throws Exception {
    var order = publish();
    match(order);

    market.consumed.clear();
    intake(null).apply(new ChainStep.RolledBack(4));

    assertThat(statusOf(order)).isEqualTo(BookedOrder.Status.OPEN);
  }

  private OrderHash publish() {
    var order = new BookedOrder(
        OrderHash.of(Words.uint256(77)),
        BookedOrder.Kind.APP,
        Sample.REQUESTER,
        new BookedOrder.Parties(Sample.address(1), Address.ZERO, Address.ZERO, Address.ZERO),
        TokenAmount.ZERO,
        3,
        3,
        Tag.NONE,
        0,
        0,
        BookedOrder.Status.OPEN,
        "{}",
        Instant.EPOCH);
    new SqlOrderBook(database).add(order);
    return order.hash();
  }

  /** All of it, in block 5. */
  private void match(OrderHash order) throws Exception {
    market.consumed.put(order, 3L);
    var none = OrderHash.of(new byte[32]);
    intake.apply(block(
        5,
        new HubEvent.OrdersMatched(
            position(5), DealId.of(new byte[32]), order, none, none, none, 3)));
    assertThat(statusOf(order)).isEqualTo(BookedOrder.Status.FILLED);
  }

  private BookedOrder.Status statusOf(OrderHash order) {
    return new SqlOrderBook(database).find(order).orElseThrow().status();
  }

  private TaskBoard board() {
    return fixture.pool().board();
  }

  private void settle() throws Exception {
    var done = new CompletableFuture<Boolean>();
    fixture.pool().afterSync(() -> done.complete(true));
    assertThat(done.get(20, TimeUnit.SECONDS)).isTrue();
  }

  private static ChainStep.BlockBatch block(long number, HubEvent... events) {
    return new ChainStep.BlockBatch(
        position(number).block(), Instant.ofEpochSecond(1_000 + number), List.of(events));
  }

  private static HubEvent.Position position(long number) {
    var hash = Words.uint256(number);
    return new HubEvent.Position(new BlockRef(number, BlockHash.of(hash)), TxHash.of(hash), 0);
  }
}
