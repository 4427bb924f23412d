package io.ruche.cli.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.ProgressBar;
import io.ruche.cli.settings.Network;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.sdk.RucheClient;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
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

  @Override
  public Integer call() throws InterruptedException {
    if (!name.matches("[a-z][a-z0-9-]{0,30}")) {
      throw usage(
          "expected --name of small letters, digits and hyphens, found %s.".formatted(name));
    }
    var asked = PoolTerms.ask(pool);
    var joinTerms = new JoinTerms(session, pool, rpc, hub);
    var endpoints = joinTerms.endpoints(asked);
    var terms = joinTerms.terms(asked, endpoints);
    var wallet = JoinWallet.take(session, name);
    announce(wallet);
    var folder =
        session.home().ensure(session.home().folder().resolve("workers").resolve(name));
    var joining = new Joining(asked, endpoints, terms, wallet, folder, new WorkerFile(folder));
    writeNetwork(joining);
    measure(joining);
    joining.file().merge(settings(joining));
    var missing = missing(joining);
    var start = new JoinStart(session, name);
    if (!missing.isEmpty()) {
      missing.forEach(session::note);
      session.note("Then say `ruche worker join %s` again.".formatted(pool));
      start.answer(joining, "not funded");
      return ExitCode.PENDING;
    }
    return isService ? start.installService(joining) : start.start(joining, isDetached);
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
        new ProgressBar(session.printer(), "measuring this machine")::show,
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

  private static RucheException usage(String message) {
    return new RucheException("USAGE", message, "See `ruche worker join --help`.", false);
  }
}
