package io.ruche.server;

import io.ruche.chain.Call;
import io.ruche.chain.dev.AnvilBinary;
import io.ruche.chain.dev.Artifacts;
import io.ruche.chain.dev.Deployment;
import io.ruche.chain.dev.DevChain;
import io.ruche.chain.dev.DevChainSettings;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.hub.MatchedOrders;
import io.ruche.chain.hub.Registries;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.BlockRef;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.tx.SenderParts;
import io.ruche.chain.tx.SenderSettings;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.chain.wallet.DevelopmentKeys;
import io.ruche.chain.wallet.Keystore;
import io.ruche.chain.wallet.Secret;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.DatasetOrder;
import io.ruche.core.DealId;
import io.ruche.core.RequestOrder;
import io.ruche.core.Salt;
import io.ruche.core.Sha256;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.core.Words;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.scheduler.Admission;
import io.ruche.scheduler.Certification;
import io.ruche.scheduler.selling.Pricing;
import io.ruche.server.data.DataSettings;
import io.ruche.server.http.HttpSettings;
import io.ruche.server.metrics.MetricsAccess;
import io.ruche.server.settings.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A real chain with hub, app, pool and deposits; accounts are those of the public mnemonic. */
final class OnChainFixture implements AutoCloseable {
  static final int FAUCET = 0;
  static final int POOL_OWNER = 1;
  static final int REQUESTER = 2;
  static final int APP_OWNER = 3;
  static final int FIRST_WORKER = 4;

  private static final Path CONTRACTS =
      Path.of("..", "contracts").toAbsolutePath().normalize();
  private static final int MAX_BLOCKS = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final TokenAmount DEPOSIT = TokenAmount.parse("1000");
  private static final TokenAmount PRICE = TokenAmount.parse("1");

  final DevChain chain;
  final Rpc rpc;
  final BlockFeed feed;
  final Hub hub;
  final Address app;
  final Address workerpool;
  private final Path folder;
  private final Map<Integer, TransactionSender> senders = new HashMap<>();
  private int salts;

  private OnChainFixture(Path folder, Path anvil) {
    this.folder = folder;
    this.chain = DevChain.start(DevChainSettings.of(anvil, folder.resolve("chain")));
    this.rpc = Rpc.open(chain.rpc().toString());
    this.feed = BlockFeed.start(rpc, Duration.ofMillis(30));
    var artifacts = new Artifacts(CONTRACTS.resolve("out"));
    var contracts = Deployment.development(
            rpc, sender(FAUCET), artifacts, folder.resolve("network.json"))
        .run(chain.rpc());
    this.hub = Hub.open(rpc, contracts.hub(), DevChainSettings.CHAIN_ID);
    for (int account = POOL_OWNER; account < FIRST_WORKER + 3; account++) {
      deposit(account);
    }
    var newApp = new Registries.NewApp(
        wallet(APP_OWNER).address(), "app", "WASM", "http://localhost/app", Sha256.ABSENT);
    this.app = hub.registries().predict(newApp);
    act(APP_OWNER, "app", hub.registries().create(newApp));
    var newPool = new Registries.NewWorkerpool(wallet(POOL_OWNER).address(), "pool");
    this.workerpool = hub.registries().predict(newPool);
    act(POOL_OWNER, "pool", hub.registries().create(newPool));
    stopSender(POOL_OWNER);
  }

  /**
   * The test is skipped, saying so, where the chain or contracts are not built and not required.
   */
  static OnChainFixture start(Path folder) {
    if (System.getenv("RUCHE_REQUIRE_ALL") != null) {
      return new OnChainFixture(folder, AnvilBinary.require(CONTRACTS));
    }
    var found = AnvilBinary.in(CONTRACTS);
    var areBuilt = new Artifacts(CONTRACTS.resolve("out")).areBuilt();
    if (found.isEmpty() || !areBuilt) {
      System.out.println("SKIPPED: pool on a real chain, as Anvil or the contracts are missing");
    }
    Assumptions.assumeTrue(found.isPresent() && areBuilt, "Anvil or the contracts are missing");
    return new OnChainFixture(folder, found.orElseThrow());
  }

  static Wallet wallet(int account) {
    return DevelopmentKeys.wallet(account);
  }

  TransactionSender sender(int account) {
    return senders.computeIfAbsent(
        account,
        key -> TransactionSender.start(SenderParts.of(
            rpc, feed, wallet(key), DevChainSettings.CHAIN_ID, SenderSettings.development())));
  }

  void act(int account, String key, Call call) {
    sender(account).sendAndWait(key, call, PATIENCE);
  }

  /** The server sends with this wallet from now on. */
  void stopSender(int account) {
    var sender = senders.remove(account);
    if (sender != null) {
      sender.close();
    }
  }

  private void deposit(int account) {
    var address = wallet(account).address();
    act(FAUCET, "mint " + account, hub.tokenCalls().mint(address, DEPOSIT));
    act(account, "deposit", hub.tokenCalls().deposit(hub.address(), DEPOSIT));
  }

  /** A running server of the pool in this home. */
  Server server(String home) throws IOException {
    return Server.start(settings(home), cause -> {}, new CountDownLatch(1)).orElseThrow();
  }

  /** Settings of a server that runs the pool in this home. */
  ServerSettings settings(String home) throws IOException {
    var keyFile = folder.resolve("owner.json");
    Files.writeString(
        keyFile, Keystore.encrypt(wallet(POOL_OWNER), Secret.of("secret"), Keystore.Cost.LIGHT));
    return new ServerSettings(
        folder.resolve(home),
        new ServerSettings.Chain(
            chain.rpc().toString(), DevChainSettings.CHAIN_ID, hub.address(), 0, ""),
        HttpSettings.defaults(),
        DataSettings.defaults().withPublishing(true),
        null,
        null,
        new ServerSettings.PoolSettings(
            workerpool,
            keyFile,
            "secret",
            new ServerSettings.Timing(
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2)),
            Certification.WITH_WORK,
            100,
            Admission.OPEN,
            new ServerSettings.Offer(
                new Pricing.Fixed(PRICE),
                List.of(0L),
                100,
                1_000_000,
                ServerSettings.Clients.ANY,
                new ServerSettings.Selling(true, 100, Duration.ofMinutes(1)))),
        new MetricsAccess.Open());
  }

  /** Buys this many tasks. */
  DealId buy(int tasks, long trust) {
    var request = new RequestOrder(
        app,
        TokenAmount.ZERO,
        Address.ZERO,
        TokenAmount.ZERO,
        workerpool,
        PRICE,
        wallet(REQUESTER).address(),
        tasks,
        Tag.NONE,
        0,
        trust,
        wallet(REQUESTER).address(),
        Address.ZERO,
        "{\"iexec_args\":\"1\"}",
        salt(),
        Signature.EMPTY);
    var signed = wallet(REQUESTER).sign(request, hub.domain());
    act(
        REQUESTER,
        "match " + salts,
        hub.calls()
            .matchOrders(new MatchedOrders(appOrder(), DatasetOrder.NONE, poolOrder(), signed)));
    return DealId.of(signed.hash(hub.domain()), 0);
  }

  /** Waits, block by block, until the task is so far. */
  void awaitStatus(TaskId task, TaskStatus status) throws InterruptedException {
    await(() -> hub.task(task).status() == status);
  }

  /** Asks anew in each block. */
  void await(BooleanSupplier isSo) throws InterruptedException {
    @Nullable BlockRef seen = null;
    for (int blocks = 0; blocks < MAX_BLOCKS; blocks++) {
      if (isSo.getAsBoolean()) {
        return;
      }
      var update = feed.next(seen, PATIENCE);
      seen = update.blocks().isEmpty() ? seen : update.blocks().getLast().ref();
    }
    throw new AssertionError("not so after %d blocks".formatted(MAX_BLOCKS));
  }

  AppOrder appOrder() {
    var order = new AppOrder(
        app,
        TokenAmount.ZERO,
        1_000_000,
        Tag.NONE,
        Address.ZERO,
        Address.ZERO,
        Address.ZERO,
        salt(),
        Signature.EMPTY);
    return wallet(APP_OWNER).sign(order, hub.domain());
  }

  WorkerpoolOrder poolOrder() {
    var order = new WorkerpoolOrder(
        workerpool,
        PRICE,
        1_000_000,
        Tag.NONE,
        0,
        100,
        Address.ZERO,
        Address.ZERO,
        Address.ZERO,
        salt(),
        Signature.EMPTY);
    return wallet(POOL_OWNER).sign(order, hub.domain());
  }

  private Salt salt() {
    return Salt.of(Words.uint256(++salts));
  }

  @Override
  public void close() {
    senders.values().forEach(TransactionSender::close);
    feed.close();
    rpc.close();
    chain.kill();
  }
}
