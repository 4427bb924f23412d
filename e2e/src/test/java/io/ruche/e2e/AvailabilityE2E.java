package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.Deal;
import io.ruche.core.TaskStatus;
import io.ruche.sdk.RucheClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker on its owner's machine: a run stands still while battery, sun or the owner speak against
 * it, goes on later, and is handed back when that lasts. Each change of mind of the owner here
 * arrives through the settings file, without a restart.
 */
class AvailabilityE2E {
  private static final String WALLET = "data-provider";
  private static final String MARK = "run-of-availability";
  private static final JsonMapper JSON = new JsonMapper();

  /** Lasts for some tenths of a second in which it runs; time in which it stands is not counted. */
  private static final String PROGRAM = """
      #!/bin/sh
      for i in $(seq "$2"); do sleep 0.1; done
      echo "$1" > /iexec_out/result.txt
      """;

  private static final int LONG = 80;
  private static final int SHORT = 30;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @BeforeAll
  static void requireTools() {
    if (System.getenv("RUCHE_REQUIRE_ALL") == null) {
      Stream.concat(OwnersMachine.TOOLS.stream(), Stream.of("bwrap"))
          .forEach(tool -> assumeTrue(
              Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed"));
    }
  }

  @Test
  void aRunStandsStillWhileTheOwnerNeedsTheMachine() throws Exception {
    try (var machine = new OwnersMachine(folder.resolve("machine"));
        var market = new Marketplace(folder, 0);
        var requester = market.requester()) {
      var ruche = new CommandLine(market.home()).withVariables(machine.environment());
      set(machine, Map.of("availability", "battery 60%"));
      fund(ruche);
      var log = folder.resolve("worker.log");
      var worker = ruche.start(
          log, "worker", "start", "--wallet", WALLET, "--slots", "1", "--settings", settings());
      try {
        var deal = market.buy(requester, wish(market, LONG));
        awaitRun(worker, true);

        machine.plugOff(40);
        standsBecauseOf("BATTERY_LOW", () -> {}, ruche, worker);
        machine.plugOff(100);
        goOn(ruche, worker);

        refusesAnUnknownKey(machine, log);

        machine.shine(500);
        set(machine, Map.of("availability", "surplus 200W"));
        machine.shine(20);
        standsBecauseOf("SURPLUS_LOW", () -> {}, ruche, worker);
        machine.shine(500);
        goOn(ruche, worker);
        isSettled(market, requester, deal);

        handsBackWhatStandsForLong(market, requester, machine, ruche, worker);
      } finally {
        stop(worker);
      }
    }
  }

  /** The owner types, and goes on typing: the pool gets the task back, and gives it again later. */
  private void handsBackWhatStandsForLong(
      Marketplace market,
      RucheClient requester,
      OwnersMachine machine,
      CommandLine ruche,
      Process worker)
      throws IOException {
    set(machine, Map.of("availability", "idle 5s"));
    var deal = market.buy(requester, wish(market, SHORT));
    awaitRun(worker, true);

    standsBecauseOf("USER_ACTIVE", machine::type, ruche, worker);
    set(machine, Map.of("availability", "idle 5s", "availabilityGrace", "1s"));
    awaitRun(worker, false);
    assertThat(requester.view().tasks(Marketplace.ids(deal)).getFirst().status().isFinal())
        .isFalse();

    awaitRun(worker, true);
    isSettled(market, requester, deal);
  }

  private void refusesAnUnknownKey(OwnersMachine machine, Path log) {
    set(machine, Map.of("availability", "surplus 900W", "sunshine", "a lot"));
    Marketplace.await("the refusal of an unknown key", () -> said(log, "unknown key sunshine"));
  }

  private Marketplace.Wish wish(Marketplace market, int tenths) throws IOException {
    var program = Files.writeString(folder.resolve("program"), PROGRAM);
    return new Marketplace.Wish(market.app(program, "NATIVE"), 1, 1, MARK + " " + tenths);
  }

  private static void isSettled(Marketplace market, RucheClient requester, Deal deal) {
    var task = market.settled(requester, deal).getFirst();
    assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
    var result = market.verified(requester, List.of(task)).getFirst();
    assertThat(result.folder().resolve("result.txt")).hasContent(MARK);
  }

  /** Every process of the run is stopped, and the owner is told why. */
  private static void standsBecauseOf(
      String code, Runnable meanwhile, CommandLine ruche, Process worker) {
    long begin = System.nanoTime();
    Marketplace.await("a run that stands still: " + code, () -> {
      meanwhile.run();
      var states = states(worker);
      return !states.isEmpty() && states.stream().allMatch("TZ"::contains) ? states : null;
    });
    System.out.printf("%s: stood after %s%n", code, Duration.ofNanos(System.nanoTime() - begin));
    Marketplace.await("the reason " + code, () -> {
      meanwhile.run();
      return isSaid(ruche, code);
    });
  }

  /** The owner's own word spares the wait after a condition holds again. */
  private static void goOn(CommandLine ruche, Process worker) {
    Marketplace.await("the end of all other reasons", () -> isSaid(ruche, "SETTLING"));
    assertThat(states(worker)).as("a run that waits on").isNotEmpty().doesNotContain("R", "S");
    ruche.run("worker", "pause");
    Marketplace.await("the owner's pause", () -> isSaid(ruche, "OWNER_PAUSED"));
    ruche.run("worker", "resume");
    Marketplace.await("a run that goes on", () -> states(worker).contains("S") ? true : null);
  }

  private static @Nullable Boolean isSaid(CommandLine ruche, String code) {
    var reasons = ruche.run("worker", "why-idle").json();
    return reasons.findValuesAsText("code").contains(code) ? true : null;
  }

  private static void awaitRun(Process worker, boolean isThere) {
    Marketplace.await(
        isThere ? "a run" : "the end of a run",
        () -> states(worker).isEmpty() == isThere ? null : true);
  }

  /** States of the run's processes as the kernel has them, such as S, R and T. */
  private static List<String> states(Process worker) {
    return worker
        .descendants()
        .filter(process -> read(process, "cmdline").contains(MARK))
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .map(process -> read(process, "stat"))
        .filter(stat -> stat.contains(") "))
        .map(stat -> stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3))
        .toList();
  }

  /** Empty when it has ended. */
  private static String read(ProcessHandle process, String name) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), name));
    } catch (IOException e) {
      return "";
    }
  }

  private static @Nullable Boolean said(Path log, String words) {
    try {
      return Files.readString(log).contains(words) ? true : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String settings() {
    return folder.resolve("worker.json").toString();
  }

  /** Replaces the settings file, as an editor does. */
  private void set(OwnersMachine machine, Map<String, String> more) {
    var json = JSON.createObjectNode();
    json.put("powerSupplies", machine.powerSupplies().toString());
    json.put("surplusMeter", machine.surplusMeter());
    json.put("containers", "never");
    more.forEach(json::put);
    try {
      var part = Files.writeString(folder.resolve("part"), json + "\n");
      Files.move(
          part,
          Path.of(settings()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fund(CommandLine ruche) {
    for (var call : List.of(
        List.of("account", "fund", "--tokens", "100", "--wallet", WALLET),
        List.of("account", "deposit", "100", "--wallet", WALLET))) {
      var outcome = ruche.run(call.toArray(String[]::new));
      assertThat(outcome.code()).as(outcome.err()).isZero();
    }
  }

  private static void stop(Process worker) throws InterruptedException {
    worker.destroy();
    assertThat(worker.waitFor(30, TimeUnit.SECONDS)).as("the worker ends").isTrue();
  }
}
