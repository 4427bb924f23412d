package io.ruche.cli.up;

import io.ruche.chain.dev.AnvilBinary;
import io.ruche.chain.dev.DevChainSettings;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.rpc.RpcSettings;
import io.ruche.cli.Installation;
import io.ruche.cli.process.Launch;
import io.ruche.cli.process.ProcessRecord;
import io.ruche.cli.process.Supervisor;
import io.ruche.cli.settings.Home;
import io.ruche.core.RucheException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The development chain as a background process of a home. */
final class ChainProcess {
  static final String NAME = "chain";
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);

  private final Home home;
  private final Installation installation;
  private final Supervisor supervisor;

  ChainProcess(Home home, Installation installation, Supervisor supervisor) {
    this.home = home;
    this.installation = installation;
    this.supervisor = supervisor;
  }

  /** Where the running chain answers; empty when it does not run. */
  Optional<URI> running() {
    return supervisor.find(NAME).filter(ProcessRecord::isRunning).map(ChainProcess::address);
  }

  /** Starts it on the state that the home has, and waits until it answers. */
  URI start() {
    var settings = DevChainSettings.of(AnvilBinary.require(installation.contracts()), home.chain())
        .withPort(new Ports(home).choose(NAME));
    home.ensure(home.chain());
    var process = supervisor.start(new Launch(
        NAME, settings.command(), Map.of(), home.chain(), home.logs().resolve("chain.log")));
    return Waiting.until(process, READY_LIMIT, () -> answering(address(process)));
  }

  private static URI address(ProcessRecord process) {
    int port = process.command().indexOf("--port");
    return URI.create("http://127.0.0.1:" + process.command().get(port + 1));
  }

  private static Optional<URI> answering(URI address) {
    var settings = RpcSettings.of(address).withReadTries(1).withTimeout(PROBE_LIMIT);
    try (var rpc = Rpc.open(settings)) {
      rpc.requireChainId(DevChainSettings.CHAIN_ID);
      return Optional.of(address);
    } catch (RucheException e) {
      if (e.isRetryable()) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
