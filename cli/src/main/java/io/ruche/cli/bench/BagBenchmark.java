package io.ruche.cli.bench;

import io.ruche.chain.hub.HubEvent;
import io.ruche.chain.log.ChainStep;
import io.ruche.chain.log.FollowerSettings;
import io.ruche.chain.log.LogFollower;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.cli.Connection;
import io.ruche.cli.Installation;
import io.ruche.cli.contract.Traffic;
import io.ruche.cli.settings.Home;
import io.ruche.cli.settings.Network;
import io.ruche.cli.up.LocalNetwork;
import io.ruche.cli.up.Role;
import io.ruche.cli.up.UpOptions;
import io.ruche.core.Address;
import io.ruche.core.CallbackKind;
import io.ruche.core.DealId;
import io.ruche.core.DealParams;
import io.ruche.core.OnChainTask;
import io.ruche.core.RucheException;
import io.ruche.core.RunLimits;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.Demand;
import io.ruche.sdk.Publisher;
import io.ruche.sdk.Quote;
import io.ruche.sdk.Results;
import io.ruche.sdk.RucheClient;
import io.ruche.sdk.RunBook;
import io.ruche.transfer.OutputLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Buys one bag of tasks that do nothing, on a private network of real processes, and measures it
 * from the block of the match to the last finalized task. Progress and memory are read by the same
 * thread that follows the chain, on the machine that also does the work: the figures include it.
 */
final class BagBenchmark {
  private static final TokenAmount APP_PRICE = TokenAmount.parse("0.001");
  private static final TokenAmount POOL_PRICE = TokenAmount.parse("0.001");
  private static final long CATEGORY = 0;

  /** Results that are fetched and checked after the run. */
  private static final int SAMPLE = 20;

  private static final Duration FEED_INTERVAL = Duration.ofMillis(100);
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final Duration MEMORY_INTERVAL = Duration.ofSeconds(2);

  private final Bag bag;
  private final Installation installation;
  private final Home home;
  private final Clock clock;
  private final BagMemory memory = new BagMemory();

  BagBenchmark(Bag bag, Installation installation, Home home, Clock clock) {
    this.bag = bag;
    this.installation = installation;
    this.home = home;
    this.clock = clock;
  }

  /** Runs it from an empty home to an empty process table. */
  BagReport run(Progress progress) throws InterruptedException {
    var local = new LocalNetwork(home, installation, progress::say);
    var stop = new Thread(local::down);
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      var network = local.up(options());
      var app = offerApp(network);
      try (var requester = RucheClient.open(Connection.endpoints(network), Role.REQUESTER.open())) {
        return measure(requester, app, local, progress);
      }
    } finally {
      local.down();
      Runtime.getRuntime().removeShutdownHook(stop);
    }
  }

  private UpOptions options() {
    return new UpOptions(
        bag.workers(), POOL_PRICE, List.of(CATEGORY), Bag.MAX_TRUST, "AFTER_RESULT", Map.of());
  }

  private Address offerApp(Network network) {
    var file = installation.examples().resolve("noop/build/noop.wasm");
    try (var provider = RucheClient.open(Connection.endpoints(network), Role.APP_PROVIDER.open())) {
      var source = provider.sources().publish(file.toString());
      var terms = new Publisher.Terms(APP_PRICE, bag.tasks() + bag.warmUp());
      return provider.publisher().app("noop", "WASM", source, terms).address();
    }
  }

  private BagReport measure(
      RucheClient requester, Address app, LocalNetwork local, Progress progress)
      throws InterruptedException {
    if (bag.warmUp() > 0) {
      progress.say("warming up with %d tasks".formatted(bag.warmUp()));
      buy(requester, app, new Following(requester, bag.warmUp(), progress, count -> {}));
    }
    progress.say("buying %d tasks".formatted(bag.tasks()));
    var follower = new Following(
        requester,
        bag.tasks(),
        progress,
        count -> memory.sample(local.processes(), count, bag.tasks()));
    var deals = buy(requester, app, follower);
    var times = follower.times;
    var traffic = Traffic.read(requester.hub().rpc(), times.firstBlock(), times.lastBlock());
    memory.sample(local.processes(), bag.tasks(), bag.tasks());
    progress.say("checking a sample of the results");
    var sample = sample(requester, deals);
    return new BagReport(
        bag, times, traffic, sample.size(), verify(requester, sample), memory.figures());
  }

  /** Buys what is followed, and waits for its last result. */
  private List<DealId> buy(RucheClient requester, Address app, Following follower)
      throws InterruptedException {
    var quote = quote(requester, app, follower.tasks);
    var purchase = requester.purchase(new RunBook(home.runs()), clock);
    var run = purchase.begin(quote);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var deals = CompletableFuture.supplyAsync(() -> purchase.complete(run), threads);
      follower.follow(deals);
      return deals.join();
    }
  }

  private Quote quote(RucheClient requester, Address app, int tasks) {
    return requester
        .quoter()
        .quote(new Demand(
            requester.wallet().address(),
            app,
            Address.ZERO,
            Address.ZERO,
            tasks,
            CATEGORY,
            bag.trust(),
            Tag.NONE,
            DealParams.ofArgs(""),
            null));
  }

  /** Follows the hub until every task is finalized. */
  private final class Following {
    private final RucheClient requester;
    private final int tasks;
    private final Progress progress;
    private final IntConsumer sampler;
    private final Timeline times = new Timeline();
    private final long startBlock;
    private final long beganNanos = System.nanoTime();
    private long sampledNanos = System.nanoTime();

    /**
     * Begins with the next block.
     *
     * @param sampler told now and then how many tasks have ended
     */
    Following(RucheClient requester, int tasks, Progress progress, IntConsumer sampler) {
      this.requester = requester;
      this.tasks = tasks;
      this.progress = progress;
      this.sampler = sampler;
      this.startBlock = requester.hub().rpc().latestBlock().number() + 1;
    }

    void follow(CompletableFuture<List<DealId>> purchase) throws InterruptedException {
      var hub = requester.hub();
      try (var feed = BlockFeed.start(hub.rpc(), FEED_INTERVAL)) {
        var source = new LogFollower.Source(hub.rpc(), feed, hub.address(), hub.chainId());
        var logs = LogFollower.from(source, startBlock, FollowerSettings.development());
        while (times.count() < tasks) {
          var steps = logs.next(WAIT);
          apply(steps, System.nanoTime());
          if (purchase.isCompletedExceptionally()) {
            purchase.join();
          }
          observe();
        }
      }
    }

    private void apply(List<ChainStep> steps, long nanos) {
      for (var step : steps) {
        switch (step) {
          case ChainStep.BlockBatch(var _, var _, var events) ->
            events.forEach(event -> apply(event, nanos));
          case ChainStep.RolledBack(var to) ->
            throw new RucheException(
                "BENCH_INVALID",
                "the private chain went back to block %d.".formatted(to),
                "Run the benchmark again.",
                true);
        }
      }
    }

    private void apply(HubEvent event, long nanos) {
      switch (event) {
        case HubEvent.OrdersMatched matched ->
          times.matched(matched.position().block().number(), nanos);
        case HubEvent.TaskFinalize done ->
          times.finalized(done.task(), done.position().block().number(), nanos);
        default -> {}
      }
    }

    private void observe() {
      long now = System.nanoTime();
      progress.done(times.count(), tasks, times.sinceMatchSeconds(now));
      if (now - sampledNanos > MEMORY_INTERVAL.toNanos()) {
        sampler.accept(times.count());
        sampledNanos = now;
      }
      if (now - beganNanos > bag.patience(tasks).toNanos()) {
        throw new RucheException(
            "BENCH_SLOW",
            "expected %d tasks to end within %d s, found %d."
                .formatted(tasks, bag.patience(tasks).toSeconds(), times.count()),
            "Look into the logs in %s.".formatted(home.logs()),
            false);
      }
    }
  }

  /** Tasks spread evenly over the bag. */
  private List<OnChainTask> sample(RucheClient requester, List<DealId> deals) {
    var ids = deals.stream()
        .map(id -> requester.view().deal(id).orElseThrow())
        .flatMap(deal -> LongStream.range(deal.botFirst(), deal.botFirst() + deal.botSize())
            .mapToObj(deal::taskId))
        .toList();
    int size = Math.min(SAMPLE, ids.size());
    return requester
        .view()
        .tasks(IntStream.range(0, size)
            .mapToObj(i -> ids.get((int) ((long) i * ids.size() / size)))
            .toList());
  }

  private int verify(RucheClient requester, List<OnChainTask> tasks) {
    var category = requester.view().category(CATEGORY).orElseThrow();
    var results =
        new Results(requester.content(), OutputLimits.of(RunLimits.of(category)).withLogs());
    var folders = new ArrayList<Results.Verified>();
    for (var task : tasks) {
      var folder = home.folder().resolve("results").resolve("task-" + task.index());
      folders.add(results.fetch(task, CallbackKind.NONE, folder));
    }
    return (int) folders.stream().filter(result -> result.failure().isEmpty()).count();
  }
}
