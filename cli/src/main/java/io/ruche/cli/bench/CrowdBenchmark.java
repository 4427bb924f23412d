package io.ruche.cli.bench;

import io.ruche.cli.Installation;
import io.ruche.cli.settings.Home;
import io.ruche.cli.settings.Network;
import io.ruche.cli.up.LocalNetwork;
import io.ruche.cli.up.UpOptions;
import io.ruche.core.RucheException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Logs many workers in to one server, lets them idle, and measures the server. They are links as
 * workers have them, without a machine behind: each has its own wallet, and all are in this
 * process.
 */
final class CrowdBenchmark {
  /** As many as one server takes by its own limit. */
  static final int MAX_WORKERS = 2_000;

  private static final Duration JOIN_LIMIT = Duration.ofMinutes(5);
  private static final Duration SETTLE = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 100;

  private final Installation installation;
  private final Home home;
  private final int workers;

  CrowdBenchmark(Installation installation, Home home, int workers) {
    this.installation = installation;
    this.home = home;
    this.workers = workers;
  }

  CrowdReport run(Progress progress) throws InterruptedException {
    var local = new LocalNetwork(home, installation, progress::say);
    var stop = new Thread(local::down);
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      var network = local.up(UpOptions.ofWorkers(0));
      return measure(network, serverOf(local), progress);
    } finally {
      local.down();
      Runtime.getRuntime().removeShutdownHook(stop);
    }
  }

  private static long serverOf(LocalNetwork local) {
    return local.processes().stream()
        .filter(process -> process.name().equals("server"))
        .findFirst()
        .orElseThrow()
        .pid();
  }

  private CrowdReport measure(Network network, long server, Progress progress)
      throws InterruptedException {
    double aloneMiB = ResidentMemory.mebibytes(server);
    var connected = new AtomicInteger();
    var crowd = new ArrayList<CrowdMember>();
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      try {
        double joinSeconds = join(network, http, crowd, connected, progress);
        Thread.sleep(SETTLE);
        progress.say("idling for %d s".formatted(IDLE.toSeconds()));
        var before = ProcessorTime.of(server);
        Thread.sleep(IDLE);
        double share = ProcessorTime.of(server).minus(before).toNanos() / (double) IDLE.toNanos();
        if (connected.get() != workers) {
          throw invalid(
              "%d of %d workers lost their session.".formatted(workers - connected.get(), workers));
        }
        return new CrowdReport(
            workers,
            joinSeconds,
            aloneMiB,
            ResidentMemory.mebibytes(server),
            ResidentMemory.peakMebibytes(server),
            share);
      } finally {
        http.shutdownNow();
        leave(crowd);
      }
    }
  }

  private double join(
      Network network,
      HttpClient http,
      List<CrowdMember> crowd,
      AtomicInteger connected,
      Progress progress)
      throws InterruptedException {
    for (int i = 0; i < workers; i++) {
      crowd.add(new CrowdMember(http, network.market(), connected));
    }
    long began = System.nanoTime();
    crowd.forEach(CrowdMember::start);
    while (connected.get() < workers) {
      Thread.sleep(POLL_MILLIS);
      double seconds = (System.nanoTime() - began) / 1e9;
      progress.joined(connected.get(), workers, seconds);
      if (seconds > JOIN_LIMIT.toSeconds()) {
        throw invalid("%d of %d workers were logged in after %d s."
            .formatted(connected.get(), workers, JOIN_LIMIT.toSeconds()));
      }
    }
    return (System.nanoTime() - began) / 1e9;
  }

  /** All at once: each waits for its own last words. */
  private static void leave(List<CrowdMember> crowd) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      crowd.forEach(member -> threads.execute(member::close));
    }
  }

  private RucheException invalid(String sentence) {
    return new RucheException(
        "BENCH_INVALID", sentence, "Look into the logs in %s.".formatted(home.logs()), true);
  }
}
