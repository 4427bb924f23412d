package io.ruche.agent;

import io.ruche.agent.chain.HubWorkerChain;
import io.ruche.agent.settings.AgentSettings;
import io.ruche.agent.settings.Option;
import io.ruche.agent.settings.SettingsReader;
import io.ruche.agent.settings.SettingsWatch;
import io.ruche.agent.task.ResultDigester;
import io.ruche.chain.wallet.Keystore;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.RucheException;
import io.ruche.link.LinkPace;
import io.ruche.sandbox.Sandboxes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Entry point of the worker's process. */
public final class AgentMain {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 3;
  static final int NOT_AUTHORISED = 4;

  private static final int MAX_KEY_FILE_BYTES = 65_536;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final Duration HEAP_LOOK = Duration.ofSeconds(5);
  private static final Duration SHUTDOWN = Duration.ofSeconds(8);

  private final AgentLog log = new AgentLog();
  private final ResultDigester digester;

  private AgentMain(ResultDigester digester) {
    this.digester = digester;
  }

  public static void main(String[] args) {
    int status = run(List.of(args), System.getenv(), System.err, ResultDigester.standard());
    System.exit(status);
  }

  /**
   * Runs a worker until the process is told to stop.
   *
   * @param errors where a sentence goes that says why it could not start
   * @return the exit code
   */
  public static int run(
      List<String> args,
      Map<String, String> environment,
      PrintStream errors,
      ResultDigester digester) {
    if (args.contains("--help") || args.contains("-h")) {
      System.out.println(help());
      return OK;
    }
    try {
      var settings = SettingsReader.read(args, environment);
      new AgentMain(digester).work(settings, new SettingsWatch(args, environment, settings));
      return OK;
    } catch (RucheException e) {
      errors.println(e.sentence());
      return statusOf(e);
    } catch (InterruptedException e) {
      return FAILED;
    }
  }

  private static String help() {
    return """
        Usage: java io.ruche.agent.AgentMain [--settings FILE] --pool URL --rpc URL ...
        Runs a worker until it is told to stop (SIGTERM).
        A setting comes from its flag, its variable RUCHE_WORKER_<NAME>, or the settings file.

        %s

        Examples:
          ... --pool https://pool.example --rpc https://node.example --chain-id 42161 \\
              --hub 0x... --keystore wallet.json --password-file password --home /var/lib/ruche
          RUCHE_PASSWORD=... ... --settings worker.json --slots 2
        """.formatted(Option.help());
  }

  static int statusOf(RucheException failure) {
    return switch (failure.code()) {
      case "SETTINGS_INVALID" -> USAGE;
      case "WRONG_PASSWORD" -> NOT_AUTHORISED;
      default -> FAILED;
    };
  }

  static String software() {
    var version = AgentMain.class.getPackage().getImplementationVersion();
    return "ruche/" + Objects.requireNonNullElse(version, "development");
  }

  private void work(AgentSettings settings, SettingsWatch reload) throws InterruptedException {
    var wallet = wallet(settings);
    var stop = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    var isDefect = new AtomicBoolean();
    var hook = Thread.ofPlatform().unstarted(() -> awaitStop(stop, stopped));
    Runtime.getRuntime().addShutdownHook(hook);
    try (var machine = MachineSandboxes.start(settings, log);
        var chain = openChain(settings, wallet, stop)) {
      var parts = new Agent.Parts(
          wallet,
          chain,
          machine.sandboxes(),
          reload,
          digester,
          LinkPace.defaults(),
          Clock.systemUTC(),
          () -> {
            isDefect.set(true);
            stop.countDown();
          });
      try (var _ = Agent.start(settings, parts)) {
        log.started(wallet.address(), settings, isolation(machine.sandboxes()));
        warnIfUnlisted(chain, wallet, settings);
        awaitAndKeepHeapSmall(stop);
      }
    } finally {
      stopped.countDown();
    }
    if (isDefect.get()) {
      throw new RucheException(
          "DEFECT",
          "the worker stopped itself because it no longer trusts its own state.",
          "Report the log; after a restart it goes on from its journal.",
          false);
    }
  }

  private static String isolation(Sandboxes sandboxes) {
    return sandboxes.byType().entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue().isolation())
        .collect(Collectors.joining("; "));
  }

  private void warnIfUnlisted(HubWorkerChain chain, Wallet wallet, AgentSettings settings) {
    try {
      if (!chain.isListed()) {
        log.unlisted(settings.account(), wallet.address());
      }
    } catch (RucheException e) {
      log.waitingForChain(e);
    }
  }

  /** The first look is at once: opening a key file and loading classes takes memory once. */
  private static void awaitAndKeepHeapSmall(CountDownLatch stop) throws InterruptedException {
    var heap = HeapKeeper.ofThisProcess();
    heap.collectNow();
    while (!stop.await(HEAP_LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      heap.look();
    }
  }

  private static void awaitStop(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      var _ = stopped.await(SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Wallet wallet(AgentSettings settings) {
    try {
      if (Files.size(settings.keystore()) > MAX_KEY_FILE_BYTES) {
        throw new IOException("it is larger than 64 KiB");
      }
      return Keystore.open(Files.readString(settings.keystore()), settings.password());
    } catch (IOException e) {
      throw new RucheException(
          "WALLET_STORE",
          "the key file %s cannot be read: %s.".formatted(settings.keystore(), e),
          "Check --keystore and who may read the file.",
          false,
          e);
    }
  }

  /** A chain that is down is waited for; one that is the wrong one is not. */
  private HubWorkerChain openChain(AgentSettings settings, Wallet wallet, CountDownLatch stop)
      throws InterruptedException {
    var pause = FIRST_PAUSE;
    while (true) {
      try {
        return HubWorkerChain.open(
            new HubWorkerChain.Place(
                settings.rpc(), settings.chainId(), settings.hub(), settings.account()),
            wallet,
            settings.home().resolve("outbox.jsonl"));
      } catch (RucheException e) {
        if (!e.isRetryable()) {
          throw e;
        }
        log.waitingForChain(e);
        if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new InterruptedException("told to stop");
        }
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
            ? LONGEST_PAUSE
            : pause.multipliedBy(2);
      }
    }
  }
}
