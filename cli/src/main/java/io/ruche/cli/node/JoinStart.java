package io.ruche.cli.node;

import io.ruche.agent.AgentLauncher;
import io.ruche.agent.availability.StatusFile;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import io.ruche.cli.process.Launch;
import io.ruche.cli.process.Supervisor;
import io.ruche.cli.up.ConnectedWorkers;
import io.ruche.cli.up.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sets a worker that may earn to work: in the foreground, in the background, or by systemd. */
final class JoinStart {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);

  private final Session session;
  private final String name;

  JoinStart(Session session, String name) {
    this.session = session;
    this.name = name;
  }

  /** In the foreground until it ends, or in the background until it is connected. */
  int start(Joining joining, boolean isDetached) {
    var connected = new ConnectedWorkers(joining.pool().origin());
    boolean isRunning = new StatusFile(joining.folder())
        .read()
        .filter(status -> status.process().isAlive())
        .isPresent();
    if (isRunning) {
      session.note("The worker runs already.");
      answer(joining, "running");
      return ExitCode.OK;
    }
    var command = command(joining.file());
    if (!isDetached) {
      return new Foreground(command, Map.of(), joining.folder())
          .run(() -> connected.find(joining.worker()).isPresent(), () -> connected(joining));
    }
    var home = session.home();
    var process = new Supervisor(home.ensure(home.run()))
        .start(new Launch(
            JoinCommand.PROCESS_PREFIX + name,
            command,
            Map.of(),
            joining.folder(),
            home.ensure(home.logs()).resolve(JoinCommand.PROCESS_PREFIX + name + ".log")));
    Waiting.until(process, CONNECT_LIMIT, () -> connected.find(joining.worker()));
    connected(joining);
    session.note("It runs in the background; `ruche worker stop %s` ends it.".formatted(name));
    return ExitCode.OK;
  }

  private void connected(Joining joining) {
    session.note("Connected: this machine is offered work from now on.");
    answer(joining, "connected");
  }

  int installService(Joining joining) {
    var unit = new ServiceUnit(name, command(joining.file()), session.home().folder());
    var file = unit.install(Path.of(System.getProperty("user.home")));
    session.note(
        "The unit is %s. These two commands let it start now and at each boot:".formatted(file));
    unit.enabling().forEach(line -> session.note("  " + line));
    answer(joining, "installed");
    return ExitCode.OK;
  }

  static List<String> command(WorkerFile file) {
    var installation = Installation.current();
    return new ArrayList<>(AgentLauncher.command(
        installation.java(),
        installation.agentClasspath(),
        List.of("--settings=" + file.path().toAbsolutePath())));
  }

  /** Says how the worker stands. */
  void answer(Joining joining, String state) {
    var worker = joining.worker().checksummed();
    var json = joining.file().read().objectNode();
    json.put("worker", worker)
        .put("name", name)
        .put("state", state)
        .put("pool", joining.pool().workerpool().checksummed())
        .put("stakePerTask", joining.terms().stake().toString())
        .put("settings", joining.file().path().toString());
    session.answer(new Answer(
        json,
        List.of(Fields.of(
            Fields.field("worker", worker),
            Fields.field("state", state),
            Fields.field("settings", joining.file().path()))),
        List.of(worker)));
  }
}
