package io.ruche.cli.up;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.cli.Installation;
import io.ruche.cli.process.Launch;
import io.ruche.cli.process.ProcessRecord;
import io.ruche.cli.process.Supervisor;
import io.ruche.cli.settings.Home;
import io.ruche.core.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The server, with its pool, as a background process of a home. */
final class ServerProcess {
  static final String NAME = "server";
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final JsonMapper JSON = new JsonMapper();

  private final Home home;
  private final Installation installation;
  private final Supervisor supervisor;

  ServerProcess(Home home, Installation installation, Supervisor supervisor) {
    this.home = home;
    this.installation = installation;
    this.supervisor = supervisor;
  }

  /** The chain and pool that it serves. */
  record Wiring(URI rpc, long chainId, Address hub, long startBlock, Address workerpool) {}

  /** Starts it and waits until it says that it is ready. */
  URI start(Wiring wiring, UpOptions options, DevWallets wallets) {
    home.ensure(home.pool());
    try {
      Files.deleteIfExists(readyFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var process = supervisor.start(new Launch(
        NAME,
        command(wiring, options, wallets),
        Map.of(),
        home.pool(),
        home.logs().resolve("server.log")));
    return Waiting.until(process, READY_LIMIT, () -> ready(process));
  }

  /** Where the running server answers. */
  Optional<URI> running() {
    return supervisor.find(NAME).filter(ProcessRecord::isRunning).flatMap(this::ready);
  }

  private Optional<URI> ready(ProcessRecord process) {
    try {
      if (!Files.exists(readyFile())) {
        return Optional.empty();
      }
      var json = JSON.readTree(Files.readString(readyFile()));
      return json.path("pid").asLong() == process.pid()
          ? Optional.of(URI.create(json.path("url").asText()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path readyFile() {
    return home.pool().resolve("ready.json");
  }

  private List<String> command(Wiring wiring, UpOptions options, DevWallets wallets) {
    var categories =
        options.categories().stream().map(String::valueOf).collect(Collectors.joining(","));
    var program =
        options.programs().getOrDefault(UpOptions.SERVER, ServerCommandLine.usual(installation));
    return new ServerCommandLine(installation, program)
        .flag("home", home.pool())
        .flag("rpc", wiring.rpc())
        .flag("chain-id", wiring.chainId())
        .flag("hub", wiring.hub())
        .flag("from-block", wiring.startBlock())
        .flag("port", new Ports(home).choose(NAME))
        .flag("ready-file", readyFile())
        .flag("workerpool", wiring.workerpool())
        .flag("wallet-file", wallets.keyFile(Role.POOL_OWNER.wallet()))
        .flag("password-file", wallets.passwordFile())
        .flag("certification", options.certification())
        .flag("order-price", options.price())
        .flag("order-categories", categories)
        .flag("order-trust", options.trust())
        .command();
  }
}
