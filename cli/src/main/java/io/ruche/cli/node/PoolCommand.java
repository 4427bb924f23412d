package io.ruche.cli.node;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.cli.Connection;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.cli.order.AudienceOptions;
import io.ruche.cli.settings.Network;
import io.ruche.cli.up.ServerCommandLine;
import io.ruche.cli.wallet.Wallets;
import io.ruche.core.Address;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.Audience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a pool's server. */
@Command(
    name = "pool",
    description = "Run a workerpool: its scheduler, order board and data store; and ask it why.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche pool start --workerpool 0xba05..E08A --price 2 --wallet pool",
      "  ruche pool start --workerpool 0xba05..E08A --port 8080 --endpoints pool.json",
      "  ruche pool explain                   why tasks wait and workers idle"
    })
public final class PoolCommand {
  private static final JsonMapper JSON = new JsonMapper();

  private final Session session;

  public PoolCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "start",
      description = {
        "Run the server in the foreground until it is told to stop.",
        "The wallet must own the workerpool; see `ruche workerpool deploy`."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche pool start --workerpool 0xba05..E08A --price 2 --wallet pool",
        "  ruche pool start --workerpool 0xba05..E08A --port 8080 --endpoints pool.json"
      })
  int start(
      @Option(
              names = "--workerpool",
              paramLabel = "ADDRESS",
              required = true,
              description = "The pool to run.")
          Address workerpool,
      @Option(
              names = "--price",
              paramLabel = "RUC",
              description = "Publish orders at this price (default: publish none).")
          @Nullable
          TokenAmount price,
      @Option(
              names = "--category",
              paramLabel = "IDS",
              defaultValue = "0,1,2,3,4",
              description = "Categories of those orders (default: ${DEFAULT-VALUE}).")
          String categories,
      @Option(
              names = "--trust",
              paramLabel = "N",
              defaultValue = "16",
              description = "Highest trust of those orders (default: ${DEFAULT-VALUE}).")
          long trust,
      @Option(
              names = "--port",
              paramLabel = "PORT",
              defaultValue = "0",
              description = "Loopback port; 0 takes a free one (default: ${DEFAULT-VALUE}).")
          int port,
      @Option(
              names = "--from-block",
              paramLabel = "N",
              defaultValue = "0",
              description = "Block of the hub's deployment (default: ${DEFAULT-VALUE}).")
          long fromBlock,
      @Option(
              names = "--release",
              paramLabel = "WHEN",
              defaultValue = "after-result",
              description = {
                "When workers may contribute: after-result, with-work, after-commit;",
                "or what decides at trust 1: credibility, adaptive",
                "(default: ${DEFAULT-VALUE})."
              })
          String release,
      @Option(
              names = "--selling",
              paramLabel = "HOW",
              defaultValue = "auto",
              description = "What is on offer: capacity (what the connected machines can finish in"
                  + " time), volume (everything), or auto: volume on development chains, else"
                  + " capacity (default: ${DEFAULT-VALUE}).")
          String selling,
      @Option(
              names = "--public-rpc",
              paramLabel = "URL",
              description = "Node that this pool advises its workers to use (default: none).")
          @Nullable
          URI publicRpc,
      @Option(
              names = "--publishing",
              paramLabel = "WHO",
              defaultValue = "auto",
              description = "Whether any wallet may store files here: open, closed, or auto,"
                  + " which is open on development chains (default: ${DEFAULT-VALUE}).")
          String publishing,
      @Option(
              names = "--database",
              paramLabel = "URL",
              description =
                  "PostgreSQL database, as jdbc:postgresql://HOST/NAME?user=USER; a second"
                      + " server on it stands by (default: SQLite in the home). Its password is read"
                      + " from RUCHE_SERVER_DATABASE_PASSWORD.")
          @Nullable
          String database,
      @Option(
              names = "--endpoints",
              paramLabel = "FILE",
              description = "Write a network file with this pool's market here once it is ready.")
          @Nullable
          Path endpoints,
      @Option(
              names = "--metrics-token-file",
              paramLabel = "FILE",
              description = "Let Prometheus read /metrics with the token in the file's first line"
                  + " (default: nobody, but anybody on development chains).")
          @Nullable
          Path metricsToken,
      @Option(
              names = "--show-settings",
              description = "Say what the server would run with and where each value comes from.")
          boolean isShown,
      @Mixin AudienceOptions.OfWorkerpool audience) {
    requireUsable(audience.get());
    var network = session.network();
    var key = new Wallets(session).keyForProcess();
    var folder = session.home().create().poolOf(workerpool);
    var ready = folder.resolve("ready.json");
    var line = new ServerCommandLine(Installation.current())
        .flag("home", folder)
        .flag("rpc", network.rpc())
        .flag("chain-id", network.chainId())
        .flag("hub", network.hub())
        .flag("from-block", fromBlock)
        .flag("port", port)
        .flag("ready-file", ready)
        .flag("workerpool", workerpool)
        .flag("publishing", publishing)
        .flag("wallet-file", key.file())
        .flag("certification", ServerCommandLine.certification(release));
    if (publicRpc != null) {
      line.flag("public-rpc", publicRpc);
    }
    if (database != null) {
      line.flag("database", database);
    }
    if (metricsToken != null) {
      line.flag("metrics-token-file", metricsToken.toAbsolutePath());
    }
    if (price != null) {
      line.flag("order-price", price)
          .flag("order-categories", categories)
          .flag("order-trust", trust)
          .flag("selling", selling.equals("auto") ? selling : selling.toUpperCase(Locale.ROOT));
      restrict(line, audience.get());
    }
    if (isShown) {
      line.word("--show-settings");
    }
    var server = new Foreground(line.command(), key.environment("RUCHE_SERVER_PASSWORD"), folder);
    if (isShown) {
      return server.run();
    }
    return server.run(ready, file -> announce(network.of(market(file), workerpool), endpoints));
  }

  @Command(
      name = "explain",
      description = {
        "Explain why tasks of a pool wait, and why workers have nothing to do.",
        "Workers that are alike are one line; the last line of a deal says what would help most."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche pool explain                   deals that wait, workers by what they do",
        "  ruche pool explain --network pool.json --output json"
      })
  int explain() {
    try (var market = PoolMarket.open(session)) {
      session.answer(new PoolExplainAnswer(market.poolExplanation()).answer());
      return ExitCode.OK;
    }
  }

  /** Orders that nobody could use would keep the pool idle unseen. */
  private void requireUsable(Audience audience) {
    if (!audience.isAnybody()) {
      try (var client = Connection.openToRead(session)) {
        client.requireAudience(audience);
      }
    }
  }

  private static void restrict(ServerCommandLine line, Audience audience) {
    flag(line, "order-for-requester", audience.requester());
    flag(line, "order-for-app", audience.app());
    flag(line, "order-for-dataset", audience.dataset());
  }

  private static void flag(ServerCommandLine line, String name, Address address) {
    if (!address.isZero()) {
      line.flag(name, address);
    }
  }

  private void announce(Network network, @Nullable Path endpoints) {
    session.note("The pool answers at %s.".formatted(network.market()));
    if (endpoints != null) {
      network.write(endpoints);
      session.note("Requesters and workers join it with --network %s.".formatted(endpoints));
    }
  }

  private static URI market(Path readyFile) {
    try {
      return URI.create(
          JSON.readTree(Files.readString(readyFile)).required("url").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
