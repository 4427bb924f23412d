package io.ruche.cli.node;

import io.ruche.agent.AgentLauncher;
import io.ruche.cli.Connection;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.cli.wallet.Wallets;
import java.net.URI;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a worker. */
@Command(
    name = "worker",
    description = "Run a worker that sells this machine's time to a pool.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche worker start --wallet bob      join the pool of the network file",
      "  ruche worker start --pool https://pool.example.org --slots 2"
    })
public final class WorkerCommand {
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
          boolean allowsPrivate) {
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
    var installation = Installation.current();
    var command = AgentLauncher.command(installation.java(), installation.classpath(), arguments);
    return new Foreground(command, key.environment("RUCHE_PASSWORD"), folder).run();
  }
}
