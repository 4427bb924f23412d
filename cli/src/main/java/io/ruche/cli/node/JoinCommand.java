package io.ruche.cli.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.agent.AgentLauncher;
import io.ruche.agent.availability.StatusFile;
import io.ruche.chain.wallet.Wallet;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import io.ruche.cli.process.Launch;
import io.ruche.cli.process.Supervisor;
import io.ruche.cli.settings.Network;
import io.ruche.cli.up.ConnectedWorkers;
import io.ruche.cli.up.Waiting;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.sdk.RucheClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** From a pool's address to a worker that earns; said again, it changes only what is missing. */
@Command(
    name = "join",
    description = {
      "Sell this machine's idle time to a pool: creates a wallet, measures, joins, works.",
      "Saying it again changes only what is missing; what you added to worker.json stays."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche worker join https://pool.example.org --rpc https://node.example.org",
      "  ruche worker join https://pool.example.org --availability \"idle 10m; mains\" --detach"
    })
public final class JoinCommand implements Callable<Integer> {
  /** Not the prefix of {@code ruche up}, whose workers end with their market. */
  static final String PROCESS_PREFIX = "joined-";

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);

  private final Session session;

  @Parameters(paramLabel = "URL", description = "Origin of the pool, as its operator gave it.")
  URI pool = URI.create("http://localhost");

  @Option(
      names = "--rpc",
      paramLabel = "URL",
      description = "Chain node to trust (default on development chains: the one the pool names).")
  @Nullable
  URI rpc;

  @Option(names = "--hub", paramLabel = "ADDRESS", description = "Refuse a pool of any other hub.")
  @Nullable
  Address hub;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "worker",
      description = "Name of the worker and its wallet (default: ${DEFAULT-VALUE}).")
  String name = "";

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "Tasks at once (default: the number of processors).")
  @Nullable
  Integer slots;

  @Option(
      names = "--memory-mib",
      paramLabel = "MIB",
      description = "Most memory of a task (default: 512).")
  @Nullable
  Integer memoryMiB;

  @Option(
      names = "--availability",
      paramLabel = "RULE",
      description = "When this machine may work, such as \"idle 10m; mains\".")
  @Nullable
  String availability;

  @Option(
      names = "--containers",
      paramLabel = "ENGINE",
      description = "For images: where-possible (default), podman, docker or never.")
  @Nullable
  String containers;

  @Option(
      names = "--wasm-engine",
      paramLabel = "ENGINE",
      description = "For modules: where-possible (default), chicory or wasmtime.")
  @Nullable
  String wasmEngine;

  @Option(names = "--no-measure", description = "Leave the measurement out.")
  boolean isUnmeasured;

  @Option(names = "--detach", description = "Leave it running in the background.")
  boolean isDetached;

  @Option(names = "--systemd", description = "Do not start it; write a systemd unit for it.")
  boolean isService;

  public JoinCommand(Session session) {
    this.session = session;
  }

  /** What the steps below find out. */
  private record Joining(
      PoolTerms pool,
      RucheClient.Endpoints endpoints,
      JoinFunds.Terms terms,
      JoinWallet wallet,
      Path folder,
      WorkerFile file) {
    Address worker() {
      return wallet.wallet().address();
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!name.matches("[a-z][a-z0-9-]{0,30}")) {
      throw usage(
          "expected --name of small letters, digits and hyphens, found %s.".formatted(name));
    }
    var asked = PoolTerms.ask(pool);
    var endpoints = endpoints(asked);
    var terms = terms(asked, endpoints);
    var wallet = JoinWallet.take(session, name);
    announce(wallet);
    var folder =
        session.home().ensure(session.home().folder().resolve("workers").resolve(name));
    var joining = new Joining(asked, endpoints, terms, wallet, folder, new WorkerFile(folder));
    writeNetwork(joining);
    measure(joining);
    joining.file().merge(settings(joining));
    var missing = missing(joining);
    if (!missing.isEmpty()) {
      missing.forEach(session::note);
      session.note("Then say `ruche worker join %s` again.".formatted(pool));
      answer(joining, "not funded");
      return ExitCode.PENDING;
    }
    return isService ? installService(joining) : start(joining);
  }

  private RucheClient.Endpoints endpoints(PoolTerms asked) {
    if (hub != null && !hub.equals(asked.hub())) {
      throw new RucheException(
          "HUB_UNEXPECTED",
          "expected a pool of hub %s, found one of %s."
              .formatted(hub.checksummed(), asked.hub().checksummed()),
          "Ask the pool's operator; do not join a hub that you do not know.",
          false);
    }
    var advised = asked.rpc();
    var chosen = Objects.requireNonNullElse(rpc, Objects.requireNonNullElse(advised, pool));
    var endpoints = new RucheClient.Endpoints(asked.chainId(), chosen, asked.hub(), asked.origin());
    if (rpc == null && (advised == null || !endpoints.isDevelopment())) {
      throw new RucheException(
          "RPC_NEEDED",
          "the pool works on chain %d, and a node for it must be chosen by you.%s"
              .formatted(
                  asked.chainId(),
                  advised == null ? "" : " The pool advises %s.".formatted(advised)),
          "Name one that you trust with --rpc: a node that lies could cost the stake.",
          false);
    }
    return endpoints;
  }

  /** From the chain, which also shows that node, hub and pool belong together. */
  private JoinFunds.Terms terms(PoolTerms asked, RucheClient.Endpoints endpoints) {
    try (var client = RucheClient.open(endpoints, Wallet.random())) {
      var workerpool = client
          .view()
          .workerpool(asked.workerpool())
          .orElseThrow(() -> new RucheException(
              "WORKERPOOL_UNKNOWN",
              "no workerpool is registered at %s on hub %s."
                  .formatted(asked.workerpool().checksummed(), asked.hub().checksummed()),
              "The server at %s says otherwise; do not join it.".formatted(pool),
              false));
      var terms = JoinFunds.Terms.of(workerpool, client.market().ordersOfPool(asked.workerpool()));
      session.note("Pool %s on chain %d, hub %s: %s."
          .formatted(
              asked.workerpool().checksummed(),
              asked.chainId(),
              asked.hub().checksummed(),
              workerpool.description()));
      session.note(("It sells tasks for up to %s RUC (%d offers); workers get %d %% of that,"
              + " and stake %s RUC for each task under way.")
          .formatted(terms.dearest(), terms.offers(), terms.workerShare(), terms.stake()));
      return terms;
    }
  }

  private void announce(JoinWallet wallet) {
    if (wallet.isNew()) {
      session.note("A wallet was created: %s, key %s, password %s. Keep copies of both files."
          .formatted(
              wallet.wallet().address().checksummed(), wallet.keyFile(), wallet.passwordFile()));
    }
  }

  /** Other commands find the network then; one that is there already is left alone. */
  private void writeNetwork(Joining joining) {
    var file = session.home().networkFile();
    if (!Files.exists(file)) {
      try (var client = RucheClient.open(joining.endpoints(), joining.wallet().wallet())) {
        new Network(
                joining.endpoints().chainId(),
                joining.endpoints().rpc(),
                joining.endpoints().hub(),
                client.hub().token(),
                joining.endpoints().market(),
                joining.pool().workerpool(),
                List.of(),
                "")
            .write(file);
      }
    }
  }

  private void measure(Joining joining) throws InterruptedException {
    var file = joining.folder().resolve(MachineFile.NAME);
    if (isUnmeasured || Files.exists(file)) {
      return;
    }
    var figures = MachineFigures.measure(
        joining.folder(),
        pool,
        new ProgressBar(session, "measuring this machine")::show,
        session.clock().instant());
    MachineFile.write(file, figures);
    figures.fields().forPipe().forEach(line -> session.note(line.replace("\t", ": ")));
  }

  private ObjectNode settings(Joining joining) {
    var json = joining.file().read().objectNode();
    json.put("pool", joining.pool().origin().toString())
        .put("rpc", joining.endpoints().rpc().toString())
        .put("chainId", joining.endpoints().chainId())
        .put("hub", joining.endpoints().hub().checksummed())
        .put("workerpool", joining.pool().workerpool().checksummed())
        .put("keystore", joining.wallet().keyFile().toString())
        .put("passwordFile", joining.wallet().passwordFile().toString())
        .put("home", joining.folder().toString())
        .put("ipfsGateways", joining.pool().origin().toString());
    if (joining.endpoints().isDevelopment()) {
      json.put("allowPrivateAddresses", true).put("allowFileUrls", true);
    }
    if (slots != null) {
      json.put("slots", slots);
    }
    if (memoryMiB != null) {
      json.put("memoryMiB", memoryMiB);
    }
    if (availability != null) {
      json.put("availability", availability);
    }
    if (containers != null) {
      json.put("containers", containers);
    }
    if (wasmEngine != null) {
      json.put("wasmEngine", wasmEngine);
    }
    return json;
  }

  private List<String> missing(Joining joining) {
    int wanted = joining.file().read().path("slots").asInt(0);
    int tasks = wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors();
    try (var client = RucheClient.open(joining.endpoints(), joining.wallet().wallet())) {
      var funds = new JoinFunds(client, joining.endpoints());
      if (joining.endpoints().isDevelopment()) {
        funds.fillUp(joining.terms(), tasks);
      }
      return funds.missing(joining.terms(), tasks);
    }
  }

  private int start(Joining joining) {
    var connected = new ConnectedWorkers(joining.pool().origin());
    boolean isRunning = new StatusFile(joining.folder())
        .read()
        .filter(status -> status.process().isAlive())
        .isPresent();
    if (isRunning) {
      session.note("The worker runs already.");
      answer(joining, "running");
      return ExitCode.OK;
    }
    var command = command(joining.file());
    if (!isDetached) {
      return new Foreground(command, Map.of(), joining.folder())
          .run(() -> connected.find(joining.worker()).isPresent(), () -> connected(joining));
    }
    var home = session.home();
    var process = new Supervisor(home.ensure(home.run()))
        .start(new Launch(
            PROCESS_PREFIX + name,
            command,
            Map.of(),
            joining.folder(),
            home.ensure(home.logs()).resolve(PROCESS_PREFIX + name + ".log")));
    Waiting.until(process, CONNECT_LIMIT, () -> connected.find(joining.worker()));
    connected(joining);
    session.note("It runs in the background; `ruche worker stop %s` ends it.".formatted(name));
    return ExitCode.OK;
  }

  private void connected(Joining joining) {
    session.note("Connected: this machine is offered work from now on.");
    answer(joining, "connected");
  }

  private int installService(Joining joining) {
    var unit = new ServiceUnit(name, command(joining.file()), session.home().folder());
    var file = unit.install(Path.of(System.getProperty("user.home")));
    session.note(
        "The unit is %s. These two commands let it start now and at each boot:".formatted(file));
    unit.enabling().forEach(line -> session.note("  " + line));
    answer(joining, "installed");
    return ExitCode.OK;
  }

  static List<String> command(WorkerFile file) {
    var installation = Installation.current();
    return new ArrayList<>(AgentLauncher.command(
        installation.java(),
        installation.agentClasspath(),
        List.of("--settings=" + file.path().toAbsolutePath())));
  }

  private void answer(Joining joining, String state) {
    var worker = joining.worker().checksummed();
    var json = joining.file().read().objectNode();
    json.put("worker", worker)
        .put("name", name)
        .put("state", state)
        .put("pool", joining.pool().workerpool().checksummed())
        .put("stakePerTask", joining.terms().stake().toString())
        .put("settings", joining.file().path().toString());
    session.answer(new Answer(
        json,
        List.of(Fields.of(
            Fields.field("worker", worker),
            Fields.field("state", state),
            Fields.field("settings", joining.file().path()))),
        List.of(worker)));
  }

  private static RucheException usage(String message) {
    return new RucheException("USAGE", message, "See `ruche worker join --help`.", false);
  }
}
