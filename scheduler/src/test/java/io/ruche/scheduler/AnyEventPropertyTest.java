package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.deal;
import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.Cancellation;
import io.ruche.core.ContributionHashes;
import io.ruche.core.Deal;
import io.ruche.core.Digest;
import io.ruche.core.FailureCode;
import io.ruche.core.Power;
import io.ruche.core.RunUsage;
import io.ruche.core.Salt;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.scheduler.ChainEvent.ContributionStatus;
import io.ruche.scheduler.ChainEvent.ObservedContribution;
import io.ruche.scheduler.ShellEvent.ChainAction;
import io.ruche.scheduler.WorkerEvent.Running;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Anybody may say anything at any time: the engine stays sound and its journal rebuilds it. */
class AnyEventPropertyTest {
  private static final List<ContributionStatus> STANDINGS = List.of(
      ContributionStatus.CONTRIBUTED, ContributionStatus.PROVED, ContributionStatus.REJECTED);
  private static final int EVENTS = 200;
  private static final int WORKERS = 5;
  private static final Salt SALT = new Salt("0x" + "5".repeat(64));

  private Random random = new Random(0);
  private PoolFixture pool = new PoolFixture();

  @Property(tries = 12)
  void staysSound(@ForAll long seed, @ForAll Certification certification) {
    random = new Random(seed);
    pool = new PoolFixture(
        SchedulerPolicy.defaults().withCertification(certification).withMaxLiveTasks(8));
    for (int i = 0; i < EVENTS; i++) {
      if (random.nextInt(8) == 0) {
        pool.now = pool.now.plus(Duration.ofMillis(random.nextInt(60_000)));
      }
      if (random.nextInt(80) == 0) {
        restartLosesNothing();
      }
      pool.on(anything());
      noOwnerWorksTwiceOnOneTask();
      nobodyHoldsMoreThanItsSlots();
      assertThat(pool.engine.tasks().size()).isLessThanOrEqualTo(8);
    }
    restartLosesNothing();
  }

  private void noOwnerWorksTwiceOnOneTask() {
    for (var task : pool.engine.tasks()) {
      var owners = new TreeSet<Address>();
      for (var attempt : task.attempts()) {
        boolean isWaiting =
            List.of("ASSIGNED", "COMMITTED", "CERTIFYING").contains(attempt.state());
        assertThat(!isWaiting || owners.add(ownerOf(attempt.worker())))
            .as("task %s", task)
            .isTrue();
      }
    }
  }

  private void nobodyHoldsMoreThanItsSlots() {
    for (var worker : pool.engine.status().workers()) {
      assertThat(worker.freeSlots()).isBetween(0, Math.max(0, worker.offer().slots()));
    }
  }

  private void restartLosesNothing() {
    var numbers = attemptNumbers();
    var deals = pool.engine.openDeals();
    pool.restart();
    assertThat(pool.engine.openDeals()).containsExactlyInAnyOrderElementsOf(deals);
    assertThat(attemptNumbers()).isEqualTo(numbers);
    var snapshot = pool.engine.snapshot();
    pool.journal.clear();
    pool.journal.addAll(snapshot);
    pool.restart();
    assertThat(pool.engine.snapshot()).containsExactlyInAnyOrderElementsOf(snapshot);
  }

  private Map<TaskId, Integer> attemptNumbers() {
    var numbers = new HashMap<TaskId, Integer>();
    for (var task : pool.engine.tasks()) {
      if (!task.attempts().isEmpty()) {
        numbers.put(task.id(), task.attempts().getLast().number());
      }
    }
    return numbers;
  }

  /** Workers 4 and 5 have one owner. */
  private static Address ownerOf(Address worker) {
    return worker.equals(worker(5)) ? worker(4) : worker;
  }

  private Event anything() {
    return switch (random.nextInt(3)) {
      case 0 -> ofChain();
      case 1 -> ofWorker();
      default -> random.nextBoolean() ? ofWorkerAtWork() : ofShell();
    };
  }

  private Deal someDeal() {
    return switch (random.nextInt(3)) {
      case 0 -> deal(1, 12, "", Address.ZERO);
      case 1 -> deal(3, 3, "", Address.ZERO);
      default -> deal(5, 2, "", PoolFixture.address(77));
    };
  }

  private TaskId someTask() {
    return someDeal().taskId(random.nextInt(3));
  }

  private Digest someDigest() {
    return digest(random.nextInt(3) == 0 ? "b" : "a");
  }

  private static Digest hash(TaskId task, Digest digest) {
    return ContributionHashes.of(Address.ZERO, task, digest).resultHash();
  }

  private int someWorker() {
    return 1 + random.nextInt(WORKERS);
  }

  private AttemptId someAttempt() {
    return new AttemptId(someTask(), 1 + random.nextInt(5));
  }

  private Event ofChain() {
    var task = someTask();
    return switch (random.nextInt(11)) {
      case 0, 1 ->
        new ChainEvent.DealMatched(
            someDeal(), PoolFixture.CATEGORY, PoolFixture.app("WASM"), random.nextBoolean());
      case 2, 3 -> new ChainEvent.TaskInitialized(task);
      case 4 ->
        new ChainEvent.TaskContributed(task, worker(someWorker()), hash(task, someDigest()));
      case 5 -> new ChainEvent.ConsensusReached(task, hash(task, someDigest()), pool.now);
      case 6 -> new ChainEvent.TaskRevealed(task, worker(someWorker()), someDigest());
      case 7 ->
        random.nextInt(4) == 0
            ? new ChainEvent.DealRolledBack(someDeal().id())
            : new ChainEvent.TaskReopened(task);
      case 8 ->
        random.nextInt(3) == 0
            ? new ChainEvent.TaskFinalized(task)
            : new ChainEvent.ContributionJudged(task, worker(someWorker()), random.nextBoolean());
      case 9 -> new ChainEvent.TaskClaimed(task);
      default -> observed(task);
    };
  }

  private Event observed(TaskId task) {
    var votes = IntStream.rangeClosed(1, 1 + random.nextInt(WORKERS))
        .mapToObj(number -> PoolFixture.vote(number, task, someDigest(), some(STANDINGS)))
        .toArray(ObservedContribution[]::new);
    var status = TaskStatus.of(random.nextInt(4));
    return PoolFixture.observed(task, status, pool.now.plusSeconds(600), votes);
  }

  private Event ofWorker() {
    var worker = worker(someWorker());
    return switch (random.nextInt(6)) {
      case 0, 1 ->
        WorkerEvent.Joined.ofWallet(
            worker,
            ownerOf(worker),
            new WorkerOffer(
                random.nextInt(4), 1024, 1, List.of("WASM"), random.nextInt(4) > 0, 0, null),
            random.nextInt(30),
            TokenAmount.ofNano(random.nextInt(5_000)));
      case 2 -> new WorkerEvent.Left(worker);
      case 3, 4 ->
        new WorkerEvent.Heartbeat(
            worker,
            random.nextInt(5),
            List.of(new Running(someAttempt(), somePhase())),
            new Power(some(List.of(Power.Source.values())), random.nextInt(500)));
      default ->
        new WorkerEvent.FundsObserved(
            worker, Funds.ofWallet(random.nextInt(30), TokenAmount.ofNano(random.nextInt(5_000))));
    };
  }

  private <T> T some(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private Phase somePhase() {
    return some(List.of(Phase.values()));
  }

  private Event ofWorkerAtWork() {
    var worker = worker(someWorker());
    var attempt = someAttempt();
    return switch (random.nextInt(8)) {
      case 7 -> random.nextBoolean() ? new ShellEvent.PoolDrained() : new ShellEvent.PoolResumed();
      case 0 ->
        new WorkerEvent.Committed(
            worker,
            attempt,
            ContributionHashes.offChainCommit(someDigest(), SALT),
            new RunUsage(random.nextLong(20_000_000_000L), random.nextInt(9_000)));
      case 1 -> new WorkerEvent.Opened(worker, attempt, someDigest(), SALT);
      case 2 -> new WorkerEvent.Contributed(worker, attempt, PoolFixture.tx());
      case 3 -> new WorkerEvent.Revealed(worker, attempt, PoolFixture.tx());
      case 4 -> new WorkerEvent.Failed(worker, attempt, some(List.of(FailureCode.values())), 1, "");
      case 5 ->
        new WorkerEvent.Refused(
            worker, attempt, some(List.of("PAUSED", "UNKNOWN_ATTEMPT", "DIGEST_DIFFERS")), "");
      default -> new WorkerEvent.Progressed(worker, attempt, somePhase(), "");
    };
  }

  private Event ofShell() {
    var worker = worker(someWorker());
    var actions = ChainAction.values();
    return switch (random.nextInt(7)) {
      case 6 -> new ShellEvent.WorkerReadmitted(worker);
      case 5 ->
        random.nextInt(4) == 0
            ? new ShellEvent.WorkerBanned(worker, "a test")
            : new ShellEvent.Ticked();
      case 4 ->
        new ShellEvent.CancelAsked(
            someTask(),
            PoolFixture.address(904),
            new Cancellation(pool.now, new Signature("0x" + "ab".repeat(65))));
      case 0 ->
        new ShellEvent.ResultStored(
            worker, someAttempt(), new StoredResult("cid", someDigest(), null, ""));
      case 1 -> new ShellEvent.UploadFailed(worker, someAttempt(), "");
      case 2 ->
        new ShellEvent.TransactionFailed(
            actions[random.nextInt(actions.length)], List.of(someTask()), "REVERTED");
      default -> new ShellEvent.Ticked();
    };
  }
}
