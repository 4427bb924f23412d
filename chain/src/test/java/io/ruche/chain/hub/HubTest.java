package io.ruche.chain.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.chain.Call;
import io.ruche.chain.dev.AnvilFixture;
import io.ruche.chain.dev.DevChainSettings;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.chain.tx.TxOutcome;
import io.ruche.chain.wallet.DevelopmentKeys;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.AppOrder;
import io.ruche.core.ContributionHashes;
import io.ruche.core.Dataset;
import io.ruche.core.DatasetOrder;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Hex;
import io.ruche.core.RequestOrder;
import io.ruche.core.Salt;
import io.ruche.core.Settlement;
import io.ruche.core.Sha256;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.core.WorkerpoolOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub through our binding, on the real contracts. */
class HubTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Sha256 CHECKSUM = new Sha256("0x" + "ab".repeat(32));
  private static final TokenAmount POOL_PRICE = TokenAmount.ofNano(100);

  private final Wallet owner = DevelopmentKeys.wallet(0);
  private final Wallet workerWallet = DevelopmentKeys.wallet(1);

  @TempDir
  Path folder;

  private AnvilFixture anvil;
  private TransactionSender sender;
  private TransactionSender worker;
  private Hub hub;
  private int actions;

  @BeforeEach
  void start() {
    anvil = AnvilFixture.start(folder);
    sender = TransactionSender.start(anvil.parts(owner));
    worker = TransactionSender.start(anvil.parts(workerWallet));
    hub = anvil.deploy(sender);
  }

  @AfterEach
  void stop() {
    sender.close();
    worker.close();
    anvil.close();
  }

  @Test
  void resourcesAreCreatedWhereTheyWerePredicted() {
    var app = new Registries.NewApp(owner.address(), "é", "WASM", "http://a/b.wasm", CHECKSUM);
    var dataset = new Registries.NewDataset(owner.address(), "prices", "/ipfs/bafkreia", CHECKSUM);
    var pool = new Registries.NewWorkerpool(owner.address(), "five workers");
    var registries = hub.registries();
    var appAddress = registries.predict(app);
    assertThat(hub.app(appAddress)).isEmpty();

    send(sender, registries.create(app));
    send(sender, registries.create(dataset));
    send(sender, registries.create(pool));

    assertThat(hub.app(appAddress))
        .contains(new App(appAddress, owner.address(), "é", "WASM", "http://a/b.wasm", CHECKSUM));
    var datasetAddress = registries.predict(dataset);
    assertThat(hub.dataset(datasetAddress))
        .contains(
            new Dataset(datasetAddress, owner.address(), "prices", "/ipfs/bafkreia", CHECKSUM));
    assertThat(registries.newestApps(10)).containsExactly(appAddress);

    var poolAddress = registries.predict(pool);
    send(sender, registries.changePolicy(poolAddress, 35, 5));
    var found = hub.workerpool(poolAddress).orElseThrow();
    assertThat(found.workerStakeRatio()).isEqualTo(35);
    assertThat(found.schedulerRewardRatio()).isEqualTo(5);
    assertThat(hub.workerpool(appAddress)).isEmpty();
  }

  @Test
  void dealRunsFromTheMatchToThePayment() {
    fund();
    var orders = orders(2);
    var outcome = send(sender, hub.calls().matchOrders(orders));
    var dealId = DealId.of(orders.request().hash(hub.domain()), 0);
    var deal = hub.deal(dealId).orElseThrow();
    assertThat(events(outcome))
        .anySatisfy(event -> assertThat(event)
            .isInstanceOfSatisfying(
                HubEvent.SchedulerNotice.class,
                notice -> assertThat(notice.deal()).isEqualTo(dealId)));
    assertThat(deal.botSize()).isEqualTo(2);
    assertThat(deal.params()).isEqualTo("--demo");
    assertThat(deal.workerpool().price()).isEqualTo(POOL_PRICE);
    assertThat(deal.workerStake()).isEqualTo(TokenAmount.ofNano(30));
    assertThat(hub.consumed(orders.request().hash(hub.domain()))).isEqualTo(2);

    send(sender, hub.calls().initializeArray(dealId, List.of(0L, 1L)));
    var task = deal.taskId(0);
    var tasks = hub.tasks(List.of(task, deal.taskId(1), deal.taskId(2)));
    assertThat(tasks)
        .extracting(each -> each.status())
        .containsExactly(TaskStatus.ACTIVE, TaskStatus.ACTIVE, TaskStatus.UNSET);
    assertThat(tasks.getFirst().finalDeadline())
        .isEqualTo(deal.startTime().plus(hub.category(0).orElseThrow().finalTime()));

    var digest = new Digest("0x" + "cd".repeat(32));
    var leave = owner.authorize(workerWallet.address(), task, Address.ZERO);
    send(worker, hub.calls().contribute(leave, digest));
    var hashes = ContributionHashes.of(workerWallet.address(), task, digest);
    assertThat(hub.contribution(task, workerWallet.address()).resultHash())
        .isEqualTo(hashes.resultHash());
    assertThat(hub.task(task).consensusValue()).isEqualTo(hashes.resultHash());
    send(worker, hub.calls().reveal(task, digest));
    byte[] results = "{\"storage\":\"ipfs\"}".getBytes(StandardCharsets.UTF_8);
    var settlement = new Settlement("{\"storage\":\"ipfs\"}", "");
    send(sender, hub.calls().finalizeTask(task, settlement));

    var done = hub.task(task);
    assertThat(done.status()).isEqualTo(TaskStatus.COMPLETED);
    assertThat(done.results()).isEqualTo(Hex.encode(results));
    assertThat(done.contributors()).containsExactly(workerWallet.address());
    assertThat(hub.account(workerWallet.address()))
        .isEqualTo(new Account(TokenAmount.ofNano(1_099), TokenAmount.ZERO));
  }

  @Test
  void refusedMatchSaysWhy() {
    fund();
    var orders = orders(1);
    var tampered = new MatchedOrders(
        orders.app(),
        orders.dataset(),
        orders.workerpool(),
        orders.request().withSignature(Signature.of(new byte[65])));

    assertThatThrownBy(() -> sender.send("bad", hub.calls().matchOrders(tampered)))
        .hasMessageContaining("iExecV5-matchOrders-0x50");
  }

  @Test
  void closedOrderIsUsedUp() {
    var order = orders(5).app();
    send(sender, hub.calls().closeOrder(order));

    assertThat(hub.consumed(List.of(order.hash(hub.domain())))).containsExactly(5L);
  }

  @Test
  void unknownThingsAreAbsent() {
    assertThat(hub.deal(new DealId("0x" + "12".repeat(32)))).isEmpty();
    assertThat(hub.category(99)).isEmpty();
    assertThat(hub.app(owner.address())).isEmpty();
    assertThat(hub.account(Address.ZERO).free()).isEqualTo(TokenAmount.ZERO);
    assertThat(hub.score(owner.address())).isZero();
  }

  private void fund() {
    var tokens = hub.tokenCalls();
    send(sender, tokens.mint(owner.address(), TokenAmount.ofNano(10_000)));
    send(sender, tokens.deposit(hub.address(), TokenAmount.ofNano(5_000)));
    send(sender, hub.calls().transferDeposit(workerWallet.address(), TokenAmount.ofNano(1_000)));
    assertThat(hub.tokenBalance(owner.address())).isEqualTo(TokenAmount.ofNano(5_000));
  }

  private MatchedOrders orders(long volume) {
    var registries = hub.registries();
    var newApp = new Registries.NewApp(owner.address(), "a", "WASM", "http://a", CHECKSUM);
    var newPool = new Registries.NewWorkerpool(owner.address(), "p");
    send(sender, registries.create(newApp));
    send(sender, registries.create(newPool));
    var app = registries.predict(newApp);
    var pool = registries.predict(newPool);
    var none = Address.ZERO;
    var salt = new Salt("0x" + "01".repeat(32));
    var domain = hub.domain();
    return new MatchedOrders(
        owner.sign(
            new AppOrder(
                app,
                TokenAmount.ofNano(10),
                volume,
                Tag.NONE,
                none,
                none,
                none,
                salt,
                Signature.EMPTY),
            domain),
        DatasetOrder.NONE,
        owner.sign(
            new WorkerpoolOrder(
                pool, POOL_PRICE, volume, Tag.NONE, 0, 5, none, none, none, salt, Signature.EMPTY),
            domain),
        owner.sign(
            new RequestOrder(
                app,
                TokenAmount.ofNano(10),
                none,
                TokenAmount.ZERO,
                pool,
                POOL_PRICE,
                owner.address(),
                volume,
                Tag.NONE,
                0,
                1,
                owner.address(),
                none,
                "--demo",
                salt,
                Signature.EMPTY),
            domain));
  }

  private List<HubEvent> events(TxOutcome outcome) {
    var receipt = anvil.rpc.receipts(List.of(outcome.hash())).getFirst().orElseThrow();
    return HubEvents.of(receipt, hub.address());
  }

  private TxOutcome send(TransactionSender from, Call call) {
    return from.sendAndWait(
        "action:" + DevChainSettings.CHAIN_ID + ":" + ++actions, call, PATIENCE);
  }
}
