package io.ruche.e2e;

import io.ruche.cli.Connection;
import io.ruche.cli.Installation;
import io.ruche.cli.process.ProcessRecord;
import io.ruche.cli.settings.Home;
import io.ruche.cli.settings.Network;
import io.ruche.cli.up.LocalNetwork;
import io.ruche.cli.up.Role;
import io.ruche.cli.up.UpOptions;
import io.ruche.cli.up.UpOptions.WorkerProgram;
import io.ruche.core.Address;
import io.ruche.core.CallbackKind;
import io.ruche.core.Deal;
import io.ruche.core.DealParams;
import io.ruche.core.OnChainTask;
import io.ruche.core.RunLimits;
import io.ruche.core.Tag;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.Demand;
import io.ruche.sdk.Publisher;
import io.ruche.sdk.Purchase;
import io.ruche.sdk.Quote;
import io.ruche.sdk.Results;
import io.ruche.sdk.RucheClient;
import io.ruche.sdk.RunBook;
import io.ruche.sdk.SignedRequest;
import io.ruche.transfer.OutputLimits;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A whole market of real processes on a real chain, in a folder of the test's own. */
final class Marketplace implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final TokenAmount APP_PRICE = TokenAmount.parse("0.1");
  private static final long VOLUME = 10_000;

  /** Where the hub keeps stakes of pools that missed a deadline. */
  static final Address KITTY = new Address("0x99c2268479b93fDe36232351229815DF80837e23");

  private final Path folder;
  private final Installation installation;
  private final LocalNetwork local;
  private UpOptions options;
  private Network network;

  /** Its workers run no images; they are there sooner. */
  Marketplace(Path folder, int workers) {
    this(folder, imageless(UpOptions.ofWorkers(workers)));
  }

  Marketplace(Path folder, UpOptions options) {
    this.folder = folder;
    this.installation = Installation.current();
    this.options = options;
    this.local = new LocalNetwork(home(), installation, step -> {});
    this.network = local.up(options);
  }

  /** The same, but workers that run another program than the usual one stay as they are. */
  static UpOptions imageless(UpOptions options) {
    var program = worker(ImagelessWorkerMain.class);
    var changed = options;
    for (int number = 1; number <= options.workers(); number++) {
      if (!options.programs().containsKey(number)) {
        changed = changed.withProgram(number, program);
      }
    }
    return changed;
  }

  /** A worker with another main class, of the tests. */
  static WorkerProgram worker(Class<?> main) {
    return new WorkerProgram(main.getName(), with(Installation.current().agentClasspath(), main));
  }

  /** A server with another main class, of the tests. */
  static WorkerProgram server(Class<?> main) {
    return new WorkerProgram(main.getName(), with(Installation.current().classpath(), main));
  }

  private static String with(String classpath, Class<?> main) {
    var place = main.getProtectionDomain().getCodeSource().getLocation();
    return classpath + File.pathSeparator + Path.of(URI.create(place.toString()));
  }

  /** Starts what is missing again. */
  void repair() {
    network = local.up(options);
  }

  /** Starts what is missing in another way from now on. */
  void repair(UpOptions other) {
    options = other;
    repair();
  }

  /** Buys and sells at another pool from now on. */
  void use(Network other) {
    network = other;
  }

  Home home() {
    return new Home(folder.resolve("home"));
  }

  /** The built file of an example app. */
  Path example(String name) {
    return installation.examples().resolve(name).resolve("build").resolve(name + ".wasm");
  }

  Network network() {
    return network;
  }

  RucheClient requester() {
    return RucheClient.open(Connection.endpoints(network), Role.REQUESTER.open());
  }

  /** Offers an example app and returns its address; the same one when it is offered already. */
  Address app(String name) {
    return app(example(name), name, "WASM");
  }

  /** Publishes and offers an app of another type. */
  Address app(Path file, String type) {
    return app(file, "app", type);
  }

  private Address app(Path file, String name, String type) {
    try (var provider = RucheClient.open(Connection.endpoints(network), Role.APP_PROVIDER.open())) {
      var source = provider.sources().publish(file.toString());
      var terms = new Publisher.Terms(APP_PRICE, VOLUME);
      return provider.publisher().app(name, type, source, terms).address();
    }
  }

  /** Offers the price history of the risk example. */
  Address prices() {
    var file = installation.examples().resolve("risk-analysis/build/sp500-2000.csv");
    try (var owner = RucheClient.open(Connection.endpoints(network), Role.DATA_PROVIDER.open())) {
      var source = owner.sources().publish(file.toString());
      var terms = new Publisher.Terms(APP_PRICE, VOLUME);
      return owner.publisher().dataset("prices", source, terms).address();
    }
  }

  Deal buy(RucheClient requester, Wish wish) {
    return begin(requester, wish).get();
  }

  /** Quotes and signs; the match is sent when the deal is asked for. */
  Supplier<Deal> begin(RucheClient requester, Wish wish) {
    var run = purchase(requester).begin(quote(requester, wish));
    return () ->
        requester.view().deal(purchase(requester).complete(run).getFirst()).orElseThrow();
  }

  private Purchase purchase(RucheClient requester) {
    return requester.purchase(new RunBook(folder.resolve("runs")), Clock.systemUTC());
  }

  Quote quote(RucheClient requester, Wish wish) {
    var demand = new Demand(
        requester.wallet().address(),
        wish.app(),
        wish.dataset(),
        Address.ZERO,
        wish.tasks(),
        wish.category(),
        wish.trust(),
        Tag.NONE,
        DealParams.ofArgs(wish.args()),
        null);
    return requester.quoter().quote(demand);
  }

  /** A request for what was quoted once, signed. */
  SignedRequest signed(RucheClient requester, Quote quote) {
    return purchase(requester).begin(quote).request();
  }

  /** What a test buys. */
  record Wish(Address app, Address dataset, long tasks, long category, long trust, String args) {
    Wish(Address app, long tasks, long trust, String args) {
      this(app, Address.ZERO, tasks, 0, trust, args);
    }
  }

  /** Waits until every task of the deal is completed or failed. */
  List<OnChainTask> settled(RucheClient requester, Deal deal) {
    return await("all tasks of deal " + deal.id() + " to end", () -> {
      var tasks = requester.view().tasks(ids(deal));
      return tasks.stream().allMatch(task -> task.status().isFinal()) ? tasks : null;
    });
  }

  /** Fetches and verifies the results of completed tasks. */
  List<Results.Verified> verified(RucheClient requester, List<OnChainTask> tasks) {
    var category = requester.view().category(0).orElseThrow();
    var results =
        new Results(requester.content(), OutputLimits.of(RunLimits.of(category)).withLogs());
    var verified = new ArrayList<Results.Verified>();
    for (var task : tasks) {
      var target = folder.resolve("results").resolve(task.id().hex());
      verified.add(results.fetch(task, CallbackKind.NONE, target));
    }
    return verified;
  }

  /** True when the hub holds just what everybody has in it, free and locked. */
  boolean isConserved(RucheClient client) {
    var holders = new ArrayList<Address>(network.workers());
    Stream.of(Role.values()).forEach(role -> holders.add(role.open().address()));
    holders.add(KITTY);
    var sum = client.hub().accounts(holders).stream()
        .map(account -> account.free().plus(account.locked()))
        .reduce(TokenAmount.ZERO, TokenAmount::plus);
    return sum.equals(client.hub().tokenBalance(client.hub().address()));
  }

  /** What the requester has in the hub, free and locked. */
  TokenAmount balance(RucheClient client, Address owner) {
    var account = client.view().account(owner);
    return account.free().plus(account.locked());
  }

  ProcessRecord process(String name) {
    return local.processes().stream()
        .filter(process -> process.name().equals(name) && process.isRunning())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no running process " + name));
  }

  /** Ends one of our processes as a power cut would. */
  void kill(String name) {
    var record = process(name);
    ProcessHandle.of(record.pid()).orElseThrow().destroyForcibly();
    await(name + " to end", () -> record.isRunning() ? null : true);
  }

  /** Polls until there is an answer; fails with what was waited for. */
  static <T> T await(String what, Supplier<? extends @Nullable T> answer) {
    var until = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(until)) {
      var found = answer.get();
      if (found != null) {
        return found;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    throw new AssertionError("waited %s for %s".formatted(PATIENCE, what));
  }

  static List<TaskId> ids(Deal deal) {
    return LongStream.range(deal.botFirst(), deal.botFirst() + deal.botSize())
        .mapToObj(deal::taskId)
        .toList();
  }

  /** Moves the chain's clock on, as if nobody had done anything meanwhile. */
  void passTime(RucheClient client, Duration time) {
    client.hub().rpc().read("evm_increaseTime", time.toSeconds());
    client.hub().rpc().read("evm_mine");
  }

  @Override
  public void close() {
    local.down();
  }
}
