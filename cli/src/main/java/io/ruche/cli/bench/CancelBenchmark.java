package io.ruche.cli.bench;

import io.ruche.cli.Connection;
import io.ruche.cli.Installation;
import io.ruche.cli.settings.Home;
import io.ruche.cli.up.LocalNetwork;
import io.ruche.cli.up.Role;
import io.ruche.cli.up.UpOptions;
import io.ruche.core.Address;
import io.ruche.sdk.RucheClient;
import io.ruche.sdk.RunBook;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;

/**
 * Cancels a run of a native program again and again, and measures from the requester's question
 * until no process of that run is left on the worker's machine.
 */
final class CancelBenchmark {
  static final int MAX_ROUNDS = 100;

  /** Its grandchild is the process that is looked for. */
  private static final String MARK = "sleep 86397";

  private static final String SLEEPER =
      "#!/bin/sh\necho at work\n(%s & wait) &\nwait\n".formatted(MARK);

  private final Installation installation;
  private final Home home;
  private final Clock clock;
  private final int rounds;

  CancelBenchmark(Installation installation, Home home, Clock clock, int rounds) {
    this.installation = installation;
    this.home = home;
    this.clock = clock;
    this.rounds = rounds;
  }

  /** Seconds of each round. */
  Sample run(Progress progress) throws IOException, InterruptedException {
    var local = new LocalNetwork(home, installation, progress::say);
    var stop = new Thread(local::down);
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      var network = local.up(UpOptions.ofWorkers(1));
      var program = Files.writeString(home.folder().resolve("sleeper"), SLEEPER);
      var app = OneTask.offer(network, program, "NATIVE", rounds);
      try (var requester = RucheClient.open(Connection.endpoints(network), Role.REQUESTER.open())) {
        var purchase = requester.purchase(new RunBook(home.runs()), clock);
        var buyer = new OneTask(requester, purchase);
        var seconds = new ArrayList<Double>();
        for (int round = 1; round <= rounds; round++) {
          progress.say("cancel %d of %d".formatted(round, rounds));
          seconds.add(cancelled(buyer, app));
        }
        return new Sample(seconds);
      }
    } finally {
      local.down();
      Runtime.getRuntime().removeShutdownHook(stop);
    }
  }

  private static double cancelled(OneTask buyer, Address app) throws InterruptedException {
    var deal = buyer.match(buyer.purchase().begin(buyer.quote(app)));
    OneTask.until("the program to run", CancelBenchmark::isRunning);
    long began = System.nanoTime();
    buyer.requester().tasks().cancel(deal, deal.taskId(deal.botFirst()));
    OneTask.until("the program to end", () -> !isRunning());
    return OneTask.secondsSince(began);
  }

  private static boolean isRunning() {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> process.info().commandLine().orElse("").endsWith(MARK));
  }
}
