package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.chain.dev.AnvilBinary;
import io.ruche.chain.dev.DevChain;
import io.ruche.chain.dev.DevChainSettings;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.wallet.Keystore;
import io.ruche.chain.wallet.Secret;
import io.ruche.chain.wallet.Wallet;
import io.ruche.chain.wallet.WalletFolder;
import io.ruche.cli.Connection;
import io.ruche.cli.Installation;
import io.ruche.cli.settings.Home;
import io.ruche.cli.settings.Network;
import io.ruche.cli.up.Role;
import io.ruche.core.Address;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.RucheClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub that others wrote and deployed, named in a network file: our pool, workers and commands
 * work on it as on ours.
 */
class PeerHubE2E {
  private static final Secret PASSWORD = Secret.of("public knowledge");
  private static final URI NO_MARKET_YET = URI.create("http://127.0.0.1:1");
  private static final long STOP_SECONDS = 30;
  private static final int WORKERS = 2;

  /** With a score of 12 one vote would suffice. */
  private static final int FIRST_VOTES = 6;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final List<Process> processes = new ArrayList<>();
  private DevChain chain;
  private Path networkFile;
  private CommandLine ruche;

  @BeforeEach
  void deploy() throws IOException, InterruptedException {
    var peer = PeerPackage.fetched();
    var anvil = AnvilBinary.require(Installation.current().contracts());
    chain = DevChain.start(DevChainSettings.of(anvil, folder.resolve("chain")));
    var wallet = Role.FAUCET.open();
    try (var rpc = Rpc.open(chain.rpc().toString());
        var hub = new PeerHub(peer, rpc, DevChainSettings.CHAIN_ID, wallet)) {
      var place = hub.deploy();
      networkFile = folder.resolve("peer.json");
      new Network(
              DevChainSettings.CHAIN_ID,
              chain.rpc(),
              place.hub(),
              place.token(),
              NO_MARKET_YET,
              Address.ZERO,
              List.of(),
              "")
          .write(networkFile);
    }
    openWallets();
  }

  @AfterEach
  void close() throws InterruptedException {
    try {
      stopAll();
    } finally {
      if (chain != null) {
        chain.kill();
      }
    }
  }

  @Test
  void depositResultRefundAndWithdrawalOnTheHubOfOthers() throws InterruptedException {
    wallets().keySet().forEach(this::deposit);
    startPool();
    for (int number = 1; number <= WORKERS; number++) {
      startWorker("worker-" + number);
    }
    var app = deploy("app-provider", "app", "noop/build/noop.wasm");

    assertCertifiedResults(app);
    assertFree("97.9");
    assertSettledByItsWorker(app);
    assertFree("97.3");
    assertRefund(app);
    assertFree("97.3");

    call("account", "withdraw", "97.3");
    assertThat(call("account", "show").json().path("outside").asText()).isEqualTo("97.3");
  }

  @Test
  void machinesOfAnAccountAreOneWorkerOnTheHubOfOthers() throws IOException {
    var owner = Role.DATA_PROVIDER.wallet();
    var machines = List.of("worker-1", "worker-2");
    for (var role : List.of(Role.POOL_OWNER, Role.REQUESTER, Role.APP_PROVIDER)) {
      deposit(role.wallet());
    }
    deposit(owner);
    startPool();
    var account = accountOf(owner, machines);
    for (var machine : machines) {
      startWorker(machine, "--account", account);
    }
    startWorker(Role.APP_PROVIDER.wallet());
    var app = deploy(Role.APP_PROVIDER.wallet(), "app", "noop/build/noop.wasm");

    for (var machine : machines) {
      Marketplace.await(
          machine + " to be there", () -> log(machine).contains("pool connected") ? true : null);
    }
    assertVotes(app, "first", account, FIRST_VOTES);
    for (var machine : machines) {
      assertThat(log(machine)).as(machine).contains("contribution mined");
    }
    var kept =
        documented(owner, "show", account, addressOf(machines.getFirst())).json();
    assertThat(kept.at("/machines/0/isListed").asBoolean()).isTrue();
    assertThat(kept.path("score").asLong()).isEqualTo(FIRST_VOTES);
    assertThat(kept.path("locked").asText()).isEqualTo("0");
    assertThat(TokenAmount.parse(kept.path("free").asText()))
        .isGreaterThan(TokenAmount.parse("50"));

    documented(owner, "revoke", account, addressOf(machines.getFirst()));
    Marketplace.await(
        "the pool to send the revoked machine away",
        () -> log(machines.getFirst()).contains("MACHINE_NOT_LISTED") ? true : null);
    assertVotes(app, "second", account, 2);

    var paid = documented(owner, "withdraw", account, "");
    assertThat(paid.json().path("locked").asText()).isEqualTo("0");
  }

  private String accountOf(String owner, List<String> machines) throws IOException {
    var account = documented(owner, "create", "", "").json().path("address").asText();
    documented(owner, "fund", account, "");
    for (var machine : machines) {
      callAs(machine, poolNetwork(), "account", "fund", "--tokens", "0");
      documented(owner, "allow", account, addressOf(machine));
    }
    return account;
  }

  /** Runs the command as docs/worker.md has it. */
  private CommandLine.Outcome documented(String owner, String verb, String account, String machine)
      throws IOException {
    var page = Files.readString(Installation.current().root().resolve("docs/worker.md"));
    var start = "    ruche worker account " + verb;
    var line = page.lines()
        .filter(text -> text.startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("docs/worker.md does not show " + start));
    var words = line.replaceFirst("#.*", "")
        .replaceFirst("ruche", "")
        .replace("ACCOUNT", account)
        .replace("MACHINE", machine)
        .strip();
    return callAs(owner, poolNetwork(), words.split(" +", -1));
  }

  private static String addressOf(String wallet) {
    return wallets().get(wallet).address().checksummed();
  }

  /** Each task is voted by the account, whichever of its machines ran it, and by the wallet. */
  private void assertVotes(String app, String name, String account, int tasks) {
    var target = folder.resolve(name).toString();
    var run = call(
        "run", app, "--tasks", Integer.toString(tasks), "--trust", "3", "--output-dir", target);

    assertThat(run.json().at("/counts/verified").asInt()).as(run.out()).isEqualTo(tasks);
    for (var task : run.json().path("tasks")) {
      assertThat(task.path("workers").valueStream().map(worker -> worker.asText()))
          .containsExactlyInAnyOrder(account, addressOf(Role.APP_PROVIDER.wallet()));
    }
  }

  private String log(String wallet) {
    try {
      return Files.readString(folder.resolve(wallet + ".log"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A task of trust 1 locks no stake of its worker, and needs no reveal and no finalize. */
  private void assertSettledByItsWorker(String app) {
    var target = folder.resolve("alone").toString();
    var run = call("run", app, "--output-dir", target);

    assertThat(run.json().at("/counts/verified").asInt()).as(run.out()).isEqualTo(1);
    assertThat(run.json().at("/tasks/0/workers")).hasSize(1);
  }

  /** Three tasks on a dataset, each voted by two workers, at 0.5 + 0.1 + 0.1. */
  private void assertCertifiedResults(String app) {
    var data = deploy("data-provider", "dataset", "risk-analysis/build/sp500-2000.csv");
    var target = folder.resolve("out").toString();
    var run =
        call("run", app, "--dataset", data, "--tasks", "3", "--trust", "3", "--output-dir", target);

    assertThat(run.json().at("/counts/verified").asInt()).as(run.out()).isEqualTo(3);
    assertThat(run.json().at("/quote/total").asText()).isEqualTo("2.1");
    assertThat(run.json().at("/tasks/0/workers")).hasSize(WORKERS);
  }

  /** A task that a pool sold and left undone is claimed. */
  private void assertRefund(String app) throws InterruptedException {
    stopAllButThePool();
    var deal = call("run", app).json().at("/deals/0").asText();
    stopAll();
    try (var client = RucheClient.open(endpoints(), Role.REQUESTER.open())) {
      var category = client.view().category(0).orElseThrow();
      client.hub().rpc().read("evm_increaseTime", category.finalTime().toSeconds() + 1);
      client.hub().rpc().read("evm_mine");
    }

    assertThat(call("deal", "claim", deal).json().path("claimed")).hasSize(1);
  }

  /** The requester has this, nothing of it locked; the hub holds just what everybody has in it. */
  private void assertFree(String tokens) {
    try (var client = RucheClient.open(endpoints(), Role.REQUESTER.open())) {
      var account = client.view().account(client.wallet().address());
      assertThat(account.locked()).isEqualTo(TokenAmount.ZERO);
      assertThat(account.free()).isEqualTo(TokenAmount.parse(tokens));

      var holders = new ArrayList<>(List.of(Marketplace.KITTY));
      wallets().values().forEach(wallet -> holders.add(wallet.address()));
      var sum = client.hub().accounts(holders).stream()
          .map(one -> one.free().plus(one.locked()))
          .reduce(TokenAmount.ZERO, TokenAmount::plus);
      assertThat(sum).isEqualTo(client.hub().tokenBalance(client.hub().address()));
    }
  }

  private RucheClient.Endpoints endpoints() {
    return Connection.endpoints(Network.read(poolNetwork()));
  }

  private static Map<String, Wallet> wallets() {
    var wallets = new LinkedHashMap<String, Wallet>();
    for (var role :
        List.of(Role.POOL_OWNER, Role.REQUESTER, Role.APP_PROVIDER, Role.DATA_PROVIDER)) {
      wallets.put(role.wallet(), role.open());
    }
    for (int number = 1; number <= WORKERS; number++) {
      wallets.put("worker-" + number, Role.worker(number));
    }
    return wallets;
  }

  private void openWallets() throws IOException {
    var home = new Home(folder.resolve("home"));
    ruche = new CommandLine(home);
    Files.writeString(home.developmentPassword(), PASSWORD.reveal() + "\n");
    wallets()
        .forEach((name, wallet) ->
            new WalletFolder(home.wallets()).save(name, wallet, PASSWORD, Keystore.Cost.LIGHT));
  }

  private void deposit(String wallet) {
    callAs(wallet, networkFile, "account", "fund", "--tokens", "100");
    callAs(wallet, networkFile, "account", "deposit", "100");
  }

  private void startPool() {
    var pool = callAs("pool", networkFile, "workerpool", "deploy", "--description", "Ours")
        .json()
        .path("address")
        .asText();
    var process = start(
        "pool",
        networkFile,
        "pool",
        "start",
        "--workerpool",
        pool,
        "--price",
        "0.5",
        "--endpoints",
        poolNetwork().toString());
    Marketplace.await("the pool", () -> isReady(process));
  }

  private @Nullable Boolean isReady(Process pool) {
    if (!pool.isAlive()) {
      throw new AssertionError("the pool ended with " + pool.exitValue());
    }
    return Files.exists(poolNetwork()) ? true : null;
  }

  private Path poolNetwork() {
    return folder.resolve("pool.json");
  }

  private void startWorker(String wallet, String... more) {
    var words = new ArrayList<>(List.of("worker", "start", "--slots", "1"));
    words.addAll(List.of("--containers", "never"));
    words.addAll(List.of(more));
    start(wallet, poolNetwork(), words.toArray(String[]::new));
  }

  private void stopAllButThePool() throws InterruptedException {
    while (processes.size() > 1) {
      stop(processes.removeLast());
    }
  }

  private void stopAll() throws InterruptedException {
    while (!processes.isEmpty()) {
      stop(processes.removeLast());
    }
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private Process start(String wallet, Path network, String... arguments) {
    var line = line(wallet, network, arguments);
    var process = ruche.start(folder.resolve(wallet + ".log"), line);
    processes.add(process);
    return process;
  }

  /** Offers an example's file and returns its address. */
  private String deploy(String wallet, String what, String example) {
    var file = Installation.current().examples().resolve(example).toString();
    var offered = callAs(wallet, poolNetwork(), what, "deploy", file, "--price", "0.1");
    return offered.json().path("address").asText();
  }

  private CommandLine.Outcome call(String... arguments) {
    return callAs(Role.REQUESTER.wallet(), poolNetwork(), arguments);
  }

  private CommandLine.Outcome callAs(String wallet, Path network, String... arguments) {
    var outcome = ruche.run(line(wallet, network, arguments));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome;
  }

  private static String[] line(String wallet, Path network, String... arguments) {
    var line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--wallet", wallet, "--network", network.toString()));
    return line.toArray(String[]::new);
  }
}
