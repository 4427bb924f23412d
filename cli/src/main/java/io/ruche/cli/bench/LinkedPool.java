package io.ruche.cli.bench;

import io.ruche.agent.Agent;
import io.ruche.agent.AotCache;
import io.ruche.agent.settings.AgentSettings;
import io.ruche.agent.settings.AvailabilitySettings;
import io.ruche.agent.state.WorkFolders;
import io.ruche.agent.task.ResultDigester;
import io.ruche.chain.wallet.Secret;
import io.ruche.chain.wallet.Signatures;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.AppType;
import io.ruche.core.Category;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Keccak;
import io.ruche.core.Resource;
import io.ruche.core.RucheException;
import io.ruche.core.Tag;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.link.LinkLimits;
import io.ruche.link.LinkPace;
import io.ruche.sandbox.Sandboxes;
import io.ruche.sandbox.oci.ContainerSettings.Choice;
import io.ruche.sandbox.wasm.EngineSettings;
import io.ruche.sandbox.wasm.RunnerPool;
import io.ruche.sandbox.wasm.RunnerSettings;
import io.ruche.sandbox.wasm.RunnerSettings.Bubblewrap;
import io.ruche.scheduler.Certification;
import io.ruche.scheduler.SchedulerPolicy;
import io.ruche.server.chain.WalletSigner;
import io.ruche.server.data.DataSettings;
import io.ruche.server.data.ResultDesk;
import io.ruche.server.data.ResultRoutes;
import io.ruche.server.data.UploadDesk;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpSettings;
import io.ruche.server.pool.LinkRoutes;
import io.ruche.server.pool.LinkSettings;
import io.ruche.server.pool.Pool;
import io.ruche.server.pool.PoolMeter;
import io.ruche.store.Database;
import io.ruche.store.SqlJournal;
import io.ruche.store.SqlResultIndex;
import io.ruche.transfer.ContentStore;
import io.ruche.worker.availability.Rule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pool and one worker in this process, put together from the parts that their processes are put
 * together from: journals on disk and synced, HTTP and WebSocket over loopback, runners as child
 * processes. The chain alone is in memory.
 */
final class LinkedPool implements AutoCloseable {
  private static final long CHAIN_ID = 65_535;
  private static final Address HUB = address(0x40);
  private static final Address WORKERPOOL = address(0x41);
  private static final Address APP = address(0x42);
  private static final Category CATEGORY = new Category(0, "XS", "", Duration.ofDays(1));
  private static final int MEMORY_MIB = 512;

  /** Nothing is rolled back in memory, so settled tasks are let go of at once. */
  private static final Duration CONFIRM = Duration.ofMillis(100);

  private final Wallet owner = Wallet.random();
  private final Wallet worker = Wallet.random();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final List<TaskId> bought = new ArrayList<>();
  private final MemoryChain chain;
  private final SqlResultIndex results;
  private final RunnerPool runners;
  private long deals;

  private LinkedPool(Path folder, Path module, int slots) throws IOException, InterruptedException {
    var app = new App(
        APP,
        owner.address(),
        "noop",
        AppType.WASM.name(),
        module.toUri().toString(),
        Checksum.of(module));
    chain = new MemoryChain(app, CATEGORY);
    var database = keep(Database.open(folder.resolve("ruche.db")));
    results = new SqlResultIndex(database);
    try {
      var origin = startServer(folder, database);
      var settings = settings(URI.create(origin.url()), folder.resolve("worker"), slots);
      runners = startRunners(settings);
      runners.awaitIsolation();
      keep(Agent.start(settings, agentParts()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts everything; the worker connects by itself.
   *
   * @param module the app that is run
   */
  static LinkedPool start(Path folder, Path module, int slots)
      throws IOException, InterruptedException {
    return new LinkedPool(folder, module, slots);
  }

  MemoryChain chain() {
    return chain;
  }

  String isolation() {
    return runners.isolation().toString();
  }

  /** Mines a deal of so many tasks. */
  void buy(int tasks) {
    var deal = deal(tasks);
    for (int i = 0; i < tasks; i++) {
      bought.add(deal.taskId(i));
    }
    chain.match(deal);
  }

  /** A task without a stored result was not done. */
  void requireResults() {
    for (var task : bought) {
      if (results.find(task).isEmpty()) {
        throw new RucheException(
            "BENCH_INVALID", "no result of task %s is stored.".formatted(task), "", false);
      }
    }
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a part of the benchmark did not close", e);
      }
    }
  }

  private HttpOrigin startServer(Path folder, Database database) {
    var pool = keep(startPool(folder, database));
    chain.listener(pool::put);
    return keep(HttpOrigin.start(
        HttpSettings.defaults(),
        LinkLimits.MAX_FRAME_BYTES,
        List.of(
            new LinkRoutes(pool.link(), pool.linkSettings()), new ResultRoutes(pool.results()))));
  }

  private Pool startPool(Path folder, Database database) {
    var store =
        ContentStore.open(folder.resolve("content"), DataSettings.defaults().maxBlobBytes());
    return Pool.start(new Pool.Parts(
        LinkSettings.of(CHAIN_ID, HUB, WORKERPOOL),
        SchedulerPolicy.defaults()
            .withCertification(Certification.AFTER_RESULT)
            .withConfirmAfter(CONFIRM),
        new SqlJournal(database, WORKERPOOL.hex()),
        chain,
        new WalletSigner(owner),
        (text, signature) -> Signatures.recoverText(text, signature).orElse(null),
        new ResultDesk.Parts(
            store, results, new UploadDesk(), DataSettings.defaults(), Clock.systemUTC()),
        PoolMeter.NONE,
        e -> {
          throw new IllegalStateException("the pool stopped", e);
        },
        () -> {},
        Clock.systemUTC()));
  }

  /** As a worker starts them. */
  private RunnerPool startRunners(AgentSettings settings) throws IOException, InterruptedException {
    var tasks = Files.createDirectories(new WorkFolders(settings.home()).root());
    var cache = Files.createDirectories(settings.home().resolve("cache"));
    return keep(RunnerPool.start(RunnerSettings.of(tasks, List.of(cache))
        .withCache(AotCache.ofRunners())
        .withRunners(settings.slots())
        .withMaxMemoryMiB(settings.memoryMiB())
        .withBubblewrap(settings.bubblewrap())
        .withEngines(settings.engines())));
  }

  private Agent.Parts agentParts() {
    return new Agent.Parts(
        worker,
        chain.forWorker(),
        new Sandboxes(Map.of(AppType.WASM, runners)),
        Optional::empty,
        ResultDigester.standard(),
        LinkPace.defaults(),
        Clock.systemUTC(),
        () -> {
          throw new IllegalStateException("the worker stopped itself");
        });
  }

  private static AgentSettings settings(URI pool, Path home, int slots) {
    return new AgentSettings(
        pool,
        pool,
        CHAIN_ID,
        HUB,
        WORKERPOOL,
        Address.ZERO,
        home.resolve("no-keystore"),
        Secret.of(""),
        home,
        slots,
        MEMORY_MIB,
        64,
        16,
        1,
        List.of(),
        Bubblewrap.WHERE_POSSIBLE,
        Choice.NEVER,
        EngineSettings.wherePossible(home.resolve("engine")),
        true,
        true,
        false,
        List.of(),
        new AvailabilitySettings(
            Rule.ALWAYS, Duration.ofMinutes(10), Path.of("none"), Path.of("none"), "", 0));
  }

  private Deal deal(int tasks) {
    var requester = address(0x43);
    return new Deal(
        DealId.of(Keccak.hashText("deal " + deals++)),
        new Resource(APP, owner.address(), TokenAmount.ZERO),
        Resource.NONE,
        new Resource(WORKERPOOL, owner.address(), TokenAmount.ofNano(1_000)),
        1,
        CATEGORY.id(),
        Tag.NONE,
        requester,
        requester,
        Address.ZERO,
        "",
        Instant.now(),
        0,
        tasks,
        TokenAmount.ofNano(300),
        1,
        Address.ZERO);
  }

  private static Address address(int number) {
    return new Address("0x%040x".formatted(number));
  }

  private <T extends AutoCloseable> T keep(T part) {
    open.push(part);
    return part;
  }
}
