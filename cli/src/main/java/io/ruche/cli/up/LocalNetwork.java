package io.ruche.cli.up;

import io.ruche.chain.dev.Artifacts;
import io.ruche.chain.dev.DeployedContracts;
import io.ruche.chain.dev.Deployment;
import io.ruche.chain.dev.DevChainSettings;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.tx.SenderParts;
import io.ruche.chain.tx.SenderSettings;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.chain.wallet.DevelopmentKeys;
import io.ruche.chain.wallet.Wallet;
import io.ruche.cli.Installation;
import io.ruche.cli.process.OnShutdown;
import io.ruche.cli.process.ProcessRecord;
import io.ruche.cli.process.Supervisor;
import io.ruche.cli.settings.Home;
import io.ruche.cli.settings.Network;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.HubTransactions;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A whole network of one home: chain, contracts, funded wallets, server with a pool, workers.
 * Bringing up what is up already changes nothing; what is missing is started again. For one thread;
 * calls that change a home exclude each other by its lock.
 */
public final class LocalNetwork {
  /** How long a process may take to end by itself; the chain saves its state then. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final String POOL_DESCRIPTION = "Local pool";
  private static final TokenAmount OUTSIDE = TokenAmount.parse("1000");

  private final Home home;
  private final Installation installation;
  private final Consumer<String> progress;
  private final Supervisor supervisor;
  private final DevWallets wallets;

  /**
   * A home's network.
   *
   * @param progress hears one sentence per step
   */
  public LocalNetwork(Home home, Installation installation, Consumer<String> progress) {
    this.home = home;
    this.installation = installation;
    this.progress = progress;
    this.supervisor = new Supervisor(home.run());
    this.wallets = new DevWallets(home);
  }

  /**
   * Brings the network up and waits until every worker is connected. When that fails, what this
   * call started is stopped again.
   */
  public Network up(UpOptions options) {
    try (var _ = home.lock()) {
      var before = running();
      try (var _ = OnShutdown.run(() -> stopAllBut(before))) {
        return bringUp(options);
      } catch (RuntimeException e) {
        progress.accept("stopping what was started");
        stopAllBut(before);
        throw e;
      }
    }
  }

  /** Stops exactly what {@link #up} started; the chain's state and all files stay. */
  public List<ProcessRecord> down() {
    try (var _ = home.lock()) {
      var records = supervisor.records();
      var stopped = records.stream().filter(ProcessRecord::isRunning).toList();
      supervisor.stop(records.stream().filter(WorkerProcess::isWorker).toList(), GRACE);
      supervisor.stop(named(records, ServerProcess.NAME), GRACE);
      supervisor.stop(named(records, ChainProcess.NAME), GRACE);
      return stopped;
    }
  }

  public List<ProcessRecord> processes() {
    return supervisor.records();
  }

  private Network bringUp(UpOptions options) {
    wallets.ensure(options.workers());
    var rpc = chain();
    var contracts = prepare(rpc, options.workers());
    var workerpool = workerpool(rpc, contracts);
    var market = server(rpc, contracts, workerpool, options);
    var network = new Network(
        contracts.chainId(),
        rpc,
        contracts.hub(),
        contracts.token(),
        market,
        workerpool,
        workerAddresses(options.workers()),
        DevelopmentKeys.MNEMONIC.reveal());
    network.write(home.networkFile());
    workers(network, options);
    return network;
  }

  private URI chain() {
    var chain = new ChainProcess(home, installation, supervisor);
    var running = chain.running();
    if (running.isPresent()) {
      return running.get();
    }
    progress.accept("starting the chain");
    var rpc = chain.start();
    boolean hasMoved = Files.exists(home.networkFile())
        && !Network.read(home.networkFile()).rpc().equals(rpc);
    if (hasMoved) {
      progress.accept("the chain's port changed; restarting what uses it");
      stopAllBut(named(supervisor.records(), ChainProcess.NAME));
    }
    return rpc;
  }

  /** Contracts and money; both only where they are missing. */
  private DeployedContracts prepare(URI endpoint, int workers) {
    try (var faucet = Sending.as(Role.FAUCET.open(), endpoint)) {
      progress.accept("checking contracts and accounts");
      var file = home.chain().resolve("contracts.json");
      var artifacts = new Artifacts(installation.contracts().resolve("out"));
      var contracts =
          Deployment.development(faucet.rpc(), faucet.sender(), artifacts, file).run(endpoint);
      var hub = Hub.open(faucet.rpc(), contracts.hub(), contracts.chainId());
      var funding = new Funding(hub, faucet.sender());
      funding.deposits(deposits(workers));
      funding.tokens(Role.REQUESTER.open().address(), OUTSIDE);
      return contracts;
    }
  }

  private static SequencedMap<Address, TokenAmount> deposits(int workers) {
    var wanted = new LinkedHashMap<Address, TokenAmount>();
    for (var role : Role.values()) {
      wanted.put(role.open().address(), role.deposit());
    }
    workerAddresses(workers).forEach(worker -> wanted.put(worker, Role.WORKER_DEPOSIT));
    return wanted;
  }

  private Address workerpool(URI endpoint, DeployedContracts contracts) {
    try (var owner = Sending.as(Role.POOL_OWNER.open(), endpoint)) {
      var hub = Hub.open(owner.rpc(), contracts.hub(), contracts.chainId());
      return new HubTransactions(hub, owner.sender()).createWorkerpool(POOL_DESCRIPTION);
    }
  }

  private URI server(URI rpc, DeployedContracts contracts, Address workerpool, UpOptions options) {
    var server = new ServerProcess(home, installation, supervisor);
    var running = server.running();
    if (running.isPresent()) {
      return running.get();
    }
    progress.accept("starting the server");
    var wiring = new ServerProcess.Wiring(
        rpc, contracts.chainId(), contracts.hub(), contracts.startBlock(), workerpool);
    return server.start(wiring, options, wallets);
  }

  private void workers(Network network, UpOptions options) {
    var process = new WorkerProcess(home, installation, supervisor);
    supervisor.stop(surplus(options.workers()), GRACE);
    var missing = IntStream.rangeClosed(1, options.workers())
        .filter(number -> !process.isRunning(number))
        .boxed()
        .toList();
    if (!missing.isEmpty()) {
      progress.accept("starting %d workers".formatted(missing.size()));
    }
    var started = new ArrayList<ProcessRecord>();
    missing.forEach(number -> started.add(process.start(number, network, options, wallets)));
    var connected = new ConnectedWorkers(network.market());
    for (int number = 1; number <= options.workers(); number++) {
      var address = Role.worker(number).address();
      var record = supervisor.find(WorkerProcess.name(number)).orElseThrow();
      Waiting.until(record, CONNECT_LIMIT, () -> connected.find(address));
    }
  }

  private List<ProcessRecord> surplus(int wanted) {
    var kept = IntStream.rangeClosed(1, wanted).mapToObj(WorkerProcess::name).toList();
    return supervisor.records().stream()
        .filter(WorkerProcess::isWorker)
        .filter(record -> !kept.contains(record.name()))
        .toList();
  }

  private static List<Address> workerAddresses(int workers) {
    return IntStream.rangeClosed(1, workers)
        .mapToObj(number -> Role.worker(number).address())
        .toList();
  }

  private List<ProcessRecord> running() {
    return supervisor.records().stream().filter(ProcessRecord::isRunning).toList();
  }

  private void stopAllBut(List<ProcessRecord> kept) {
    supervisor.stop(
        supervisor.records().stream().filter(record -> !kept.contains(record)).toList(), GRACE);
  }

  private static List<ProcessRecord> named(List<ProcessRecord> records, String name) {
    return records.stream().filter(record -> record.name().equals(name)).toList();
  }

  /** One wallet's sender on a development chain, for the time of a step. */
  private record Sending(Rpc rpc, BlockFeed feed, TransactionSender sender)
      implements AutoCloseable {
    static Sending as(Wallet wallet, URI endpoint) {
      var rpc = Rpc.open(endpoint.toString());
      var feed = BlockFeed.start(rpc, POLL);
      var parts = SenderParts.of(
          rpc, feed, wallet, DevChainSettings.CHAIN_ID, SenderSettings.development());
      return new Sending(rpc, feed, TransactionSender.start(parts));
    }

    @Override
    public void close() {
      sender.close();
      feed.close();
      rpc.close();
    }
  }

  /** The home's network as it was last brought up; empty when it never was. */
  public Optional<Network> network() {
    try {
      return Optional.of(Network.read(home.networkFile()));
    } catch (RucheException e) {
      if (e.code().equals("NETWORK_UNKNOWN")) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
