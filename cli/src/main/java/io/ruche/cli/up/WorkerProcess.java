package io.ruche.cli.up;

import io.ruche.agent.AgentLauncher;
import io.ruche.cli.Installation;
import io.ruche.cli.process.Launch;
import io.ruche.cli.process.ProcessRecord;
import io.ruche.cli.process.Supervisor;
import io.ruche.cli.settings.Home;
import io.ruche.cli.settings.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Workers as background processes of a home. */
final class WorkerProcess {
  private static final String PREFIX = "worker-";

  private final Home home;
  private final Installation installation;
  private final Supervisor supervisor;

  WorkerProcess(Home home, Installation installation, Supervisor supervisor) {
    this.home = home;
    this.installation = installation;
    this.supervisor = supervisor;
  }

  static String name(int number) {
    return PREFIX + number;
  }

  static boolean isWorker(ProcessRecord process) {
    return process.name().startsWith(PREFIX);
  }

  boolean isRunning(int number) {
    return supervisor.find(name(number)).filter(ProcessRecord::isRunning).isPresent();
  }

  /** Starts it; it connects to the pool in its own time. */
  ProcessRecord start(int number, Network network, UpOptions options, DevWallets wallets) {
    var folder = home.ensure(home.worker(number));
    return supervisor.start(new Launch(
        name(number),
        command(number, network, options, wallets),
        Map.of(),
        folder,
        home.logs().resolve(name(number) + ".log")));
  }

  private List<String> command(int number, Network network, UpOptions options, DevWallets wallets) {
    var arguments = new ArrayList<String>();
    flag(arguments, "pool", network.market());
    flag(arguments, "rpc", network.rpc());
    flag(arguments, "chain-id", network.chainId());
    flag(arguments, "hub", network.hub());
    flag(arguments, "workerpool", network.pool());
    flag(arguments, "keystore", wallets.keyFile(Role.workerWallet(number)));
    flag(arguments, "password-file", wallets.passwordFile());
    flag(arguments, "home", home.worker(number));
    flag(arguments, "ipfs-gateways", network.market());
    arguments.add("--allow-private-addresses");
    arguments.add("--allow-file-urls");
    var program = options
        .programs()
        .getOrDefault(
            number,
            new UpOptions.WorkerProgram(AgentLauncher.MAIN_CLASS, installation.agentClasspath()));
    return AgentLauncher.command(
        installation.java(), program.classpath(), program.mainClass(), arguments);
  }

  private static void flag(List<String> command, String name, Object value) {
    command.add("--" + name + "=" + value);
  }
}
