package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.Category;
import io.ruche.core.ContributionHashes;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.Keccak;
import io.ruche.core.OnChainTask;
import io.ruche.core.Power;
import io.ruche.core.Resource;
import io.ruche.core.Sha256;
import io.ruche.core.Tag;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;
import io.ruche.scheduler.ChainEvent.ContributionStatus;
import io.ruche.scheduler.ChainEvent.ObservedContribution;
import io.ruche.scheduler.ChainEvent.TaskObserved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A pool under test: an engine, its clock, its journal, and everything it said. */
final class PoolFixture {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Category CATEGORY = new Category(0, "S", "", Duration.ofMinutes(10));
  private static final Duration HEARD_EVERY = Duration.ofSeconds(7);
  static final WorkerOffer OFFER = new WorkerOffer(4, 4096, 100_000, List.of("WASM"));

  final SchedulerPolicy policy;
  SchedulerEngine engine;
  Instant now = START;
  private final Set<Address> present = new TreeSet<>();
  final List<Fact> journal = new ArrayList<>();
  final List<Command> said = new ArrayList<>();

  PoolFixture() {
    this(SchedulerPolicy.defaults());
  }

  PoolFixture(SchedulerPolicy policy) {
    this.policy = policy;
    this.engine = new SchedulerEngine(policy);
  }

  List<Command> on(Event event) {
    if (event instanceof WorkerEvent.Joined joined) {
      present.add(joined.machine());
    } else if (event instanceof WorkerEvent.Left left) {
      present.remove(left.machine());
    }
    return take(engine.on(event, now));
  }

  /** Lets time pass; workers are heard from, and the engine is woken when it asks for it. */
  List<Command> pass(Duration time) {
    var until = now.plus(time);
    var all = new ArrayList<Command>();
    while (now.isBefore(until)) {
      var next = now.plus(HEARD_EVERY);
      all.addAll(tickUntil(next.isBefore(until) ? next : until));
      for (var worker : present) {
        var somewhere = new AttemptId(TaskId.of(new byte[32]), 1);
        all.addAll(on(new WorkerEvent.Progressed(worker, somewhere, Phase.RUNNING, "still here")));
      }
    }
    return all;
  }

  private List<Command> tickUntil(Instant until) {
    var all = new ArrayList<Command>();
    while (true) {
      var wakeup = engine.nextWakeup();
      if (wakeup.isEmpty() || wakeup.get().isAfter(until)) {
        now = until;
        return all;
      }
      now = wakeup.get().isAfter(now) ? wakeup.get() : now;
      all.addAll(on(new ShellEvent.Ticked()));
    }
  }

  /** From now on nothing is heard of this worker, though its session stays open. */
  void silence(int number) {
    present.remove(worker(number));
  }

  /** Kills the engine and starts a new one on the journal. */
  List<Command> restart() {
    present.clear();
    var lines = journal.stream().map(FactCodec::encode).toList();
    engine = new SchedulerEngine(policy);
    return take(engine.restore(lines.stream().map(FactCodec::decode).toList(), now));
  }

  private List<Command> take(Decision decision) {
    journal.addAll(decision.facts());
    said.addAll(decision.commands());
    return decision.commands();
  }

  /** A matched deal whose tasks are all initialised. */
  Deal openDeal(long trust, long size) {
    return openDeal(deal(trust, size, "", Address.ZERO), "WASM");
  }

  Deal openDeal(Deal deal, String appType) {
    match(deal, appType);
    for (long index = 0; index < deal.botSize(); index++) {
      on(new ChainEvent.TaskInitialized(deal.taskId(index)));
    }
    return deal;
  }

  List<Command> match(Deal deal, String appType) {
    return match(deal, CATEGORY, appType);
  }

  List<Command> match(Deal deal, Category category, String appType) {
    return on(new ChainEvent.DealMatched(deal, category, app(appType), false));
  }

  List<Command> join(int number) {
    return join(number, OFFER);
  }

  /** Logs in again and says nothing yet. */
  List<Command> rejoin(int number, WorkerOffer offer) {
    return on(WorkerEvent.Joined.ofWallet(
        worker(number), worker(number), offer, 0, TokenAmount.ofNano(1_000_000)));
  }

  List<Command> join(int number, WorkerOffer offer) {
    var commands = new ArrayList<>(rejoin(number, offer));
    commands.addAll(beat(number, offer.slots()));
    return commands;
  }

  List<Command> beat(int number, int freeSlots, WorkerEvent.Running... running) {
    return on(new WorkerEvent.Heartbeat(worker(number), freeSlots, List.of(running)));
  }

  /** A heartbeat of an idle machine that says what it runs on. */
  List<Command> runsOn(int number, Power.Source source) {
    return on(
        new WorkerEvent.Heartbeat(worker(number), OFFER.slots(), List.of(), new Power(source, 0)));
  }

  List<Command> contribute(int number, TaskId task, Digest digest) {
    var hashes = ContributionHashes.of(worker(number), task, digest);
    return on(new ChainEvent.TaskContributed(task, worker(number), hashes.resultHash()));
  }

  List<Command> agree(TaskId task, Digest digest) {
    var hash = ContributionHashes.of(Address.ZERO, task, digest).resultHash();
    return on(new ChainEvent.ConsensusReached(task, hash, now));
  }

  List<Command> reveal(int number, TaskId task, Digest digest) {
    return on(new ChainEvent.TaskRevealed(task, worker(number), digest));
  }

  List<Command> store(Command.RequestUpload request, String callbackData) {
    return store(request, null, callbackData);
  }

  List<Command> store(
      Command.RequestUpload request, @Nullable Failure failure, String callbackData) {
    var result = new StoredResult("bafkrei", request.digest(), failure, callbackData);
    return on(new ShellEvent.ResultStored(request.machine(), request.attempt(), result));
  }

  /** What the chain would answer about a task with these contributions, of which none is shown. */
  static TaskObserved observed(
      TaskId task, TaskStatus status, Instant revealDeadline, ObservedContribution... votes) {
    return revealed(task, status, revealDeadline, Digest.of(new byte[32]), votes);
  }

  /** As {@link #observed}, once a winner has revealed this digest. */
  static TaskObserved revealed(
      TaskId task,
      TaskStatus status,
      Instant revealDeadline,
      Digest revealed,
      ObservedContribution... votes) {
    var consensus = status == TaskStatus.REVEALING || status == TaskStatus.COMPLETED
        ? votes[0].resultHash()
        : Digest.of(new byte[32]);
    var onChain = new OnChainTask(
        task,
        DealId.of(new byte[32]),
        0,
        status,
        Instant.EPOCH,
        revealDeadline,
        Instant.EPOCH,
        consensus,
        0,
        0,
        List.of(),
        revealed,
        "");
    return new TaskObserved(onChain, List.of(votes));
  }

  static ObservedContribution vote(
      int number, TaskId task, Digest digest, ContributionStatus status) {
    var hash = ContributionHashes.of(worker(number), task, digest).resultHash();
    return new ObservedContribution(worker(number), status, hash, 1);
  }

  static Deal deal(long trust, long size, String params, Address callback) {
    return deal(address(904), "deal " + trust + " " + size, trust, size, params, callback);
  }

  /** A bag of this requester that any machine can run. */
  static Deal dealOf(Address requester, long trust, long size) {
    var name = "deal of %s %d %d".formatted(requester, trust, size);
    return deal(requester, name, trust, size, "", Address.ZERO);
  }

  private static Deal deal(
      Address requester, String name, long trust, long size, String params, Address callback) {
    return new Deal(
        DealId.of(Keccak.hashText(name)),
        new Resource(address(900), address(901), TokenAmount.ofNano(1)),
        new Resource(Address.ZERO, Address.ZERO, TokenAmount.ZERO),
        new Resource(address(902), address(903), TokenAmount.ofNano(1000)),
        trust,
        0,
        Tag.NONE,
        requester,
        requester,
        callback,
        params,
        START,
        0,
        size,
        TokenAmount.ofNano(300),
        1,
        Address.ZERO);
  }

  static App app(String type) {
    return new App(address(900), address(901), "app", type, "http://app", Sha256.ABSENT);
  }

  static Address worker(int number) {
    return address(number);
  }

  static Address address(int number) {
    return new Address("0x%040x".formatted(number));
  }

  static Digest digest(String text) {
    return Digest.of(Keccak.hashText(text));
  }

  static TxHash tx() {
    return new TxHash("0x" + "0".repeat(64));
  }

  static <T extends Command> List<T> only(Class<T> type, List<Command> commands) {
    return commands.stream().filter(type::isInstance).map(type::cast).toList();
  }

  static <T extends Command> T one(Class<T> type, List<Command> commands) {
    var found = only(type, commands);
    if (found.size() != 1) {
      throw new AssertionError("expected one %s, found: %s".formatted(type, commands));
    }
    return found.getFirst();
  }
}
