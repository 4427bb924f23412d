package io.ruche.cli.demo;

import io.ruche.cli.Connection;
import io.ruche.cli.Installation;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Table;
import io.ruche.cli.settings.Home;
import io.ruche.cli.settings.Network;
import io.ruche.cli.up.LocalNetwork;
import io.ruche.cli.up.Role;
import io.ruche.cli.up.UpOptions;
import io.ruche.core.Address;
import io.ruche.core.CallbackKind;
import io.ruche.core.Category;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.DealParams;
import io.ruche.core.OnChainTask;
import io.ruche.core.RucheException;
import io.ruche.core.RunLimits;
import io.ruche.core.Tag;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.Demand;
import io.ruche.sdk.Publisher;
import io.ruche.sdk.Quote;
import io.ruche.sdk.Results;
import io.ruche.sdk.RucheClient;
import io.ruche.sdk.RunBook;
import io.ruche.transfer.OutputLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.LongStream;

/**
 * Plays the whole market on one machine: two providers, a pool with a liar among its workers, a
 * requester. Everything is real but the money: chain, contracts, processes, data, votes.
 */
final class Demo {
  private static final TokenAmount APP_PRICE = TokenAmount.parse("0.5");
  private static final TokenAmount DATASET_PRICE = TokenAmount.parse("0.25");
  private static final long STANDING_VOLUME = 1_000;
  private static final long CATEGORY = 0;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long POLL_MILLIS = 150;

  private final DemoOptions options;
  private final Installation installation;
  private final Home home;
  private final Story story;
  private final Clock clock;

  Demo(DemoOptions options, Installation installation, Home home, Story story, Clock clock) {
    this.options = options;
    this.installation = installation;
    this.home = home;
    this.story = story;
    this.clock = clock;
  }

  /** Plays it from an empty home to an empty process table. */
  DemoOutcome play() throws IOException, InterruptedException {
    var began = clock.instant();
    story.chapter("A private market on this machine");
    var local = new LocalNetwork(home, installation, story::say);
    var stop = new Thread(local::down);
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      var network = local.up(UpOptions.ofWorkers(options.workers())
          .withProgram(options.liar(), options.liarProgram()));
      story.say("chain %d, hub %s".formatted(network.chainId(), network.hub().checksummed()));
      story.say("pool %s".formatted(network.pool().checksummed()));
      story.say("%d workers, of which worker-%d is a test build that lies"
          .formatted(options.workers(), options.liar()));
      return trade(network, began);
    } finally {
      local.down();
      Runtime.getRuntime().removeShutdownHook(stop);
    }
  }

  private DemoOutcome trade(Network network, Instant began)
      throws IOException, InterruptedException {
    story.chapter("Two providers offer an app and a price history");
    var dataset = offerDataset(network);
    var app = offerApp(network);
    try (var requester = RucheClient.open(Connection.endpoints(network), Role.REQUESTER.open())) {
      var before = Books.read(requester.hub(), parties(network));
      var quote = quote(requester, app, dataset);
      var deals = buy(requester, quote);
      watch(requester, deals, network);
      return conclude(requester, network, deals, before, began);
    }
  }

  private Address offerDataset(Network network) {
    var file = installation.examples().resolve("risk-analysis/build/sp500-2000.csv");
    try (var provider = client(network, Role.DATA_PROVIDER)) {
      var source = provider.sources().publish(file.toString());
      var terms = new Publisher.Terms(DATASET_PRICE, STANDING_VOLUME);
      var published = provider.publisher().dataset("S&P 500 daily, from 2000", source, terms);
      tell("dataset", published.address(), DATASET_PRICE, source);
      return published.address();
    }
  }

  private Address offerApp(Network network) {
    var file = installation.examples().resolve("risk-analysis/build/risk-analysis.wasm");
    try (var provider = client(network, Role.APP_PROVIDER)) {
      var source = provider.sources().publish(file.toString());
      var terms = new Publisher.Terms(APP_PRICE, STANDING_VOLUME);
      var published = provider.publisher().app("risk-analysis", "WASM", source, terms);
      tell("app", published.address(), APP_PRICE, source);
      return published.address();
    }
  }

  private void tell(String kind, Address address, TokenAmount price, Publisher.Source source) {
    story.say("%-7s %s".formatted(kind, address.checksummed()));
    story.say("        %s RUC per task, sha256 %s"
        .formatted(price, Cell.id(source.sha256().hex()).brief()));
  }

  private Quote quote(RucheClient requester, Address app, Address dataset) {
    story.chapter("The price, before anything is paid");
    var demand = new Demand(
        requester.wallet().address(),
        app,
        dataset,
        Address.ZERO,
        options.tasks(),
        CATEGORY,
        options.trust(),
        Tag.NONE,
        DealParams.ofArgs(""),
        null);
    var quote = requester.quoter().quote(demand);
    story.show(Fields.of(
        Fields.field("tasks", options.tasks()),
        Fields.field("price per task", quote.highestPricePerTask() + " RUC"),
        Fields.field("in all", quote.total() + " RUC"),
        Fields.field(
            "trust %d".formatted(options.trust()),
            "%d copies when all agree; %.1f %% wrong if a tenth of the workers lied alike"
                .formatted(quote.copies(), 100 * quote.errorWhenTenthLies())),
        Fields.field("deadline", deadline(quote.category()))));
    return quote;
  }

  private static String deadline(Category category) {
    return "%d s (category %s); money back after it"
        .formatted(category.finalTime().toSeconds(), category.name());
  }

  private List<DealId> buy(RucheClient requester, Quote quote) {
    story.chapter("The deal");
    var purchase = requester.purchase(new RunBook(home.runs()), clock);
    var deals = purchase.complete(purchase.begin(quote));
    deals.forEach(deal -> story.say("deal " + deal.hex()));
    story.say(
        "the hub locked %s RUC of the requester, and the pool's stake".formatted(quote.total()));
    return deals;
  }

  private void watch(RucheClient requester, List<DealId> deals, Network network)
      throws InterruptedException {
    story.chapter("The tasks");
    var names = workerNames(network);
    var live = story.live();
    var until = clock.instant().plus(PATIENCE);
    var lines = List.<TaskLine>of();
    while (lines.size() < options.tasks() || !lines.stream().allMatch(TaskLine::isSettled)) {
      if (clock.instant().isAfter(until)) {
        throw new RucheException(
            "DEMO_SLOW",
            "expected %d tasks to end within %d minutes."
                .formatted(options.tasks(), PATIENCE.toMinutes()),
            "Look into the logs in %s.".formatted(home.logs()),
            false);
      }
      var now = new ArrayList<TaskLine>();
      for (var deal : deals) {
        requester.market().deal(deal).ifPresent(json -> now.addAll(TaskLine.read(json, names)));
      }
      lines = now;
      live.show(lines.stream().map(line -> "   " + line.text()).toList());
      Thread.sleep(POLL_MILLIS);
    }
    long lies = lines.stream()
        .flatMap(line -> line.runs().stream())
        .filter(TaskLine.Run::isLie)
        .count();
    story.say("%d lies were out-voted; each cost the liar its stake".formatted(lies));
  }

  private DemoOutcome conclude(
      RucheClient requester, Network network, List<DealId> deals, Books before, Instant began)
      throws IOException {
    var tasks = tasks(requester, deals);
    var folders = verify(requester, tasks);
    story.chapter("The answer");
    var report = RiskReport.read(folders);
    story.show(report.table());
    var plot = report.write(options.output());
    story.say("plot " + plot);
    var after = Books.read(requester.hub(), parties(network));
    var liar = Role.worker(options.liar()).address();
    var outcome = new DemoOutcome(
        deals,
        options.tasks(),
        tasks.stream().filter(task -> task.status() == TaskStatus.COMPLETED).count(),
        liar,
        lost(liar, after.since(before)),
        after.since(before),
        after.isConservedSince(before),
        folders.size(),
        Duration.between(began, clock.instant()),
        plot);
    tellPayments(outcome, after);
    return outcome;
  }

  private List<Path> verify(RucheClient requester, List<OnChainTask> tasks) {
    story.chapter("The requester checks every result against the chain");
    var category = requester.view().category(CATEGORY).orElseThrow();
    var results =
        new Results(requester.content(), OutputLimits.of(RunLimits.of(category)).withLogs());
    var folders = new ArrayList<Path>();
    for (var task : tasks) {
      var folder = options.output().resolve("task-%02d".formatted(task.index()));
      var verified = results.fetch(task, CallbackKind.NONE, folder);
      folders.add(verified.folder());
      story.say("task %2d  digest %s as certified, bytes from /ipfs/%s"
          .formatted(
              task.index(),
              Cell.id(task.resultDigest().hex()).brief(),
              Cell.id(verified.cid()).brief()));
    }
    return folders;
  }

  private void tellPayments(DemoOutcome outcome, Books after) {
    story.chapter("Who was paid what");
    var rows = new ArrayList<List<Cell>>();
    for (var payment : outcome.payments()) {
      boolean isLiar = payment.party().address().equals(outcome.liar());
      rows.add(List.of(
          Cell.of(payment.party().name() + (isLiar ? " (the liar)" : "")),
          Cell.id(payment.party().address().checksummed()),
          Cell.of(payment.text() + " RUC")));
    }
    story.show(new Table(List.of("WHO", "ADDRESS", "CHANGE"), rows));
    story.say("sum of all balances: %s RUC, %s"
        .formatted(
            after.sum(), outcome.isConserved() ? "unchanged" : "CHANGED, which is a defect"));
    story.chapter("Done in %.1f s".formatted(outcome.took().toMillis() / 1000.0));
    story.say("%d of %d tasks completed, %d results verified, the liar lost %s RUC"
        .formatted(outcome.completed(), outcome.tasks(), outcome.verified(), outcome.stakeLost()));
  }

  private static TokenAmount lost(Address liar, List<Books.Payment> payments) {
    return payments.stream()
        .filter(payment -> payment.party().address().equals(liar))
        .filter(payment -> payment.nano().signum() < 0)
        .map(payment -> new TokenAmount(payment.nano().negate()))
        .findFirst()
        .orElse(TokenAmount.ZERO);
  }

  private static List<OnChainTask> tasks(RucheClient requester, List<DealId> deals) {
    var tasks = new ArrayList<OnChainTask>();
    for (var id : deals) {
      var deal = requester.view().deal(id).orElseThrow();
      tasks.addAll(requester.view().tasks(ids(deal)));
    }
    return tasks;
  }

  private static List<TaskId> ids(Deal deal) {
    return LongStream.range(deal.botFirst(), deal.botFirst() + deal.botSize())
        .mapToObj(deal::taskId)
        .toList();
  }

  private List<Books.Party> parties(Network network) {
    var parties = new ArrayList<Books.Party>();
    for (var role : Role.values()) {
      parties.add(new Books.Party(role.wallet(), role.open().address()));
    }
    workerNames(network).forEach((address, name) -> parties.add(new Books.Party(name, address)));
    return parties;
  }

  private SequencedMap<Address, String> workerNames(Network network) {
    var names = new LinkedHashMap<Address, String>();
    for (int number = 1; number <= network.workers().size(); number++) {
      names.put(Role.worker(number).address(), "worker-" + number);
    }
    return names;
  }

  private static RucheClient client(Network network, Role role) {
    return RucheClient.open(Connection.endpoints(network), role.open());
  }
}
