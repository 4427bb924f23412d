package io.ruche.cli.chain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.chain.ChainErrors;
import io.ruche.chain.dev.Artifacts;
import io.ruche.chain.dev.DeployedContracts;
import io.ruche.chain.dev.Deployment;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.tx.FileOutbox;
import io.ruche.chain.tx.SenderParts;
import io.ruche.chain.tx.SenderSettings;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.chain.wallet.Wallet;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import io.ruche.cli.settings.Network;
import io.ruche.cli.wallet.Wallets;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Puts the contracts on a chain. */
@Command(
    name = "chain",
    description = "Put the contracts on a chain.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer =
        "  ruche chain deploy --rpc https://rpc.example.org --wallet owner --endpoints net.json")
public final class ChainCommand {
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration DEV_POLL = Duration.ofMillis(100);

  private final Session session;

  public ChainCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "deploy",
      description = {
        "Put token, registries, timelock and hub on a chain, and write a network file.",
        "When it was cut off, the same command goes on where it stopped."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche chain deploy --rpc https://rpc.example.org --wallet owner --endpoints net.json",
        "  ruche chain deploy --rpc URL --token 0x5FbD..aa3 --wallet owner --endpoints net.json"
      })
  int deploy(
      @Option(
              names = "--rpc",
              paramLabel = "URL",
              required = true,
              description = "A node of the chain.")
          URI endpoint,
      @Option(
              names = "--token",
              paramLabel = "ADDRESS",
              description = "Use this token (default: create one that the wallet may mint).")
          @Nullable
          Address token,
      @Option(
              names = "--market",
              paramLabel = "URL",
              defaultValue = "http://127.0.0.1:8080",
              description = "Order board of the network file (default: ${DEFAULT-VALUE}).")
          URI market,
      @Option(
              names = "--endpoints",
              paramLabel = "FILE",
              required = true,
              description = "Write the network file here.")
          Path endpoints) {
    requireHttp("--rpc", endpoint);
    requireHttp("--market", market);
    var wallet = new Wallets(session).open();
    try (var rpc = Rpc.open(endpoint.toString())) {
      long chainId = rpc.chainId();
      wallet.requireAllowedOn(chainId);
      requireGas(rpc, wallet.address());
      var home = session.home().create();
      var folder = home.ensure(home.deployment(chainId));
      var contracts = deploy(rpc, chainId, wallet, folder, token);
      requireWired(Hub.open(rpc, contracts.hub(), chainId), contracts);
      var network = new Network(
          chainId,
          endpoint,
          contracts.hub(),
          contracts.token(),
          market,
          Address.ZERO,
          List.of(),
          "");
      network.write(endpoints);
      answer(contracts, endpoints);
    }
    return ExitCode.OK;
  }

  private DeployedContracts deploy(
      Rpc rpc, long chainId, Wallet wallet, Path folder, @Nullable Address token) {
    boolean isDevelopment = ChainErrors.DEVELOPMENT_CHAINS.contains(chainId);
    var settings = isDevelopment ? SenderSettings.development() : SenderSettings.production();
    var artifacts = new Artifacts(Installation.current().contracts().resolve("out"));
    try (var feed = BlockFeed.start(rpc, isDevelopment ? DEV_POLL : POLL);
        var outbox = FileOutbox.open(folder.resolve("outbox.jsonl"));
        var sender = TransactionSender.start(
            SenderParts.of(rpc, feed, wallet, chainId, settings).withOutbox(outbox))) {
      var record = folder.resolve("contracts.json");
      var deployment = Deployment.open(rpc, sender, artifacts, record, session::note);
      if (token != null) {
        deployment.useToken(token);
      }
      return deployment.run(URI.create(rpc.endpoint()));
    }
  }

  private static void requireHttp(String option, URI url) {
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw new RucheException(
          "USAGE",
          "expected an http or https URL for %s, found: %s.".formatted(option, url),
          "See `ruche chain deploy --help`.",
          false);
    }
  }

  /** Without any the first transaction would wait for a long time. */
  private static void requireGas(Rpc rpc, Address account) {
    if (rpc.balanceWei(account).signum() == 0) {
      throw ChainErrors.gasFundsTooLow(account, "it holds none");
    }
  }

  /** What the hub says of itself must be what was recorded. */
  private static void requireWired(Hub hub, DeployedContracts contracts) {
    var registries = hub.registries();
    require("token", contracts.token(), hub.token());
    require("app registry", contracts.require("AppRegistry"), registries.apps());
    require("dataset registry", contracts.require("DatasetRegistry"), registries.datasets());
    require(
        "workerpool registry", contracts.require("WorkerpoolRegistry"), registries.workerpools());
  }

  private static void require(String what, Address recorded, Address found) {
    if (!recorded.equals(found)) {
      throw new RucheException(
          "DEPLOYMENT_DIFFERS",
          "expected the hub's %s at %s, found %s.".formatted(what, recorded, found),
          "The record of the deployment is not of this hub; delete it to begin anew.",
          false);
    }
  }

  private void answer(DeployedContracts contracts, Path endpoints) {
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("chainId", contracts.chainId())
        .put("hub", contracts.hub().checksummed())
        .put("token", contracts.token().checksummed())
        .put("startBlock", contracts.startBlock())
        .put("endpoints", endpoints.toString());
    var list = json.putObject("contracts");
    var fields = new ArrayList<Fields.Field>();
    fields.add(Fields.field("chain", Long.toString(contracts.chainId())));
    fields.add(Fields.field("hub's first block", Long.toString(contracts.startBlock())));
    fields.add(Fields.field("network file", endpoints.toString()));
    new TreeMap<>(contracts.contracts()).forEach((name, address) -> {
      list.put(name, address.checksummed());
      fields.add(Fields.field(name, address.checksummed()));
    });
    session.answer(
        new Answer(json, List.of(new Fields(fields)), List.of(contracts.hub().checksummed())));
  }
}
