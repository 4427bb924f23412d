package io.ruche.agent;

import io.ruche.agent.availability.AvailabilityWatch;
import io.ruche.agent.availability.OwnerFile;
import io.ruche.agent.availability.StatusFile;
import io.ruche.agent.availability.TallyCount;
import io.ruche.agent.chain.WorkerChain;
import io.ruche.agent.live.LiveRuns;
import io.ruche.agent.settings.AgentSettings;
import io.ruche.agent.settings.AvailabilitySettings;
import io.ruche.agent.state.FileJournal;
import io.ruche.agent.state.HomeLock;
import io.ruche.agent.state.WorkFolders;
import io.ruche.agent.state.WorkerMark;
import io.ruche.agent.task.DealBook;
import io.ruche.agent.task.OfferedMachine;
import io.ruche.agent.task.ResultDigester;
import io.ruche.agent.task.ResultMessages;
import io.ruche.agent.task.ResultUpload;
import io.ruche.agent.task.TaskFiles;
import io.ruche.agent.task.TaskRunner;
import io.ruche.agent.task.Verifier;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.AppType;
import io.ruche.core.Needs;
import io.ruche.core.RucheException;
import io.ruche.core.Salt;
import io.ruche.link.FromPool;
import io.ruche.link.LinkErrors;
import io.ruche.link.LinkPace;
import io.ruche.link.PoolLink;
import io.ruche.sandbox.Sandboxes;
import io.ruche.transfer.DataCache;
import io.ruche.transfer.FetchSettings;
import io.ruche.transfer.Fetcher;
import io.ruche.worker.Decision;
import io.ruche.worker.Event;
import io.ruche.worker.WorkerEngine;
import io.ruche.worker.WorkerPolicy;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A worker at work: the parts wired together, from start to stop. */
public final class Agent implements AutoCloseable {
  private static final Duration NODE_PATIENCE = Duration.ofSeconds(10);
  private static final Duration DRAIN = Duration.ofSeconds(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final int SALT_BYTES = 32;

  private final AgentLog log = new AgentLog();
  private final EventQueue events = new EventQueue();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final LiveRuns live;
  private final ResultMessages results;
  private final TallyCount tally;
  private final Hands hands;
  private final EngineLoop loop;
  private final PoolLink link;

  /**
   * What an agent is given from outside.
   *
   * @param chain closed by who made it
   * @param sandboxes closed by who made them
   * @param reload settings of availability that changed since it was asked last
   * @param pace times of the link
   * @param onDefect called once when the engine broke an invariant: nothing is done any more
   */
  public record Parts(
      Wallet wallet,
      WorkerChain chain,
      Sandboxes sandboxes,
      Supplier<Optional<AvailabilitySettings>> reload,
      ResultDigester digester,
      LinkPace pace,
      InstantSource clock,
      Runnable onDefect) {}

  private Agent(AgentSettings settings, Parts parts) {
    try {
      keep(HomeLock.take(settings.home()));
      var journal = keep(FileJournal.in(settings.home()));
      var folders = new WorkFolders(settings.home());
      var worker = settings.workerOf(parts.wallet().address());
      var engine = new WorkerEngine(
          WorkerPolicy.of(worker, settings.slots(), settings.memoryMiB()), salts());
      Decision restored = restore(engine, journal, parts.clock());
      WorkerMark.claim(settings.home(), worker, engine.held().isEmpty());
      folders.keepOnly(engine.held());
      var http = HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(parts.pace().answer())
          .build();
      open.push(http::shutdownNow);
      link = PoolLink.create(
          http,
          settings.pool(),
          new PoolIdentity(
              settings,
              parts.wallet(),
              AgentMain.software(),
              () -> runtimes(settings, parts),
              () -> weaknesses(parts.sandboxes()),
              folders::freeBytes),
          new Ear(),
          parts.pace(),
          new SecureRandom());
      tally = new TallyCount(new StatusFile(settings.home()), parts.clock().instant());
      live = keep(new LiveRuns(link::send, link::sendWhenIdle));
      results = new ResultMessages(link::send);
      hands = new Hands(handParts(settings, parts, folders, http));
      loop = new EngineLoop(
          engine,
          journal,
          events,
          hands,
          new EngineLoop.Surroundings(parts.clock(), log, tally::heard, parts.onDefect()));
      keep(AvailabilityWatch.start(watchParts(settings, parts, folders)));
      live.start();
      loop.start(restored);
      parts.sandboxes().whenAdded(link::offerAgain);
      link.start();
    } catch (RuntimeException e) {
      closeParts();
      throw e;
    }
  }

  private static Decision restore(WorkerEngine engine, FileJournal journal, InstantSource clock) {
    try {
      return engine.restore(journal.replay(), clock.instant());
    } catch (IllegalStateException e) {
      throw new RucheException(
          "STATE_CORRUPT",
          "the journal of this worker does not add up: %s.".formatted(e.getMessage()),
          "Restore the home folder from a backup.",
          false,
          e);
    }
  }

  /** Takes the home, takes up what is in it, and begins to connect. */
  public static Agent start(AgentSettings settings, Parts parts) {
    return new Agent(settings, parts);
  }

  private Hands.Parts handParts(
      AgentSettings settings, Parts parts, WorkFolders folders, HttpClient http) {
    var deals = new DealBook(parts.chain(), NODE_PATIENCE);
    var cache = keep(DataCache.open(
        settings.home().resolve("cache"), mebibytes(settings.cacheMiB()), parts.clock()));
    var fetcher = keep(new Fetcher(fetchSettings(settings)));
    var runner = new TaskRunner(new TaskRunner.Parts(
        folders,
        new TaskFiles(fetcher, cache),
        parts.sandboxes(),
        parts.digester(),
        live,
        mebibytes(settings.minFreeMiB()),
        settings.allowNetwork(),
        OfferedMachine.of(settings)));
    var upload = new ResultUpload(http, settings.pool(), folders, results);
    return new Hands.Parts(
        events,
        parts.chain(),
        deals,
        new Verifier(
            deals,
            parts.chain(),
            settings.workerOf(parts.wallet().address()),
            settings.chainId(),
            NODE_PATIENCE,
            parts.clock()),
        runner,
        upload,
        parts.sandboxes(),
        folders,
        live,
        reports -> link.send(reports.stream()
            .map(report -> Wire.messageOf(report, upload::small))
            .toList()),
        log);
  }

  private AvailabilityWatch.Parts watchParts(
      AgentSettings settings, Parts parts, WorkFolders folders) {
    return new AvailabilityWatch.Parts(
        settings.availability(),
        parts.reload(),
        new OwnerFile(settings.home()),
        new StatusFile(settings.home()),
        parts.clock(),
        loop::held,
        tally::tally,
        settings.slots(),
        folders::freeBytes,
        settings.minFreeMiB(),
        events::put,
        log::availabilityTrouble,
        e -> {
          log.defect(e);
          parts.onDefect().run();
        });
  }

  private static List<String> runtimes(AgentSettings settings, Parts parts) {
    var names = new ArrayList<String>();
    parts.sandboxes().byType().forEach((type, sandbox) -> {
      boolean hasNetwork = settings.allowNetwork() && type != AppType.WASM;
      names.addAll(new Needs(hasNetwork, sandbox.hasGpu()).runtimes(type));
    });
    return names;
  }

  private static List<String> weaknesses(Sandboxes sandboxes) {
    var all = new ArrayList<String>();
    sandboxes
        .byType()
        .forEach((type, sandbox) ->
            sandbox.isolation().weaknesses().forEach(weakness -> all.add(type + ": " + weakness)));
    return all;
  }

  private static FetchSettings fetchSettings(AgentSettings settings) {
    var base = FetchSettings.defaults();
    return new FetchSettings(
        settings.allowPrivateAddresses(),
        settings.allowFileUrls(),
        settings.ipfsGateways(),
        mebibytes(settings.maxFetchMiB()),
        base.maxRedirects(),
        base.retries(),
        base.timeouts());
  }

  private static long mebibytes(int count) {
    return (long) count << 20;
  }

  private static Supplier<Salt> salts() {
    var random = new SecureRandom();
    return () -> {
      byte[] bytes = new byte[SALT_BYTES];
      random.nextBytes(bytes);
      return Salt.of(bytes);
    };
  }

  private <T extends AutoCloseable> T keep(T part) {
    open.push(part);
    return part;
  }

  /**
   * Gives back what has no digest, waits a moment for transactions under way, and stops. What is
   * left is on disk and is taken up by the next start.
   */
  @Override
  public void close() {
    events.put(new Event.Leaving());
    try {
      drain();
      link.close();
      loop.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    hands.close();
    closeParts();
    log.stopped();
  }

  private void drain() throws InterruptedException {
    long end = System.nanoTime() + DRAIN.toNanos();
    do {
      Thread.sleep(LOOK_AGAIN);
    } while (loop.isSending() && System.nanoTime() < end);
  }

  private void closeParts() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        log.defect(new IllegalStateException(e));
      }
    }
  }

  /** Hears the pool. */
  private final class Ear implements PoolLink.Listener {
    private boolean isConnected;

    @Override
    public void connected(FromPool.Challenge pool, FromPool.Welcome welcome) {
      isConnected = true;
      log.connected(pool, welcome);
      results.connected(pool.version());
      events.put(new Event.Connected());
    }

    @Override
    public void received(FromPool message) {
      live.received(message);
      results.received(message);
      Wire.eventOf(message).ifPresent(events::put);
    }

    @Override
    public void heartbeatDue() {
      events.put(new Event.HeartbeatDue());
    }

    @Override
    public void disconnected(RucheException reason) {
      if (reason.code().equals(LinkErrors.OFFER_CHANGED)) {
        log.offersMore();
      } else {
        log.disconnected(reason);
      }
      live.disconnected();
      results.disconnected();
      if (isConnected) {
        isConnected = false;
        events.put(new Event.Disconnected());
      }
    }
  }
}
