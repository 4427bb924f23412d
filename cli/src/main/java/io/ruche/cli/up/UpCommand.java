package io.ruche.cli.up;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.settings.DevelopmentSettings;
import io.ruche.cli.settings.Network;
import io.ruche.core.TokenAmount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a local network. */
@Command(
    name = "up",
    description = {
      "Start a local network in the background: chain, contracts, funded wallets, server, workers.",
      "Starting what runs already changes nothing; what is missing is started again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche up --workers 3                 the network of the home, three workers",
      "  ruche up --home /tmp/a --endpoints a.json --output json"
    })
public final class UpCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "3",
      description = "Workers, one process each (default: ${DEFAULT-VALUE}).")
  int workers;

  @Option(
      names = "--endpoints",
      paramLabel = "FILE",
      description = "Also write the network's description here.")
  @Nullable
  Path endpoints;

  @Option(
      names = "--price",
      paramLabel = "RUC",
      defaultValue = "1",
      description = "What the pool asks for a task (default: ${DEFAULT-VALUE}).")
  TokenAmount price = TokenAmount.ZERO;

  @Option(
      names = "--category",
      paramLabel = "ID",
      split = ",",
      defaultValue = "0,1,2,3,4,5",
      description = "Categories that the pool serves (default: ${DEFAULT-VALUE}).")
  List<Long> categories = List.of();

  @Option(
      names = "--trust",
      paramLabel = "N",
      defaultValue = "16",
      description = "Highest trust that the pool serves (default: ${DEFAULT-VALUE}).")
  long trust;

  @Option(
      names = "--release",
      paramLabel = "WHEN",
      defaultValue = "after-result",
      description = {
        "When workers may contribute: after-result, with-work, after-commit;",
        "or what decides at trust 1: credibility, adaptive",
        "(default: ${DEFAULT-VALUE})."
      })
  String release = "";

  public UpCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var local =
        new LocalNetwork(session.home(), Installation.requireRepository("ruche up"), session::note);
    boolean isUp = local.processes().stream().anyMatch(process -> process.isRunning());
    var network = local.up(options());
    DevelopmentSettings.write(session.home(), Role.REQUESTER.wallet());
    if (endpoints != null) {
      network.write(endpoints);
    }
    session.note(isUp ? "The network was up; it is complete." : "The network is up.");
    answer(network);
    return ExitCode.OK;
  }

  private UpOptions options() {
    return new UpOptions(
        workers, price, categories, trust, ServerCommandLine.certification(release), Map.of());
  }

  private void answer(Network network) {
    session.answer(new Answer(
        network.toJson(),
        List.of(Fields.of(
            Fields.field("chain", "%d at %s".formatted(network.chainId(), network.rpc())),
            Fields.field("market", network.market()),
            Fields.field("hub", network.hub().checksummed()),
            Fields.field("token", network.token().checksummed()),
            Fields.field("pool", network.pool().checksummed()),
            Fields.field("workers", Cell.of(network.workers().size())),
            Fields.field("network file", session.home().networkFile()))),
        List.of(session.home().networkFile().toString())));
  }
}
