package io.ruche.cli.bench;

import io.ruche.cli.Connection;
import io.ruche.cli.Installation;
import io.ruche.cli.settings.Home;
import io.ruche.cli.settings.Network;
import io.ruche.cli.up.LocalNetwork;
import io.ruche.cli.up.Role;
import io.ruche.cli.up.UpOptions;
import io.ruche.core.TaskStatus;
import io.ruche.sdk.RucheClient;
import io.ruche.sdk.RunBook;
import io.ruche.sdk.RunRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Kills the master of a pool's two servers again and again, buys a task at the same moment, and
 * measures until the other server's first transaction, which starts that task, is on chain.
 */
final class TakeoverBenchmark {
  static final int MAX_ROUNDS = 100;

  private static final long STOP_SECONDS = 30;

  private final Installation installation;
  private final Home home;
  private final Clock clock;
  private final int rounds;
  private final String database;
  private final List<Process> started = new ArrayList<>();

  /**
   * A benchmark of this machine.
   *
   * @param database JDBC URL of an empty PostgreSQL database
   */
  TakeoverBenchmark(
      Installation installation, Home home, Clock clock, int rounds, String database) {
    this.installation = installation;
    this.home = home;
    this.clock = clock;
    this.rounds = rounds;
    this.database = database;
  }

  /** One server process; its ready file is there once it is the master and serves. */
  private record Server(Process process, Path ready, Path log, URI url) {}

  /** Seconds of each round. */
  Sample run(Progress progress) throws IOException, InterruptedException {
    var local = new LocalNetwork(home, installation, progress::say);
    var stop = new Thread(() -> {
      started.forEach(Process::destroy);
      local.down();
    });
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      var network = local.up(UpOptions.ofWorkers(0));
      return measure(network, commandOf(local), progress);
    } finally {
      for (var process : started) {
        end(process);
      }
      local.down();
      Runtime.getRuntime().removeShutdownHook(stop);
    }
  }

  private Sample measure(Network network, List<String> command, Progress progress)
      throws IOException, InterruptedException {
    var master = start(command, 0);
    until("a master", master, () -> Files.exists(master.ready()));
    var here = network.of(master.url(), network.pool());
    var program = installation.examples().resolve("noop/build/noop.wasm");
    var app = OneTask.offer(here, program, "WASM", rounds);
    try (var requester = RucheClient.open(Connection.endpoints(here), Role.REQUESTER.open())) {
      var buyer = new OneTask(requester, requester.purchase(new RunBook(home.runs()), clock));
      // Signed while a master is there to ask for offers; a match needs the chain alone.
      var quote = buyer.quote(app);
      var runs = IntStream.range(0, rounds)
          .mapToObj(round -> buyer.purchase().begin(quote))
          .toList();
      var seconds = new ArrayList<Double>();
      var current = master;
      for (int round = 1; round <= rounds; round++) {
        var standby = start(command, round);
        until("a standby", standby, () -> contains(standby.log(), "server stands by"));
        progress.say("kill %d of %d".formatted(round, rounds));
        seconds.add(takeover(current, standby, buyer, runs.get(round - 1)));
        current = standby;
      }
      return new Sample(seconds);
    }
  }

  private static double takeover(Server master, Server standby, OneTask buyer, RunRecord run)
      throws InterruptedException {
    long began = System.nanoTime();
    master.process().destroyForcibly();
    var deal = buyer.match(run);
    var task = List.of(deal.taskId(deal.botFirst()));
    var view = buyer.requester().view();
    until(
        "the first transaction of the new master",
        standby,
        () -> view.tasks(task).getFirst().status() != TaskStatus.UNSET);
    return OneTask.secondsSince(began);
  }

  /** The market's own server makes way for those that are measured. */
  private static List<String> commandOf(LocalNetwork local) throws InterruptedException {
    var record = local.processes().stream()
        .filter(process -> process.name().equals("server"))
        .findFirst()
        .orElseThrow();
    var process = ProcessHandle.of(record.pid()).orElseThrow();
    process.destroy();
    try {
      process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw OneTask.invalid("the first server did not end within %d s.".formatted(STOP_SECONDS));
    }
    return record.command();
  }

  private Server start(List<String> usual, int number) throws IOException {
    var folder = home.ensure(home.folder().resolve("pool-of-two"));
    var ready = folder.resolve("ready-%d.json".formatted(number));
    var log = home.logs().resolve("server-%d.log".formatted(number));
    int port = freePort();
    var command = new ArrayList<>(usual);
    command.removeIf(argument -> argument.matches("--(home|port|ready-file|selling|database)=.*"));
    command.addAll(List.of(
        "--home=" + folder,
        "--port=" + port,
        "--ready-file=" + ready,
        "--selling=VOLUME",
        "--database=" + database));
    var process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    started.add(process);
    return new Server(process, ready, log, URI.create("http://127.0.0.1:" + port));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void until(String what, Server server, BooleanSupplier isReached)
      throws InterruptedException {
    OneTask.until(what, () -> {
      if (!server.process().isAlive()) {
        throw OneTask.invalid(
            "a server ended before %s was there; its log is %s.".formatted(what, server.log()));
      }
      return isReached.getAsBoolean();
    });
  }

  private static boolean contains(Path log, String text) {
    try {
      return Files.readString(log).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
