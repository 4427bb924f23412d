package io.ruche.server.pool;

import io.ruche.chain.wallet.Signatures;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.link.LinkLimits;
import io.ruche.scheduler.CertificationPolicy;
import io.ruche.scheduler.Fact;
import io.ruche.scheduler.Journal;
import io.ruche.scheduler.SchedulerPolicy;
import io.ruche.server.data.ContentRoutes;
import io.ruche.server.data.DataSettings;
import io.ruche.server.data.ResultDesk;
import io.ruche.server.data.ResultRoutes;
import io.ruche.server.data.UploadDesk;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpSettings;
import io.ruche.server.market.OnOffer;
import io.ruche.server.status.BanRoutes;
import io.ruche.server.status.CancelRoutes;
import io.ruche.server.status.DrainRoutes;
import io.ruche.server.status.ExplainRoutes;
import io.ruche.server.status.LogRoutes;
import io.ruche.server.status.OperatorCheck;
import io.ruche.server.status.PoolRoutes;
import io.ruche.server.status.RequesterCheck;
import io.ruche.server.status.TaskRoutes;
import io.ruche.store.Database;
import io.ruche.store.SqlJournal;
import io.ruche.store.SqlResultIndex;
import io.ruche.testkit.Sample;
import io.ruche.transfer.ContentStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A pool with its HTTP origin on a hub in memory; everything else is real. */
public final class PoolFixture implements AutoCloseable {
  public static final long CHAIN_ID = 65_535;
  private static final long PATIENCE_SECONDS = 20;
  static final Address HUB = Sample.address(0x40);
  public static final Wallet OWNER = Wallet.random();

  final FakeChain chain;
  final Pool pool;
  final HttpOrigin origin;
  final CompletableFuture<Throwable> fatal = new CompletableFuture<>();
  private final Semaphore stockChanged = new Semaphore(0);
  private final Database database;

  private PoolFixture(Path folder, FakeChain chain, Setup setup) {
    this.chain = chain;
    this.database = Database.open(folder.resolve("ruche.db"));
    var store =
        ContentStore.open(folder.resolve("content"), DataSettings.defaults().maxBlobBytes());
    var results = new SqlResultIndex(database);
    var journal = setup.journal();
    this.pool = Pool.start(new Pool.Parts(
        setup.link(),
        policy().withCertification(setup.certification()),
        journal == null ? new SqlJournal(database, "pool") : journal,
        chain,
        new FakeSigner(setup.owner()),
        PoolFixture::signerOf,
        new ResultDesk.Parts(
            store, results, new UploadDesk(), DataSettings.defaults(), InstantSource.system()),
        setup.meter(),
        fatal::complete,
        stockChanged::release,
        setup.clock()));
    chain.listener(pool::put);
    var requesters = new RequesterCheck(pool, PoolFixture::signerOf, setup.clock());
    var operator = new OperatorCheck(pool, PoolFixture::signerOf, setup.clock());
    this.origin = HttpOrigin.start(
        HttpSettings.defaults(),
        LinkLimits.MAX_FRAME_BYTES,
        List.of(
            new LinkRoutes(pool.link(), pool.linkSettings()),
            new ResultRoutes(pool.results()),
            new ContentRoutes(store, results::archive),
            new TaskRoutes(pool, results),
            new ExplainRoutes(pool, setup.clock()),
            new BanRoutes(pool, operator),
            new DrainRoutes(pool, operator),
            new PoolRoutes(pool, () -> OnOffer.NOTHING, setup.clock()),
            new LogRoutes(pool, requesters),
            new CancelRoutes(pool, requesters)));
  }

  /** What a test may want different. */
  record Setup(
      LinkSettings link,
      InstantSource clock,
      @Nullable Journal journal,
      PoolMeter meter,
      Address owner,
      CertificationPolicy certification) {
    static Setup standard() {
      return new Setup(
          LinkSettings.of(CHAIN_ID, HUB, Sample.POOL),
          InstantSource.system(),
          null,
          PoolMeter.NONE,
          Sample.POOL_OWNER,
          SchedulerPolicy.defaults().certification());
    }

    /** Of the pool, by whose wallet the owner's requests are signed. */
    Setup withOwner(Address value) {
      return new Setup(link, clock, journal, meter, value, certification);
    }

    Setup withMeter(PoolMeter value) {
      return new Setup(link, clock, journal, value, owner, certification);
    }

    Setup withLink(LinkSettings value) {
      return new Setup(value, clock, journal, meter, owner, certification);
    }

    Setup withClock(InstantSource value) {
      return new Setup(link, value, journal, meter, owner, certification);
    }

    Setup withCertification(CertificationPolicy value) {
      return new Setup(link, clock, journal, meter, owner, value);
    }

    Setup withJournal(Journal value) {
      return new Setup(link, clock, value, meter, owner, certification);
    }
  }

  public static PoolFixture start(Path folder, FakeChain chain) {
    return start(folder, chain, Setup.standard());
  }

  static PoolFixture start(Path folder, FakeChain chain, Setup setup) {
    return new PoolFixture(folder, chain, setup);
  }

  /** Looks again each time that the pool says that its stock may have changed. */
  public void awaitStock(BooleanSupplier isThere) throws InterruptedException {
    while (!isThere.getAsBoolean()) {
      if (!stockChanged.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the pool's stock did not become what it should");
      }
    }
  }

  public Pool pool() {
    return pool;
  }

  public String url() {
    return origin.url();
  }

  public Wallet worker() {
    return chain.deposited();
  }

  private static SchedulerPolicy policy() {
    return SchedulerPolicy.defaults()
        .withFailureWait(Duration.ofMillis(200))
        .withReconnectGrace(Duration.ofMillis(200))
        .withResendAfter(Duration.ofMillis(500))
        .withUploadPatience(Duration.ofMillis(500));
  }

  private static @Nullable Address signerOf(String text, Signature signature) {
    return Signatures.recoverText(text, signature).orElse(null);
  }

  /** What is on disk. */
  List<Fact> facts() {
    return new SqlJournal(database, "pool").replay();
  }

  @Override
  public void close() {
    chain.listener(null);
    pool.live().close();
    origin.close();
    pool.close();
    database.close();
  }

  /** Signs nothing; the hub in memory takes the test's word. */
  private record FakeSigner(Address owner) implements PoolSigner {
    @Override
    public Signature authorize(Address worker, TaskId task) {
      return new Signature("0x" + "11".repeat(65));
    }
  }
}
