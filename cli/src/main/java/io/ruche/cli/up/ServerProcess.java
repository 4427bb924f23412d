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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The server, with its pool, as a background process of a home. */
final class ServerProcess {
  static final String NAME = "server";
  private static final String MAIN_CLASS = "io.ruche.server.ServerMain";
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final List<String> JVM_ARGS = List.of(
      "-XX:+UseSerialGC",
      "-Xmx512m",
      "-XX:+ExitOnOutOfMemoryError",
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow");
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
    try {
      Files.createDirectories(home.pool());
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
    var command = new ArrayList<String>();
    command.add(installation.java().toString());
    command.addAll(JVM_ARGS);
    command.addAll(List.of("-cp", installation.classpath(), MAIN_CLASS));
    flag(command, "home", home.pool());
    flag(command, "rpc", wiring.rpc());
    flag(command, "chain-id", wiring.chainId());
    flag(command, "hub", wiring.hub());
    flag(command, "from-block", wiring.startBlock());
    flag(command, "port", new Ports(home).choose(NAME));
    flag(command, "ready-file", readyFile());
    flag(command, "workerpool", wiring.workerpool());
    flag(command, "wallet-file", wallets.keyFile(Role.POOL_OWNER.wallet()));
    flag(command, "password-file", wallets.passwordFile());
    flag(command, "certification", options.certification());
    flag(command, "order-price", options.price());
    flag(
        command,
        "order-categories",
        options.categories().stream().map(String::valueOf).collect(Collectors.joining(",")));
    flag(command, "order-trust", options.trust());
    return command;
  }

  private static void flag(List<String> command, String name, Object value) {
    command.add("--" + name + "=" + value);
  }
}
