package io.ruche.sim;

import io.ruche.core.Address;
import io.ruche.core.Cancellation;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.AttemptId;
import io.ruche.scheduler.ChainEvent;
import io.ruche.scheduler.Command;
import io.ruche.scheduler.Decision;
import io.ruche.scheduler.Event;
import io.ruche.scheduler.Fact;
import io.ruche.scheduler.Funds;
import io.ruche.scheduler.SchedulerEngine;
import io.ruche.scheduler.SchedulerPolicy;
import io.ruche.scheduler.ShellEvent;
import io.ruche.scheduler.StoredResult;
import io.ruche.scheduler.TaskKey;
import io.ruche.scheduler.WorkerEvent;
import io.ruche.scheduler.WorkerOffer;
import io.ruche.testkit.HubLog;
import io.ruche.testkit.InMemoryJournal;
import io.ruche.testkit.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The shell of a pool around the real scheduler engine: journal first, then the commands. */
final class SimPool {
  private static final int COMPACT_ABOVE = 150;
  private static final int LOGS_TOLD_AGAIN = 6;

  /** Of crashes, those that also take what was not synced. */
  private static final double POWER_CUTS = 0.5;

  private final World world;
  private final SimChain chain;
  private final SchedulerPolicy policy;
  private final InMemoryJournal journal = new InMemoryJournal();
  private final Map<Address, SimWorker> workers = new HashMap<>();
  private @Nullable SchedulerEngine engine;
  private int uploads;

  /** Results that came before they were asked for; gone with the process. */
  private final Map<HandedIn, StoredResult> handedIn = new HashMap<>();

  private int compactAbove = COMPACT_ABOVE;
  private int cursor;

  /** The place in the chain's logs that is on disk, once all that came of those before it is. */
  private int remembered;

  private long life;
  private Consumer<Fact> onFact = fact -> {};
  private Instant tickPlannedFor = Instant.MAX;
  private double crashBeforeCommands;
  private double txLoss;

  SimPool(World world, SimChain chain, SchedulerPolicy policy) {
    this.world = world;
    this.chain = chain;
    this.policy = policy;
    chain.onBlock(() -> later(world.between(20, 400), this::follow));
    chain.onReorg(this::reorganised);
  }

  /** Who is told of each fact when it is in the journal. */
  void onFact(Consumer<Fact> watcher) {
    onFact = watcher;
  }

  boolean isAlive() {
    return engine != null;
  }

  @Nullable
  SchedulerEngine engine() {
    return engine;
  }

  InMemoryJournal journal() {
    return journal;
  }

  void faults(double newTxLoss, double newCrashBeforeCommands) {
    txLoss = newTxLoss;
    crashBeforeCommands = newCrashBeforeCommands;
  }

  void add(SimWorker worker) {
    workers.put(worker.machine(), worker);
    worker.joins(this);
  }

  /** Only from the dead: a second start would leave sessions open that the engine never saw. */
  void start() {
    if (engine != null) {
      throw new IllegalStateException("expected a pool that is down, found one at work");
    }
    life++;
    engine = new SchedulerEngine(policy);
    world.trace("pool", "starts with %d facts".formatted(journal.size()));
    cursor = Math.max(0, remembered - LOGS_TOLD_AGAIN);
    take(engine.restore(journal.replay(), world.now()));
    if (engine != null) {
      for (var deal : engine.openDeals()) {
        if (chain.hub().viewDeal(deal).isEmpty()) {
          feed(new ChainEvent.DealRolledBack(deal));
        }
      }
    }
    follow();
  }

  void startAgain() {
    if (engine == null) {
      start();
    }
  }

  void crash() {
    life++;
    engine = null;
    tickPlannedFor = Instant.MAX;
    handedIn.clear();
    world.trace("pool", "crashes");
    if (world.chance(POWER_CUTS)) {
      journal.cutPower();
    }
    workers.values().stream()
        .sorted((a, b) -> a.machine().compareTo(b.machine()))
        .forEach(SimWorker::disconnect);
  }

  // Workers.

  void sessionOpened(SimWorker worker) {
    var joined = new WorkerEvent.Joined(
        worker.machine(),
        worker.worker(),
        worker.owner(),
        new WorkerOffer(SimWorker.SLOTS, 2_048, 10_000, List.of("WASM")),
        funds(worker.worker()));
    worker.link().toPool(() -> feed(joined));
  }

  private Funds funds(Address worker) {
    return Funds.ofWallet(
        chain.hub().viewScore(worker), chain.hub().viewAccount(worker).stake());
  }

  void sessionLost(SimWorker worker) {
    later(world.between(5, 100), () -> {
      if (!worker.link().isUp()) {
        feed(new WorkerEvent.Left(worker.machine()));
      }
    });
  }

  void hear(WorkerEvent event) {
    feed(event);
  }

  /** Takes an upload; false when nobody is there to take it. */
  boolean store(
      SimWorker worker, io.ruche.worker.AttemptId id, Digest digest, @Nullable Failure failure) {
    if (engine == null) {
      return false;
    }
    uploads++;
    feed(new ShellEvent.ResultStored(worker.machine(), Wire.of(id), resultOf(digest, failure)));
    return engine != null;
  }

  private static StoredResult resultOf(Digest digest, @Nullable Failure failure) {
    return new StoredResult("bafk" + digest.hex().substring(2, 10), digest, failure, "");
  }

  private record HandedIn(Address machine, AttemptId attempt) {}

  /** Keeps a result that comes with its opening. */
  void handIn(
      SimWorker worker, io.ruche.worker.AttemptId id, Digest digest, @Nullable Failure failure) {
    if (engine != null) {
      handedIn.put(new HandedIn(worker.machine(), Wire.of(id)), resultOf(digest, failure));
    }
  }

  /** Whether what would be asked for is here; then it is stored a little later. */
  private boolean isHandedIn(Command.ToWorker order) {
    var result = order instanceof Command.RequestUpload
        ? handedIn.remove(new HandedIn(order.machine(), order.attempt()))
        : null;
    if (result != null) {
      later(
          world.between(1, 300),
          () -> feed(new ShellEvent.ResultStored(order.machine(), order.attempt(), result)));
    }
    return result != null;
  }

  /** The requester's word, as far as anybody is there to hear it. */
  void cancel(TaskId task) {
    world.trace("requester", "cancels " + task);
    var word = new Cancellation(world.now(), Signature.of(task.bytes()));
    feed(new ShellEvent.CancelAsked(task, Sample.REQUESTER, word));
  }

  // The chain.

  private void follow() {
    for (var log : chain.hub().logsFrom(cursor)) {
      if (engine == null) {
        return;
      }
      cursor++;
      var event = eventOf(log);
      if (event != null) {
        feed(event);
      }
    }
    if (engine != null) {
      journal.sync();
      remembered = cursor;
    }
  }

  private @Nullable ChainEvent eventOf(HubLog log) {
    return switch (log) {
      case HubLog.OrdersMatched(var id) -> {
        var deal = chain.hub().viewDeal(id).orElseThrow();
        var type = deal.params().equals("UNKNOWN_APP") ? "COBOL" : "WASM";
        yield new ChainEvent.DealMatched(
            deal,
            chain.hub().viewCategory(deal.categoryId()),
            Sample.app(type),
            chain.hub().viewTask(deal.taskId(deal.botFirst())).status() != TaskStatus.UNSET);
      }
      case HubLog.TaskInitialize(var task) -> new ChainEvent.TaskInitialized(task);
      case HubLog.TaskContribute(var task, var worker, var hash) ->
        new ChainEvent.TaskContributed(task, worker, hash);
      case HubLog.TaskConsensus(var task, var hash, var at) ->
        new ChainEvent.ConsensusReached(task, hash, at);
      case HubLog.TaskReveal(var task, var worker, var digest) ->
        new ChainEvent.TaskRevealed(task, worker, digest);
      case HubLog.TaskReopen(var task) -> new ChainEvent.TaskReopened(task);
      case HubLog.TaskFinalize(var task, var results) -> new ChainEvent.TaskFinalized(task);
      case HubLog.TaskClaimed(var task) -> new ChainEvent.TaskClaimed(task);
      case HubLog.AccurateContribution(var worker, var task) ->
        new ChainEvent.ContributionJudged(task, worker, true);
      case HubLog.FaultyContribution(var worker, var task) ->
        new ChainEvent.ContributionJudged(task, worker, false);
    };
  }

  private void reorganised(List<HubLog> gone) {
    boolean hasSeen = cursor > chain.hub().logs().size();
    cursor = Math.min(cursor, chain.hub().logs().size());
    remembered = Math.min(remembered, cursor);
    if (!hasSeen) {
      return;
    }
    var tasks = new LinkedHashSet<TaskId>();
    for (var log : gone) {
      if (log instanceof HubLog.OrdersMatched(var deal)) {
        feed(new ChainEvent.DealRolledBack(deal));
      } else if (eventOf(log) instanceof ChainEvent.OfTask event) {
        tasks.add(event.task());
      }
    }
    tasks.forEach(this::observe);
  }

  private void observe(TaskId task) {
    feed(read(task));
  }

  /** What was read may be old when the engine hears of it. */
  private void observeLater(List<TaskId> tasks) {
    later(world.between(10, 200), () -> {
      var read = tasks.stream().map(this::read).toList();
      later(world.between(0, 1_500), () -> read.forEach(this::feed));
    });
  }

  private ChainEvent.TaskObserved read(TaskId task) {
    var contributions = chain.hub().viewContributions(task).stream()
        .map(c -> new ChainEvent.ObservedContribution(
            c.worker(), c.status(), c.resultHash(), c.log2Weight()))
        .toList();
    return new ChainEvent.TaskObserved(chain.hub().viewTask(task), contributions);
  }

  // The engine.

  private void feed(Event event) {
    if (engine != null) {
      take(engine.on(event, world.now()));
    }
  }

  private void take(Decision decision) {
    journal.append(decision.facts());
    decision.facts().forEach(onFact);
    var alive = engine;
    if (alive == null) {
      return;
    }
    if (!decision.commands().isEmpty() && world.chance(crashBeforeCommands)) {
      crash();
      world.in(world.between(500, 8_000), this::startAgain);
      return;
    }
    if (journal.size() > compactAbove) {
      journal.compact(alive.snapshot());
      compactAbove = COMPACT_ABOVE + 2 * journal.size();
    }
    decision.commands().forEach(this::obey);
    planTick(alive);
  }

  private void planTick(SchedulerEngine alive) {
    var wakeup = alive.nextWakeup();
    if (wakeup.isEmpty() || !wakeup.get().isBefore(tickPlannedFor)) {
      return;
    }
    var at = wakeup.get().isBefore(world.now()) ? world.now() : wakeup.get();
    tickPlannedFor = at;
    later(Duration.between(world.now(), at), () -> {
      if (!tickPlannedFor.isAfter(world.now())) {
        tickPlannedFor = Instant.MAX;
      }
      feed(new ShellEvent.Ticked());
      if (engine != null) {
        planTick(engine);
      }
    });
  }

  private void obey(Command command) {
    world.trace("pool", command);
    switch (command) {
      case Command.ToWorker order -> {
        var worker = workers.get(order.machine());
        if (worker != null && !isHandedIn(order)) {
          var event = Wire.toWorker(order, life + "-" + uploads);
          worker.link().toWorker(() -> worker.feed(event));
        }
      }
      case Command.ToChain call -> send(call);
      case Command.Observe(var tasks) -> observeLater(tasks);
      case Command.ObserveFunds(var machine, var worker) ->
        later(
            world.between(20, 300),
            () -> feed(new WorkerEvent.FundsObserved(machine, funds(worker))));
    }
  }

  private void send(Command.ToChain command) {
    var hub = chain.hub();
    switch (command) {
      case Command.Initialize(var keys) ->
        submit(
            ShellEvent.ChainAction.INITIALIZE,
            ids(keys),
            () -> keys.forEach(key -> hub.initialize(key.deal(), key.index())));
      case Command.Finalize(var task, var settlement) ->
        submit(
            ShellEvent.ChainAction.FINALIZE,
            List.of(task),
            () -> hub.finalizeTask(Sample.POOL_OWNER, task, settlement));
      case Command.Reopen(var task) ->
        submit(
            ShellEvent.ChainAction.REOPEN,
            List.of(task),
            () -> hub.reopen(Sample.POOL_OWNER, task));
      case Command.Claim(var tasks) ->
        submit(ShellEvent.ChainAction.CLAIM, tasks, () -> tasks.forEach(hub::claim));
      case Command.InitializeAndClaim(var keys) ->
        submit(
            ShellEvent.ChainAction.CLAIM,
            ids(keys),
            () -> keys.forEach(key -> hub.initializeAndClaim(key.deal(), key.index())));
    }
  }

  private void submit(ShellEvent.ChainAction action, List<TaskId> tasks, Runnable call) {
    chain.submit(action + " " + tasks, txLoss, call, outcome -> {
      if (outcome.isLost() || outcome.error() != null) {
        var code = outcome.error() == null ? "TX_LOST" : outcome.error();
        feed(new ShellEvent.TransactionFailed(action, tasks, code));
      }
    });
  }

  private static List<TaskId> ids(List<TaskKey> keys) {
    return keys.stream().map(TaskKey::task).toList();
  }

  private void later(Duration delay, Runnable action) {
    long ofLife = life;
    world.in(delay, () -> {
      if (life == ofLife) {
        action.run();
      }
    });
  }
}
