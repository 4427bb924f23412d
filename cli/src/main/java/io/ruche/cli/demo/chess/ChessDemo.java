package io.ruche.cli.demo.chess;

import io.ruche.chain.dev.Artifacts;
import io.ruche.chain.wallet.DevelopmentKeys;
import io.ruche.cli.Connection;
import io.ruche.cli.Installation;
import io.ruche.cli.contract.ChessGame;
import io.ruche.cli.contract.ContractUser;
import io.ruche.cli.demo.Books;
import io.ruche.cli.demo.Books.Party;
import io.ruche.cli.demo.Story;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Table;
import io.ruche.cli.settings.Home;
import io.ruche.cli.settings.Network;
import io.ruche.cli.up.LocalNetwork;
import io.ruche.cli.up.Role;
import io.ruche.cli.up.UpOptions;
import io.ruche.core.Address;
import io.ruche.core.DealParams;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.Demand;
import io.ruche.sdk.Lot;
import io.ruche.sdk.Publisher;
import io.ruche.sdk.RucheClient;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Two players play for stakes on a private network; the grid says who won. All but money is real.
 */
final class ChessDemo {
  private static final int WORKERS = 3;
  private static final long TRUST = 3;
  private static final long CATEGORY = 0;
  private static final TokenAmount APP_PRICE = TokenAmount.parse("0.05");
  private static final TokenAmount APP_MAX_PRICE = TokenAmount.parse("0.1");
  private static final TokenAmount BUDGET = TokenAmount.parse("2");
  private static final TokenAmount STAKE = TokenAmount.parse("10");
  private static final TokenAmount PURSE = TokenAmount.parse("50");
  private static final BigInteger COIN = BigInteger.TEN.pow(18);
  private static final long STANDING_VOLUME = 1_000;

  /** Accounts of the development mnemonic that no role has. */
  private static final int ADA = 90;

  private static final int BORIS = 91;

  /** Beyond the final deadline of the category. */
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(70);

  private final Installation installation;
  private final Home home;
  private final Story story;
  private final BoardView view;
  private final Clock clock;

  ChessDemo(Installation installation, Home home, Story story, BoardView view, Clock clock) {
    this.installation = installation;
    this.home = home;
    this.story = story;
    this.view = view;
    this.clock = clock;
  }

  /** Plays it from an empty home to an empty process table. */
  ChessOutcome play() throws InterruptedException {
    var began = clock.instant();
    story.chapter("A private market on this machine");
    var local = new LocalNetwork(home, installation, story::say);
    var stop = new Thread(local::down);
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      var network = local.up(UpOptions.ofWorkers(WORKERS));
      try (var ada = ContractUser.open(network, DevelopmentKeys.wallet(ADA));
          var boris = ContractUser.open(network, DevelopmentKeys.wallet(BORIS))) {
        return play(network, new Player("Ada", ada), new Player("Boris", boris), began);
      }
    } finally {
      local.down();
      Runtime.getRuntime().removeShutdownHook(stop);
    }
  }

  private ChessOutcome play(Network network, Player ada, Player boris, Instant began)
      throws InterruptedException {
    story.chapter("An app that knows the rules, and a contract that does not");
    fund(network, List.of(ada, boris));
    var app = offerApp(network);
    var contract = deploy(network, app, ada);
    var parties = parties(network, ada, boris, contract.address());
    var before = Wealth.read(ada.user().hub(), parties);
    for (var player : List.of(ada, boris)) {
      player.approve(contract.address(), PURSE);
    }
    var arbiter = new Arbiter(ada.user().hub(), contract, offers(network, contract, app));
    var table = new Match.Table(contract, arbiter, STAKE, view, story);
    var games = games(table, List.of(ada, boris));
    var after = Wealth.read(ada.user().hub(), parties);
    var outcome = new ChessOutcome(
        contract.address(),
        Bill.of(games, installation),
        after.since(before),
        after.isConservedSince(before),
        Duration.between(began, clock.instant()));
    conclude(outcome, after);
    return outcome;
  }

  /** Colours are changed from game to game. */
  private List<PlayedGame> games(Match.Table table, List<Player> players)
      throws InterruptedException {
    var scripts = Script.read(installation.examples().resolve("chess/games.json"));
    var games = new ArrayList<PlayedGame>();
    for (int i = 0; i < scripts.size(); i++) {
      var script = scripts.get(i);
      story.chapter("Game %d of %d: %s".formatted(i + 1, scripts.size(), script.name()));
      story.say(script.about());
      var white = players.get(i % 2);
      var black = players.get(1 - i % 2);
      games.add(new Match(script, table, white, black).play());
    }
    return games;
  }

  private static void fund(Network network, List<Player> players) {
    try (var faucet = RucheClient.open(Connection.endpoints(network), Role.FAUCET.open())) {
      players.forEach(player -> faucet.transactions().fund(player.address(), COIN, PURSE));
    }
  }

  private Address offerApp(Network network) {
    var file = installation.examples().resolve("chess/build/chess.wasm");
    try (var provider = RucheClient.open(Connection.endpoints(network), Role.APP_PROVIDER.open())) {
      var source = provider.sources().publish(file.toString());
      var terms = new Publisher.Terms(APP_PRICE, STANDING_VOLUME);
      var address = provider.publisher().app("chess", "WASM", source, terms).address();
      story.say("app       %s  %s RUC per answer".formatted(address.checksummed(), APP_PRICE));
      return address;
    }
  }

  private ChessGame deploy(Network network, Address app, Player deployer) {
    var artifacts = new Artifacts(installation.contracts().resolve("out"));
    var judging =
        new ChessGame.Judging(app, network.pool(), TRUST, BUDGET, APP_MAX_PRICE, ANSWER_WITHIN);
    var contract = ChessGame.deploy(deployer.user(), artifacts, judging);
    story.say("contract  %s  keeps boards, turns and stakes"
        .formatted(contract.address().checksummed()));
    story.say("pool      %s  the only one that may judge, at trust %d"
        .formatted(network.pool().checksummed(), TRUST));
    return contract;
  }

  private static Lot offers(Network network, ChessGame contract, Address app) {
    try (var client = RucheClient.open(Connection.endpoints(network), Role.REQUESTER.open())) {
      var demand = new Demand(
          contract.address(),
          app,
          Address.ZERO,
          network.pool(),
          1,
          CATEGORY,
          TRUST,
          Tag.NONE,
          DealParams.ofArgs(""),
          null);
      return client.quoter().quote(demand).lots().getFirst();
    }
  }

  private static List<Party> parties(Network network, Player ada, Player boris, Address contract) {
    var parties = new ArrayList<Party>();
    parties.add(new Party(ada.name(), ada.address()));
    parties.add(new Party(boris.name(), boris.address()));
    parties.add(new Party("contract", contract));
    for (var role : Role.values()) {
      parties.add(new Party(role.wallet(), role.open().address()));
    }
    for (int number = 1; number <= network.workers().size(); number++) {
      parties.add(new Party("worker-" + number, Role.worker(number).address()));
    }
    parties.add(new Party("kitty", Books.KITTY));
    return parties;
  }

  private void conclude(ChessOutcome outcome, Wealth after) {
    story.chapter("What it cost");
    story.show(outcome.bill().table());
    story.gap();
    outcome.bill().notes().forEach(story::say);
    story.chapter("Who has more or less than before");
    var rows = new ArrayList<List<Cell>>();
    for (var payment : outcome.payments()) {
      rows.add(List.of(
          Cell.of(payment.party().name()),
          Cell.id(payment.party().address().checksummed()),
          Cell.of(payment.text() + " RUC")));
    }
    story.show(new Table(List.of("WHO", "ADDRESS", "CHANGE"), rows));
    story.say("sum of all: %s RUC, %s"
        .formatted(after.sum(), outcome.isConserved() ? "unchanged" : "CHANGED, a defect"));
    story.chapter("Done in %.1f s".formatted(outcome.took().toMillis() / 1000.0));
    story.say("%d games, each ended by the grid's answer; final positions %s"
        .formatted(
            outcome.bill().games().size(),
            outcome.isSuccess() ? "as recorded" : "NOT all as recorded"));
  }
}
