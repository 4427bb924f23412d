package io.ruche.cli.node;

import io.ruche.agent.AgentLauncher;
import io.ruche.cli.Connection;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.cli.wallet.Wallets;
import io.ruche.core.Address;
import io.ruche.worker.availability.OwnerWord;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a worker. */
@Command(
    name = "worker",
    description = "Run a worker that sells this machine's time to a pool.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche worker join https://pool.example.org      create a wallet, measure, join, work",
      "  ruche worker pause                              rest until `ruche worker resume`"
    })
public final class WorkerCommand {
  private static final String NAMED = "Folder name under workers/ in the home (default: all).";

  private final Session session;

  public WorkerCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "start",
      description = {
        "Run a worker in the foreground until it is told to stop.",
        "It dials out only; its wallet signs in, stakes and is paid."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche worker start --wallet bob      join the pool of the network file",
        "  ruche worker start --pool https://pool.example.org --slots 2"
      })
  int start(
      @Option(
              names = "--pool",
              paramLabel = "URL",
              description = "Origin of the pool (default: the network's market).")
          @Nullable
          URI pool,
      @Option(
              names = "--account",
              paramLabel = "ADDRESS",
              description = "Worker account that lists the wallet (default: work for the wallet).")
          @Nullable
          Address account,
      @Option(
              names = "--slots",
              paramLabel = "N",
              defaultValue = "0",
              description = "Tasks at once; 0 takes the number of processors.")
          int slots,
      @Option(
              names = "--memory-mib",
              paramLabel = "MIB",
              defaultValue = "512",
              description = "Most memory of a task (default: ${DEFAULT-VALUE}).")
          int memoryMiB,
      @Option(
              names = "--allow-private-addresses",
              description = "Fetch data from private networks and loopback too.")
          boolean allowsPrivate,
      @Option(
              names = "--availability",
              paramLabel = "RULE",
              description = "When this machine may work, such as \"idle 10m; mains\".")
          @Nullable
          String availability,
      @Option(
              names = "--containers",
              paramLabel = "ENGINE",
              description = "For images: where-possible (default), podman, docker or never.")
          @Nullable
          String containers,
      @Option(
              names = "--wasm-engine",
              paramLabel = "ENGINE",
              description = "For modules: where-possible (default), chicory or wasmtime.")
          @Nullable
          String wasmEngine,
      @Option(
              names = "--settings",
              paramLabel = "FILE",
              description = "More settings of the worker; availability is read again on a change.")
          @Nullable
          Path settings) {
    var network = session.network();
    var key = new Wallets(session).keyForProcess();
    var folder = session.home().create().folder().resolve("workers").resolve(key.name());
    var arguments = new ArrayList<String>();
    arguments.add("--pool=" + Objects.requireNonNullElse(pool, network.market()));
    arguments.add("--rpc=" + network.rpc());
    arguments.add("--chain-id=" + network.chainId());
    arguments.add("--hub=" + network.hub());
    arguments.add("--keystore=" + key.file());
    arguments.add("--home=" + folder);
    arguments.add("--slots=" + slots);
    arguments.add("--memory-mib=" + memoryMiB);
    arguments.add("--ipfs-gateways=" + network.market());
    boolean isDevelopment = Connection.endpoints(network).isDevelopment();
    if (allowsPrivate || isDevelopment) {
      arguments.add("--allow-private-addresses");
    }
    if (isDevelopment) {
      arguments.add("--allow-file-urls");
    }
    addGiven("--account", account, arguments);
    addGiven("--availability", availability, arguments);
    addGiven("--containers", containers, arguments);
    addGiven("--wasm-engine", wasmEngine, arguments);
    addGiven("--settings", settings, arguments);
    var installation = Installation.current();
    var command =
        AgentLauncher.command(installation.java(), installation.agentClasspath(), arguments);
    return new Foreground(command, key.environment("RUCHE_PASSWORD"), folder).run();
  }

  private static void addGiven(String flag, @Nullable Object value, List<String> arguments) {
    if (value != null) {
      arguments.add(flag + "=" + value);
    }
  }

  @Command(
      name = "pause",
      description = {
        "Let the workers of this home rest: no new work, runs stand still and are handed back later.",
        "Holds until `ruche worker resume`, over restarts too."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche worker pause           every worker of this home",
        "  ruche worker pause 2         that one alone"
      })
  int pause(
      @Parameters(arity = "0..1", paramLabel = "WORKER", description = NAMED) @Nullable
          String name) {
    return new WorkerControl(session).say(OwnerWord.PAUSE, name);
  }

  @Command(
      name = "drain",
      description = {
        "Let the workers of this home run dry: no new work, what runs is finished.",
        "Holds until `ruche worker resume`, over restarts too."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche worker drain           before a restart of this machine",
        "  ruche worker drain bob       that one alone"
      })
  int drain(
      @Parameters(arity = "0..1", paramLabel = "WORKER", description = NAMED) @Nullable
          String name) {
    return new WorkerControl(session).say(OwnerWord.DRAIN, name);
  }

  @Command(
      name = "resume",
      description = {"Let the workers of this home work again, as their availability rule says."},
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche worker resume          every worker of this home",
        "  ruche worker resume 2        that one alone"
      })
  int resume(
      @Parameters(arity = "0..1", paramLabel = "WORKER", description = NAMED) @Nullable
          String name) {
    return new WorkerControl(session).say(OwnerWord.WORK, name);
  }

  @Command(
      name = "stop",
      description = {"End workers that `ruche worker join --detach` left in the background."},
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche worker stop            every worker that joined from this home",
        "  ruche worker stop bob        that one alone"
      })
  int stop(
      @Parameters(arity = "0..1", paramLabel = "WORKER", description = NAMED) @Nullable
          String name) {
    return new WorkerControl(session).stop(name);
  }

  @Command(
      name = "status",
      description = {"Show whether the workers of this home work."},
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche worker status          a line per worker",
        "  ruche worker status --output json"
      })
  int status(
      @Parameters(arity = "0..1", paramLabel = "WORKER", description = NAMED) @Nullable
          String name) {
    return new WorkerControl(session).status(name);
  }

  @Command(
      name = "why-idle",
      description = {"Show each reason why a worker does not work, and what would change it."},
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche worker why-idle        all reasons of all workers",
        "  ruche worker why-idle 2 --output json"
      })
  int whyIdle(
      @Parameters(arity = "0..1", paramLabel = "WORKER", description = NAMED) @Nullable
          String name) {
    return new WorkerControl(session).whyIdle(name);
  }

  @Command(
      name = "why-no-work",
      description = {
        "Show each reason why a worker gets no work: of the machine, the pool and the chain."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche worker why-no-work     all reasons of all workers",
        "  ruche worker why-no-work worker --output json"
      })
  int whyNoWork(
      @Parameters(arity = "0..1", paramLabel = "WORKER", description = NAMED) @Nullable
          String name) {
    return new WorkerControl(session).whyNoWork(name);
  }
}
