package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.cli.Connection;
import io.ruche.cli.settings.Home;
import io.ruche.cli.settings.Network;
import io.ruche.cli.up.Role;
import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.RucheException;
import io.ruche.core.Sha256;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.Publisher;
import io.ruche.sdk.RucheClient;
import io.ruche.sdk.WalletSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Bad input: one clear sentence with a stable code, and nothing charged before the match. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputE2E {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final Sha256 OTHER = new Sha256("0x" + "5a".repeat(32));
  private static final String NOWHERE = "0x00000000000000000000000000000000000000a1";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private Marketplace market;
  private RucheClient requester;
  private CommandLine ruche;
  private String noop;

  @BeforeAll
  void open() {
    market = new Marketplace(folder, 3);
    requester = market.requester();
    ruche = new CommandLine(market.home());
    noop = market.app("noop").checksummed();
  }

  @AfterAll
  void close() {
    requester.close();
    market.close();
  }

  @Test
  void priceOverBudgetIsRefused() {
    var error = refused("OVER_BUDGET", "run", noop, "--tasks", "3", "--max-price", "2");

    assertThat(text(error)).contains("cost 3.3 RUC", "at most 2", "--max-price to 3.3");
  }

  @Test
  void unknownAddressesAreNamed() {
    var pool = market.network().pool().checksummed();
    var deal = "0x" + "12".repeat(32);

    assertThat(text(refused("APP_UNKNOWN", "run", NOWHERE))).containsIgnoringCase(NOWHERE);
    assertThat(text(refused("APP_UNKNOWN", "run", pool))).contains(pool, "ruche app list");
    assertThat(text(refused("DATASET_UNKNOWN", "run", noop, "--dataset", noop))).contains(noop);
    assertThat(text(refused("NO_OFFER", "run", noop, "--workerpool", NOWHERE)))
        .containsIgnoringCase(NOWHERE);
    refused("APP_UNKNOWN", "app", "show", NOWHERE);
    assertThat(text(refused("DEAL_UNKNOWN", "deal", "show", deal))).contains(deal);
    refused("TASK_UNKNOWN", "task", "show", deal);
  }

  @Test
  void inputThatNoWorkerCouldTakeIsRefused() throws Exception {
    var file = Files.writeString(folder.resolve("two words.csv"), "1").toString();

    assertThat(text(refused("PARAMS_INVALID", "run", noop, "--input", file)))
        .contains("found: two words.csv");
    refused("PARAMS_TOO_LONG", "run", noop, "--args", "x".repeat(100_000));
  }

  @Test
  void orderThatIsUsedUpBuysNothingMore() {
    var app = offer("once", content("once"), 1);
    assertThat(ruche.run("run", app.checksummed(), "--watch").code()).isEqualTo(OK);

    assertThat(text(refused("NO_OFFER", "run", app.checksummed())))
        .contains("no usable offer of app", app.checksummed());
  }

  @Test
  void orderThatSomebodyElseTookMeanwhileCostsNothing() {
    var app = offer("raced for", content("raced for"), 1);
    var first = market.begin(requester, new Marketplace.Wish(app, 1, 1, ""));
    var second = market.begin(requester, new Marketplace.Wish(app, 1, 1, ""));
    market.settled(requester, first.get());
    var before = balances();

    assertThatThrownBy(second::get)
        .isInstanceOfSatisfying(
            RucheException.class,
            failure -> assertThat(failure.code()).isEqualTo("ORDER_CONSUMED"));
    assertThat(balances()).isEqualTo(before);
  }

  @Test
  void orderThatItsOwnerDidNotSignIsNotPublished() {
    var app = new Address(noop);
    var published = requester.market().appOrders(app);
    var order = published.getFirst();
    var hash = order.hash(requester.view().domain());
    var stranger = new WalletSigner(requester.wallet()).signDigest(hash.bytes());
    // The price differs from the signed one, then the signer from the owner.
    var forged = List.of(
        new AppOrder(
            app,
            TokenAmount.ZERO,
            order.volume(),
            order.tag(),
            order.datasetRestrict(),
            order.workerpoolRestrict(),
            order.requesterRestrict(),
            order.salt(),
            order.sign()),
        order.withSignature(stranger));

    assertThatThrownBy(() -> requester.market().publish(forged.getFirst()))
        .isInstanceOfSatisfying(RucheException.class, failure -> {
          assertThat(failure.code()).isEqualTo("BAD_SIGNATURE");
          assertThat(failure.getMessage()).contains("is not signed by");
          assertThat(failure.hint()).contains("owner's wallet");
        });
    assertThatThrownBy(() -> requester.market().publish(forged.getLast()))
        .isInstanceOf(RucheException.class);
    assertThat(requester.market().appOrders(app)).isEqualTo(published);
  }

  @Test
  void tooLittleStakeIsToldWithWhatIsMissing() {
    var run = refused("DEPOSIT_TOO_LOW", "run", noop, "--wallet", "faucet");
    assertThat(text(run)).contains("has 0 RUC", "costs 1.1", "ruche account deposit 1.1");

    var pool = refused(
        "STAKE_TOO_LOW",
        "workerpool",
        "deploy",
        "--description",
        "poor",
        "--price",
        "2",
        "--wallet",
        "faucet");
    assertThat(text(pool)).contains("has 0 deposited", "needs 0.6");
  }

  @Test
  void chainAndMarketThatAreDownOrOthersAreNamed() throws Exception {
    var closed = closedOrigin();
    var here = market.network();

    var down = network("down", here.chainId(), closed, here.market());
    assertThat(text(refused("CHAIN_UNREACHABLE", "run", noop, "--network", down)))
        .contains(closed.toString());
    var other = network("other", 31_337, here.rpc(), here.market());
    assertThat(text(refused("CHAIN_ID_MISMATCH", "run", noop, "--network", other)))
        .contains("serves chain 65535", "expected chain 31337");
    var silent = network("silent", here.chainId(), here.rpc(), closed);
    assertThat(text(refused("MARKET_UNREACHABLE", "run", noop, "--network", silent)))
        .contains(closed.toString(), "connection refused");
    var doctor = ruche.run("doctor", "--network", other);
    assertThat(doctor.code()).isEqualTo(FAILED);
    assertThat(doctor.json().toString()).contains("CHAIN_ID_MISMATCH");
  }

  @Test
  void unreachableUrlsAreRefusedBeforeTheMatch() throws Exception {
    var url = closedOrigin() + "/app.wasm";
    var app = offer("unreachable", new Publisher.Source(url, OTHER), 5);

    assertThat(text(refused("UNREACHABLE", "run", app.checksummed()))).contains(url);
    assertThat(text(refused("UNREACHABLE", "run", noop, "--input", url))).contains(url);
    refused("UNREACHABLE", "dataset", "deploy", url);
    assertThat(text(refused("FILE_UNREADABLE", "app", "deploy", "no/such/file.wasm")))
        .contains("no/such/file.wasm", "does not exist");
  }

  @Test
  void datasetWithAnotherChecksumIsRefusedOrEndsInAFailureThatIsCharged() {
    var real = content("prices");
    var dataset = dataset(new Publisher.Source(real.location(), OTHER));
    var line = List.of("run", noop, "--dataset", dataset.checksummed());

    assertThat(text(refused("CHECKSUM_MISMATCH", line.toArray(String[]::new))))
        .contains(OTHER.hex().substring(2), real.sha256().hex().substring(2));

    var me = requester.wallet().address();
    var before = market.balance(requester, me);
    var outcome = ruche.run(Stream.concat(line.stream(), Stream.of("--skip-preflight", "--watch"))
        .toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(FAILED);
    assertThat(outcome.json().at("/tasks/0/status").asText()).isEqualTo("COMPLETED");
    assertThat(market.balance(requester, me)).isEqualTo(before.minus(TokenAmount.parse("1.2")));
    var fetched = ruche.run(
        "deal",
        "results",
        outcome.json().at("/deals/0").asText(),
        "--output-dir",
        folder.resolve("failure").toString());
    assertThat(fetched.json().at("/tasks/0/failure/code").asText()).isEqualTo("CHECKSUM");
    assertThat(market.isConserved(requester)).isTrue();
  }

  @Test
  void portInUseAndDamagedStateKeepAPoolFromStarting() throws Exception {
    var pool = secondPool();
    var start = new String[] {
      "pool",
      "start",
      "--wallet",
      "app-provider",
      "--workerpool",
      pool.checksummed(),
      "--port",
      String.valueOf(market.network().market().getPort())
    };

    assertSaid(
        ruche.program(start),
        "PORT_IN_USE",
        String.valueOf(market.network().market().getPort()));

    var database = market.home().poolOf(pool).resolve("ruche.db");
    Files.writeString(database, "no database");
    Files.deleteIfExists(database.resolveSibling("ruche.db-wal"));
    assertSaid(ruche.program(start), "STORE_CORRUPT", "ruche.db");
    assertThat(database).hasContent("no database");
  }

  @Test
  void damagedJournalKeepsAWorkerFromStarting() throws Exception {
    var journal = market.home().folder().resolve("workers/faucet/attempts.jsonl");
    Files.createDirectories(journal.getParent());
    Files.writeString(journal, "garbled\nlines\n");

    // No engine is tried out meanwhile, whose folders would be in use when this one is deleted.
    var start = ruche.program("worker", "start", "--wallet", "faucet", "--containers", "never");
    assertSaid(start, "STATE_CORRUPT", "attempts.jsonl");
    assertThat(journal).hasContent("garbled\nlines\n");
  }

  @Test
  void fullDiskStopsARunBeforeAnythingIsSigned() throws Exception {
    var disk = Files.createDirectory(folder.resolve("disk"));
    var home = market.home().folder();
    // In a mount namespace of its own, so that nothing is left mounted whatever happens.
    var fill = """
        mount -t tmpfs -o size=128k tmpfs "$0" &&
          cp -r "%s"/wallets "%s"/settings.json "%s"/network.json "$0" || exit 77
        cat /dev/zero >"$0"/filler 2>"$0"/nothing
        exec "$@"
        """.formatted(home, home, home);
    var starter = List.of("unshare", "-r", "-m", "sh", "-c", fill, disk.toString());
    assumeThat(canMount(disk)).as("a disk can be mounted in a namespace").isTrue();
    var before = balances();

    var full = new CommandLine(new Home(disk));

    assertSaid(full.within(starter, "run", noop), "DISK_FAILED", "No space left");
    assertSaid(
        full.within(starter, "pool", "start", "--wallet", "app-provider", "--workerpool", noop),
        "STORE_FULL",
        "ruche.db");
    assertThat(balances()).isEqualTo(before);
  }

  private static boolean canMount(Path disk) throws Exception {
    try {
      var probe = new ProcessBuilder(
              "unshare", "-r", "-m", "mount", "-t", "tmpfs", "tmpfs", disk.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return probe.waitFor(10, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs the line and checks that it is refused in one sentence that costs nobody anything. */
  private JsonNode refused(String code, String... line) {
    var before = balances();
    var outcome = ruche.run(line);

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(FAILED);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).hasLineCount(1).doesNotContain("Exception", "\tat ");
    assertThat(outcome.error().path("code").asText()).isEqualTo(code);
    assertThat(outcome.error().path("hint").asText()).isNotEmpty();
    assertThat(balances()).as("nothing is charged by %s", Arrays.toString(line)).isEqualTo(before);
    return outcome.error();
  }

  /** What a program said that could not start: its last line, a sentence or an object. */
  private static void assertSaid(CommandLine.Outcome outcome, String code, String found) {
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(FAILED);
    assertThat(outcome.err()).doesNotContain("\tat ");
    assertThat(outcome.err().lines().toList().getLast()).contains(code, found);
  }

  private static String text(JsonNode error) {
    return error.path("message").asText() + " " + error.path("hint").asText();
  }

  /** Everybody's deposit, free and locked. */
  private List<?> balances() {
    return requester
        .hub()
        .accounts(Stream.concat(
                Stream.of(Role.values()).map(role -> role.open().address()),
                market.network().workers().stream())
            .toList());
  }

  /** An example file under a name of its own, so that its offer is one of its own too. */
  private Publisher.Source content(String name) {
    try (var provider = as(Role.APP_PROVIDER)) {
      var example = name.equals("prices") ? "failing" : "noop";
      return provider.sources().publish(market.example(example).toString());
    }
  }

  private Address offer(String name, Publisher.Source source, long volume) {
    try (var provider = as(Role.APP_PROVIDER)) {
      var terms = new Publisher.Terms(TokenAmount.parse("0.1"), volume);
      return provider.publisher().app(name, "WASM", source, terms).address();
    }
  }

  private Address dataset(Publisher.Source source) {
    try (var provider = as(Role.DATA_PROVIDER)) {
      var terms = new Publisher.Terms(TokenAmount.parse("0.1"), 100);
      return provider.publisher().dataset("forged", source, terms).address();
    }
  }

  private Address secondPool() {
    try (var owner = as(Role.APP_PROVIDER)) {
      return owner.transactions().createWorkerpool("Second pool");
    }
  }

  private RucheClient as(Role role) {
    return RucheClient.open(Connection.endpoints(market.network()), role.open());
  }

  private String network(String name, long chainId, URI rpc, URI itsMarket) {
    var here = market.network();
    var file = folder.resolve(name + ".json");
    new Network(
            chainId,
            rpc,
            here.hub(),
            here.token(),
            itsMarket,
            here.pool(),
            List.of(),
            here.mnemonic())
        .write(file);
    return file.toString();
  }

  /** An address of this machine where nothing listens. */
  private static URI closedOrigin() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }
}
