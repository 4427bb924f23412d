package io.ruche.server;

import io.ruche.chain.hub.Hub;
import io.ruche.chain.log.FollowerSettings;
import io.ruche.chain.log.LogFollower;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.BlockRef;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.tx.SenderParts;
import io.ruche.chain.tx.SenderSettings;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.chain.tx.TxOutcome;
import io.ruche.chain.wallet.Signatures;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.OrderHash;
import io.ruche.core.Signature;
import io.ruche.link.LinkLimits;
import io.ruche.server.chain.ChainIntake;
import io.ruche.server.chain.HubMarketChain;
import io.ruche.server.chain.HubPoolChain;
import io.ruche.server.chain.SqlOutboxStore;
import io.ruche.server.chain.WalletSigner;
import io.ruche.server.data.ContentRoutes;
import io.ruche.server.data.PublishRoutes;
import io.ruche.server.data.ResultDesk;
import io.ruche.server.data.ResultRoutes;
import io.ruche.server.data.UploadDesk;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.jobs.Repeating;
import io.ruche.server.market.OnOffer;
import io.ruche.server.market.OrderDesk;
import io.ruche.server.market.OrderRoutes;
import io.ruche.server.metrics.ServerMetrics;
import io.ruche.server.pool.LinkRoutes;
import io.ruche.server.pool.LinkSettings;
import io.ruche.server.pool.Pool;
import io.ruche.server.settings.ServerSettings;
import io.ruche.server.settings.ServerSettings.PoolSettings;
import io.ruche.server.standby.Renewal;
import io.ruche.server.standby.SharedHome;
import io.ruche.server.standby.Standby;
import io.ruche.server.status.AppRoutes;
import io.ruche.server.status.BanRoutes;
import io.ruche.server.status.CancelRoutes;
import io.ruche.server.status.DrainRoutes;
import io.ruche.server.status.ExplainRoutes;
import io.ruche.server.status.LogRoutes;
import io.ruche.server.status.MeasureRoutes;
import io.ruche.server.status.OperatorCheck;
import io.ruche.server.status.PoolRoutes;
import io.ruche.server.status.RequesterCheck;
import io.ruche.server.status.StatusRoutes;
import io.ruche.server.status.TaskRoutes;
import io.ruche.store.Database;
import io.ruche.store.SqlChainCursor;
import io.ruche.store.SqlJournal;
import io.ruche.store.SqlOrderBook;
import io.ruche.store.SqlOutbox;
import io.ruche.store.SqlPublishedFiles;
import io.ruche.store.SqlResultIndex;
import io.ruche.transfer.ContentStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts of a server, started in order and closed in the opposite one. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("ruche.server");
  private static final int CURSOR_BLOCKS = 256;
  private static final Duration DEVELOPMENT_POLL = Duration.ofMillis(50);
  private static final Duration POLL = Duration.ofSeconds(1);

  /** Machines that come and go in a crowd share one look at what is on offer. */
  private static final Duration ADJUST_AT_MOST_EVERY = Duration.ofSeconds(1);

  private final ServerSettings settings;
  private final InstantSource clock = InstantSource.system();
  private final ServerMetrics metrics = new ServerMetrics();
  private final Deque<AutoCloseable> open;
  private final Database database;
  private final Rpc rpc;
  private final Hub hub;
  private final BlockFeed feed;
  private final ContentStore content;
  private final SqlResultIndex results;
  private final OrderDesk orders;
  private final Repeating housekeeping =
      new Repeating("housekeeping", Housekeeping.EVERY, ADJUST_AT_MOST_EVERY);
  private final @Nullable Pool pool;
  private final HttpOrigin origin;
  private final @Nullable Sales sales;
  private final ChainIntake intake;
  private @Nullable HubPoolChain poolChain;

  private Server(
      ServerSettings settings,
      Database database,
      Consumer<Throwable> onFatal,
      Deque<AutoCloseable> open) {
    this.settings = settings;
    this.database = database;
    this.open = open;
    var chain = settings.chain();
    var owner = settings.pool() == null ? null : PoolChecks.wallet(settings.pool());
    PoolChecks.requireSameChain(database, chain);
    rpc = opened(Rpc.open(chain.rpc()));
    hub = Hub.open(rpc, chain.hub(), chain.id());
    feed = opened(BlockFeed.start(rpc, chain.isDevelopment() ? DEVELOPMENT_POLL : POLL));
    content =
        ContentStore.open(settings.home().resolve("content"), settings.data().maxBlobBytes());
    results = new SqlResultIndex(database);
    orders = new OrderDesk(new SqlOrderBook(database), new HubMarketChain(hub), clock);
    pool = settings.pool() == null || owner == null
        ? null
        : opened(startPool(settings.pool(), owner, onFatal));
    sales = sales(owner);
    if (sales != null) {
      open.push(sales);
    }
    intake = opened(intake(sales == null ? hash -> {} : sales::published));
    origin = opened(HttpOrigin.start(settings.http(), LinkLimits.MAX_FRAME_BYTES, routes()));
    if (pool != null) {
      // Workers are told before the origin closes under them.
      open.push(pool.link()::close);
      open.push(pool.live()::close);
    }
    intake.start();
    var shop = sales == null ? null : sales.shop();
    if (shop != null) {
      shop.open();
    }
    var jobs = new Housekeeping(orders, new SqlOutbox(database, clock), shop, clock);
    opened(housekeeping.start(jobs));
  }

  /**
   * Starts everything; when this returns the server answers. With a database that others share it
   * stands by until it is the master.
   *
   * @param onFatal told when the server cannot go on; the process should end
   * @param stop ends the wait of a standby
   * @return empty when that wait was ended
   */
  public static Optional<Server> start(
      ServerSettings settings, Consumer<Throwable> onFatal, CountDownLatch stop) {
    var open = new ArrayDeque<AutoCloseable>();
    try {
      var database = database(settings);
      open.push(database);
      database.onFatal(onFatal::accept);
      if (!database.isShared()) {
        return Optional.of(new Server(settings, database, onFatal, open));
      }
      var master = master(settings, database, stop);
      master.ifPresent(mine -> open.push(Renewal.start(database)));
      if (master.isEmpty()) {
        closeAll(open);
      }
      return master.map(mine -> new Server(mine, database, onFatal, open));
    } catch (RuntimeException e) {
      closeAll(open);
      throw e;
    }
  }

  /** Waits to be the master; its settings then say where it listens. */
  private static Optional<ServerSettings> master(
      ServerSettings settings, Database database, CountDownLatch stop) {
    var home = new SharedHome(database, settings.home());
    PoolChecks.refuseOtherChain(database, settings.chain());
    PoolChecks.refuseOtherPool(database, workerpool(settings));
    home.check();
    var holder = "process %d on %s".formatted(ProcessHandle.current().pid(), PoolChecks.host());
    var http = new Standby(database, settings.http(), holder).untilMaster(stop);
    http.ifPresent(mine -> {
      PoolChecks.requireSamePool(database, workerpool(settings));
      home.claim();
    });
    return http.map(settings::withHttp);
  }

  public String url() {
    return origin.url();
  }

  public int port() {
    return origin.port();
  }

  @Override
  public void close() {
    closeAll(open);
  }

  private static void closeAll(Deque<AutoCloseable> open) {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.warn("a part did not close", e);
      }
    }
  }

  private static Database database(ServerSettings settings) {
    var server = settings.database();
    return server == null
        ? Database.open(settings.home().resolve("ruche.db"))
        : Database.open(server);
  }

  private Pool startPool(PoolSettings poolSettings, Wallet owner, Consumer<Throwable> onFatal) {
    PoolChecks.requireOwner(hub, poolSettings.workerpool(), owner.address());
    var chain = new HubPoolChain(hub, listener -> sender(owner, listener));
    open.push(chain);
    poolChain = chain;
    var link = LinkSettings.of(hub.chainId(), hub.address(), poolSettings.workerpool())
        .withHeartbeat(poolSettings.timing().heartbeat())
        .withMaxSessions(poolSettings.maxSessions());
    return Pool.start(new Pool.Parts(
        link,
        poolSettings.policy(settings.chain().isDevelopment()),
        new SqlJournal(database, poolSettings.workerpool().hex()),
        chain,
        new WalletSigner(owner),
        Server::signerOf,
        new ResultDesk.Parts(content, results, new UploadDesk(), settings.data(), clock),
        metrics.meter(),
        onFatal,
        housekeeping::soon,
        clock));
  }

  private TransactionSender sender(Wallet owner, Consumer<TxOutcome> listener) {
    var sending = settings.chain().isDevelopment()
        ? SenderSettings.development()
        : SenderSettings.production();
    var outbox = new SqlOutboxStore(new SqlOutbox(database, clock));
    return TransactionSender.start(SenderParts.of(rpc, feed, owner, hub.chainId(), sending)
        .withOutbox(outbox)
        .withListener(listener));
  }

  private ChainIntake intake(Consumer<OrderHash> requests) {
    var chain = settings.chain();
    var cursor = new SqlChainCursor(database, "hub", CURSOR_BLOCKS);
    var applied = cursor.positions().stream()
        .map(position -> new BlockRef(position.block(), position.hash()))
        .toList();
    var source = new LogFollower.Source(rpc, feed, hub.address(), hub.chainId());
    var following =
        chain.isDevelopment() ? FollowerSettings.development() : FollowerSettings.production();
    var follower = LogFollower.after(source, chain.fromBlock(), applied, following);
    return new ChainIntake(new ChainIntake.Parts(
        follower::next, cursor, workerpool(), pool, orders, housekeeping::soon, requests));
  }

  private List<HttpOrigin.Routes> routes() {
    var routes = new ArrayList<HttpOrigin.Routes>();
    routes.add(new ContentRoutes(content, results::archive));
    routes.add(new PublishRoutes(new PublishRoutes.Parts(
        content,
        new SqlPublishedFiles(database),
        settings.data(),
        hub.chainId(),
        Server::signerOf,
        clock)));
    routes.add(new OrderRoutes(orders, hub.chainId()));
    routes.add(new StatusRoutes(new StatusRoutes.Parts(
        hub.chainId(),
        hub.address(),
        settings.chain().advisedRpc(),
        intake::head,
        pool,
        workerpool(),
        clock)));
    metrics.watch(intake::head, rpc::failedExchanges, content::bytes, settings.home(), clock);
    routes.add(metrics.routes(settings.metrics()));
    if (pool != null) {
      metrics.watch(pool, () -> poolChain == null ? 0 : poolChain.pendingTransactions());
      routes.add(new ResultRoutes(pool.results()));
      routes.add(new TaskRoutes(pool, results));
      routes.add(new ExplainRoutes(pool, clock));
      routes.add(new PoolRoutes(pool, this::onOffer, clock));
      routes.add(new AppRoutes(results));
      routes.add(new MeasureRoutes());
      var requesters = new RequesterCheck(pool, Server::signerOf, clock);
      var operator = new OperatorCheck(pool, Server::signerOf, clock);
      routes.add(new BanRoutes(pool, operator));
      routes.add(new DrainRoutes(pool, operator));
      routes.add(new LogRoutes(pool, requesters));
      routes.add(new CancelRoutes(pool, requesters));
      routes.add(new LinkRoutes(pool.link(), pool.linkSettings()));
    }
    return routes;
  }

  private @Nullable Sales sales(@Nullable Wallet owner) {
    var chain = poolChain;
    if (settings.pool() == null || owner == null || pool == null || chain == null) {
      return null;
    }
    var blocks = new Shop.Blocks(() -> rpc.latestBlock().ref().number(), this::toldTo);
    return new Sales(new Sales.Parts(
        pool,
        settings.pool().offer(),
        owner,
        hub,
        chain,
        orders,
        blocks,
        housekeeping::soon,
        clock));
  }

  private long toldTo() {
    return intake.toldTo();
  }

  private OnOffer onOffer() {
    return sales == null ? OnOffer.NOTHING : sales.onOffer();
  }

  private Address workerpool() {
    return workerpool(settings);
  }

  private static Address workerpool(ServerSettings settings) {
    var poolSettings = settings.pool();
    return poolSettings == null ? Address.ZERO : poolSettings.workerpool();
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  private static @Nullable Address signerOf(String text, Signature signature) {
    return Signatures.recoverText(text, signature).orElse(null);
  }
}
