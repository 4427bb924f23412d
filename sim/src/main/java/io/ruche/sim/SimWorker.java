package io.ruche.sim;

import io.ruche.core.Address;
import io.ruche.core.ContributionHashes;
import io.ruche.core.Deal;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.Keccak;
import io.ruche.core.Power;
import io.ruche.core.Salt;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.core.TxHash;
import io.ruche.scheduler.FailureVote;
import io.ruche.testkit.HubContribution;
import io.ruche.worker.AttemptId;
import io.ruche.worker.ChainView;
import io.ruche.worker.Command;
import io.ruche.worker.Event;
import io.ruche.worker.Fact;
import io.ruche.worker.Terms;
import io.ruche.worker.WorkerEngine;
import io.ruche.worker.WorkerPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A machine that runs the real worker engine; it is slow, may lie, and may die at any moment. */
final class SimWorker {
  /** Machines that have all files and whose runs are short, so that they ask for work ahead. */
  private static final double QUICK = 0.3;

  /** Runs that take longer than the machine's others. */
  private static final double SURPRISE = 0.02;

  private static final Duration SLOW = Duration.ofSeconds(40);

  static final int SLOTS = 2;

  /** Of results that are handed in first, those that are small. */
  private static final double HANDED_IN = 0.5;

  private static final int DIGITS_OF_NAME = 36;
  private static final TxHash SOME_TX = new TxHash("0x" + "e".repeat(64));

  private final World world;
  private final SimChain chain;
  private final Address machine;
  private final Address worker;
  private final Address owner;
  private final Manners manners;
  private final SimLink link;
  private final String name;
  private final boolean isQuick;
  private final Duration runTime;
  private final List<Fact> journal = new ArrayList<>();
  private final Map<AttemptId, Failure> writtenFailures = new HashMap<>();
  private final Map<TaskId, Deal> verified = new HashMap<>();
  private @Nullable WorkerEngine engine;
  private @Nullable SimPool pool;
  private long life;
  private boolean isTickPlanned;
  private double txLoss;
  private double fetchTrouble;
  private Power power = Power.UNKNOWN;

  /** How a machine behaves. */
  enum Manners {
    HONEST,
    /** Like all others of its kind. */
    LIES,
    /** Like nobody else. */
    LIES_ALONE,
    NEVER_REVEALS
  }

  /**
   * A machine that is down.
   *
   * @param worker whom it works for: itself, or an account
   */
  SimWorker(
      World world,
      SimChain chain,
      Address machine,
      Address worker,
      Address owner,
      Manners manners,
      SimLink link) {
    this.world = world;
    this.chain = chain;
    this.machine = machine;
    this.name = "w" + Integer.parseInt(machine.hex().substring(DIGITS_OF_NAME), 16);
    this.worker = worker;
    this.owner = owner;
    this.manners = manners;
    this.link = link;
    this.isQuick = world.chance(QUICK);
    this.runTime = isQuick ? world.between(20, 200) : world.between(1_000, 40_000);
  }

  Address machine() {
    return machine;
  }

  Address worker() {
    return worker;
  }

  Address owner() {
    return owner;
  }

  Manners manners() {
    return manners;
  }

  SimLink link() {
    return link;
  }

  boolean isAlive() {
    return engine != null;
  }

  boolean holdsNothing() {
    return engine != null && engine.held().isEmpty();
  }

  /** From its next start on. */
  void runsOn(Power newPower) {
    power = newPower;
  }

  void joins(SimPool newPool) {
    pool = newPool;
  }

  void faults(double newTxLoss, double newFetchTrouble) {
    txLoss = newTxLoss;
    fetchTrouble = newFetchTrouble;
  }

  void start() {
    life++;
    engine = new WorkerEngine(WorkerPolicy.of(worker, SLOTS, 2_048), this::salt);
    world.trace(name(), "starts with %d facts".formatted(journal.size()));
    take(engine.restore(journal, world.now()));
    feed(new Event.PowerSeen(power));
    planHeartbeat();
  }

  /** A power cut: what was not synced is lost. */
  void crash() {
    life++;
    while (!journal.isEmpty() && !journal.getLast().bindsWorker()) {
      journal.removeLast();
    }
    engine = null;
    isTickPlanned = false;
    disconnect();
    world.trace(name(), "crashes");
  }

  void disconnect() {
    if (link.isUp()) {
      link.close();
      feed(new Event.Disconnected());
      if (pool != null) {
        pool.sessionLost(this);
      }
    }
  }

  /** Logs in if the pool is there. */
  void connect() {
    if (engine != null && !link.isUp() && pool != null && pool.isAlive()) {
      link.open();
      pool.sessionOpened(this);
      feed(new Event.Connected());
    }
  }

  void feed(Event event) {
    if (engine != null) {
      take(engine.on(List.of(event), world.now()));
    }
  }

  private void take(io.ruche.worker.Decision decision) {
    journal.addAll(decision.facts());
    decision.commands().forEach(this::obey);
    planTick();
  }

  private void obey(Command command) {
    if (!(command instanceof Command.Heartbeat)) {
      world.trace(name(), command);
    }
    switch (command) {
      case Command.Report report -> {
        var event = Wire.toPool(machine, report);
        if (pool != null) {
          var target = pool;
          link.toPool(() -> {
            handIn(target, report);
            target.hear(event);
          });
        }
      }
      case Command.Verify c -> verify(c);
      case Command.CheckCancel c -> checkCancel(c);
      case Command.Fetch c -> fetch(c.id());
      case Command.Run c -> run(c.id());
      case Command.WriteFailure c -> {
        writtenFailures.put(c.id(), c.failure());
        answer(20, 60, new Event.FailureWritten(c.id(), failureDigest(c.id().task(), c.failure())));
      }
      case Command.Cancel c -> {}
      case Command.PauseRuns c -> {}
      case Command.ResumeRuns c -> {}
      case Command.Discard c -> writtenFailures.remove(c.id());
      case Command.Contribute c -> contribute(c.id(), c.digest(), c.authorization());
      case Command.ContributeAndFinalize c -> settle(c);
      case Command.LookAtChain c -> look(c);
      case Command.Reveal c -> reveal(c);
      case Command.Upload c -> upload(c);
    }
  }

  private void verify(Command.Verify c) {
    var deal = chain.hub().viewDeal(c.deal());
    answer(
        20,
        200,
        deal.isEmpty()
            ? new Event.Mismatched(c.id(), "DEAL_UNKNOWN", "not on chain")
            : c.wasContributed() && hasContributed(c.id().task())
                ? new Event.Mismatched(c.id(), "ALREADY_CONTRIBUTED", "on chain")
                : new Event.Verified(c.id(), terms(c.id().task(), deal.get())));
  }

  private boolean hasContributed(TaskId task) {
    return chain.hub().viewContributions(task).stream()
        .anyMatch(one -> one.worker().equals(worker));
  }

  private void checkCancel(Command.CheckCancel c) {
    var deal = chain.hub().viewDeal(c.deal());
    answer(
        20,
        200,
        deal.isEmpty()
            ? new Event.CancelRefused(c.id(), "DEAL_UNKNOWN", "not on chain")
            : new Event.CancelChecked(c.id(), terms(c.id().task(), deal.get())));
  }

  private Terms terms(TaskId task, Deal deal) {
    verified.put(task, deal);
    var category = chain.hub().viewCategory(deal.categoryId());
    return new Terms(
        deal.startTime().plus(category.contributionTime()),
        deal.startTime().plus(category.finalTime()),
        deal.workerStake(),
        chain.hub().viewAccount(worker).stake());
  }

  private void fetch(AttemptId id) {
    var failure = fetchFailure(id.task());
    answer(
        isQuick ? 5 : 100,
        isQuick ? 50 : 2_000,
        failure == null
            ? new Event.Fetched(id)
            : new Event.WorkFailed(id, new Failure(failure, 0), "simulated"));
  }

  private @Nullable FailureCode fetchFailure(TaskId task) {
    if (world.chance(fetchTrouble)) {
      return world.chance(0.5) ? FailureCode.FETCH : FailureCode.INFRASTRUCTURE;
    }
    return switch (kindOf(task)) {
      case FINE, TRAPS, TRAPS_WITH_CALLBACK -> null;
      case DEAD_URL -> FailureCode.FETCH;
      case GARBAGE_PARAMS -> FailureCode.INVALID_PARAMS;
      case UNKNOWN_APP -> FailureCode.UNSUPPORTED;
    };
  }

  private void run(AttemptId id) {
    var kind = kindOf(id.task());
    var end = kind == Setup.Kind.TRAPS || kind == Setup.Kind.TRAPS_WITH_CALLBACK
        ? new Event.WorkFailed(id, new Failure(FailureCode.TRAP, 0), "unreachable")
        : new Event.RunFinished(id, digestOf(id.task()));
    var time = world.chance(SURPRISE) ? SLOW : runTime;
    answer(time.toMillis() / 2, time.toMillis(), end);
  }

  private Digest digestOf(TaskId task) {
    var text = switch (manners) {
      case LIES -> "lie ";
      case LIES_ALONE -> "lie of " + owner + " ";
      case HONEST, NEVER_REVEALS -> "result ";
    };
    return Digest.of(Keccak.hashText(text + task));
  }

  private void contribute(AttemptId id, Digest digest, Signature authorization) {
    boolean isAuthorized = Wire.isLeave(authorization, worker, id.task());
    chain.submit(
        "contribute " + name() + " " + id.task(),
        txLoss,
        () -> chain.hub().contribute(worker, id.task(), digest, isAuthorized),
        outcome -> tell(outcome, id, new Event.ContributionMined(id, SOME_TX)));
  }

  /** Who never reveals votes with its leave instead, and leaves the task to the others. */
  private void settle(Command.ContributeAndFinalize c) {
    var id = c.id();
    if (manners == Manners.NEVER_REVEALS) {
      contribute(id, c.digest(), c.authorization());
      return;
    }
    boolean isAuthorized = Wire.isLeave(c.authorization(), worker, id.task());
    chain.submit(
        "settle " + name() + " " + id.task(),
        txLoss,
        () -> chain
            .hub()
            .contributeAndFinalize(worker, id.task(), c.digest(), c.settlement(), isAuthorized),
        outcome -> tell(outcome, id, new Event.ContributionMined(id, SOME_TX)));
  }

  private void reveal(Command.Reveal c) {
    var id = c.id();
    if (manners == Manners.NEVER_REVEALS) {
      return;
    }
    chain.submit(
        "reveal " + name() + " " + id.task(),
        txLoss,
        () -> chain.hub().reveal(worker, id.task(), c.digest()),
        outcome -> tell(outcome, id, new Event.RevealMined(id, SOME_TX)));
  }

  private void tell(SimChain.Outcome outcome, AttemptId id, Event success) {
    if (outcome.isLost()) {
      feed(new Event.ChainFailed(id, "TX_LOST", "not mined in time", true));
    } else if (outcome.error() != null) {
      feed(new Event.ChainFailed(id, outcome.error(), "reverted", false));
    } else {
      feed(success);
    }
  }

  private void look(Command.LookAtChain c) {
    later(world.between(20, 300), () -> {
      var task = chain.hub().viewTask(c.id().task());
      var hash = ContributionHashes.of(worker, c.id().task(), c.digest()).resultHash();
      var standing = chain.hub().viewContributions(c.id().task()).stream()
          .filter(contribution -> contribution.worker().equals(worker))
          .findFirst()
          .map(SimWorker::standing)
          .orElse(ChainView.Standing.NONE);
      boolean isOurs = task.consensusValue().equals(hash);
      feed(new Event.ChainSeen(c.id(), new ChainView(task.status(), standing, isOurs)));
    });
  }

  private static ChainView.Standing standing(HubContribution contribution) {
    return switch (contribution.status()) {
      case UNSET -> ChainView.Standing.NONE;
      case CONTRIBUTED -> ChainView.Standing.CONTRIBUTED;
      case PROVED -> ChainView.Standing.PROVED;
      case REJECTED -> ChainView.Standing.REJECTED;
    };
  }

  /** Small results come along with their opening, large ones do not. */
  private void handIn(SimPool target, Command.Report report) {
    if (report instanceof Command.Opened(var id, var digest, var _, var isResultFirst)
        && isResultFirst
        && world.chance(HANDED_IN)) {
      target.handIn(this, id, digest, writtenFailures.get(id));
    }
  }

  private void upload(Command.Upload c) {
    later(world.between(100, 1_500), () -> {
      var failure = writtenFailures.get(c.id());
      var digest =
          failure == null ? digestOf(c.id().task()) : failureDigest(c.id().task(), failure);
      boolean isStored = pool != null && link.isUp() && pool.store(this, c.id(), digest, failure);
      feed(
          isStored
              ? new Event.Uploaded(c.id())
              : new Event.UploadFailed(c.id(), "the pool is not there", true));
    });
  }

  private Digest failureDigest(TaskId task, Failure failure) {
    return FailureVote.digest(failure, dealOf(task).callbackKind());
  }

  private Setup.Kind kindOf(TaskId task) {
    return Setup.Kind.valueOf(dealOf(task).params());
  }

  /** What was read before the run, as a machine does: a reorg may hide the deal meanwhile. */
  private Deal dealOf(TaskId task) {
    return Objects.requireNonNull(verified.get(task), "a deal is verified before its tasks run");
  }

  private void answer(long minMillis, long maxMillis, Event event) {
    later(world.between(minMillis, maxMillis), () -> feed(event));
  }

  /** Whatever a dead process had planned does not happen. */
  private void later(Duration delay, Runnable action) {
    long ofLife = life;
    world.in(delay, () -> {
      if (life == ofLife) {
        action.run();
      }
    });
  }

  /** While it holds something; else ten thousand idle machines would keep time for nothing. */
  private void planTick() {
    if (isTickPlanned || engine == null || holdsNothing()) {
      return;
    }
    isTickPlanned = true;
    later(Duration.ofSeconds(1), () -> {
      isTickPlanned = false;
      feed(new Event.Tick());
    });
  }

  private void planHeartbeat() {
    later(Duration.ofSeconds(5), () -> {
      feed(new Event.HeartbeatDue());
      connect();
      planHeartbeat();
    });
  }

  private Salt salt() {
    byte[] bytes = new byte[32];
    world.random().nextBytes(bytes);
    return Salt.of(bytes);
  }

  String name() {
    return name;
  }
}
