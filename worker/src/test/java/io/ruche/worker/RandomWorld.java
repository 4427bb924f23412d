package io.ruche.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;
import io.ruche.worker.availability.Stance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A pool that says anything at any time, a chain with its own rules, a machine that answers in any
 * order and dies at any moment: between facts and commands too, and with what was not synced. What
 * must always hold is checked at every command.
 */
final class RandomWorld {
  private static final int TASKS = 4;
  private static final List<Stance> STANCES = List.of(Stance.values());

  private final Random random;
  private final Bench bench = new Bench();
  private final List<Command> open = new ArrayList<>();
  private final Map<TaskId, Digest> contributed = new HashMap<>();
  private final Set<TaskId> onChain = new HashSet<>();
  private final Set<TaskId> agreed = new HashSet<>();
  private final Set<TaskId> proved = new HashSet<>();
  private final Set<TaskId> agreementSeen = new HashSet<>();
  private final Map<TaskId, Integer> sendsAllowed = new HashMap<>();
  private final Set<AttemptId> stopped = new HashSet<>();
  private final Set<AttemptId> signed = new HashSet<>();
  private boolean hasCrashed;
  private boolean isEnding;
  private Stance stance = Stance.WORK;

  RandomWorld(long seed) {
    random = new Random(seed);
  }

  void step() {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> feed(fromPool());
      case 3 -> feed(random.nextBoolean() ? new Event.Connected() : new Event.Disconnected());
      case 4 -> {
        bench.now = bench.now.plusMillis(random.nextInt(60_000));
        feed(new Event.Tick());
      }
      case 5 -> agree();
      case 6 -> crash();
      case 7 -> stand(STANCES.get(random.nextInt(STANCES.size())));
      default -> answer();
    }
  }

  private void stand(Stance next) {
    stance = next;
    feed(new Event.StanceTaken(next, "because"));
  }

  /** The pool calls everything off and the chain closes: nothing may be held in the end. */
  void finish() {
    isEnding = true;
    feed(new Event.Connected());
    bench.now = Bench.FINAL.plusSeconds(60);
    for (int i = 0; i < 3; i++) {
      feed(new Event.Tick());
      while (!open.isEmpty()) {
        answer();
      }
    }
    assertThat(bench.engine.held()).isEmpty();
    assertThat(bench.engine.snapshot()).isEmpty();
  }

  private AttemptId someId() {
    return Bench.id(1 + random.nextInt(TASKS), 1 + random.nextInt(3));
  }

  private Event fromPool() {
    var id = someId();
    return switch (random.nextInt(14)) {
      case 11 -> new Event.CancelAsked(id, Bench.CANCELLATION);
      case 12 ->
        new Event.Assigned(Bench.assignment(id, new Release.AfterCommit()), Bench.CANCELLATION);
      case 13 ->
        new Event.FailureCertified(id, Bench.CANCELLED, random.nextBoolean() ? Bench.LEAVE : null);
      case 0, 1 -> Bench.assigned(id);
      case 2 -> Bench.assignedAfterCommit(id);
      case 3 -> new Event.Authorized(id, Bench.LEAVE, null);
      case 8 -> new Event.Authorized(id, Bench.LEAVE, Bench.SETTLEMENT);
      case 9 -> Bench.assignedAfterResult(id);
      case 4 -> new Event.RevealAsked(id);
      case 5 -> new Event.UploadAsked(id, Bench.TARGET);
      case 6 -> new Event.Aborted(id, "because");
      case 7 -> new Event.FailureCertified(id, Bench.FETCH, Bench.LEAVE);
      default -> new Event.Done(id, "COMPLETED");
    };
  }

  /** Consensus on our digest, for some task that we contributed to. */
  private void agree() {
    agreed.add(someId().task());
    agreed.retainAll(onChain);
  }

  private void crash() {
    hasCrashed = true;
    while (!isEnding
        && !bench.journal.isEmpty()
        && !bench.journal.getLast().bindsWorker()
        && random.nextBoolean()) {
      bench.journal.removeLast();
    }
    stopped.clear();
    stance = Stance.WORK;
    open.clear();
    take(bench.restart());
  }

  private void feed(Event event) {
    var decision = bench.engine.on(List.of(event), bench.now);
    bench.journal.addAll(decision.facts());
    if (random.nextInt(20) == 0) {
      crash();
    } else {
      take(decision.commands());
    }
  }

  private void take(List<Command> commands) {
    for (var command : commands) {
      check(command);
      if (isAnswered(command)) {
        open.add(command);
      }
    }
    var working = open.stream().filter(RandomWorld::takesSlot).count();
    assertThat(working).isLessThanOrEqualTo(bench.policy.slots());
  }

  private void check(Command command) {
    switch (command) {
      case Command.Cancel c -> {
        open.removeIf(
            other -> idOf(other).equals(c.id()) && !(other instanceof Command.CheckCancel));
      }
      case Command.Run c -> assertThat(stance).isIn(Stance.WORK, Stance.DRAIN);
      case Command.PauseRuns c -> assertThat(stance).isEqualTo(Stance.PAUSE);
      case Command.Heartbeat c -> {
        if (stance != Stance.WORK) {
          assertThat(c.freeSlots()).isZero();
        }
      }
      case Command.Contribute c -> checkContribute(c.id(), c.digest());
      case Command.ContributeAndFinalize c -> {
        assertThat(c.settlement()).isEqualTo(Bench.SETTLEMENT);
        checkContribute(c.id(), c.digest());
      }
      case Command.Reveal c -> assertThat(agreementSeen).contains(c.id().task());
      case Command.Upload c -> {
        if (!isResultFirst(c.id())) {
          assertThat(agreementSeen).contains(c.id().task());
        }
      }
      case Command.Discard c -> stopped.remove(c.id());
      case Command.Failed c when c.code() == FailureCode.CANCELLED -> stopped.add(c.id());
      case Command.Committed c -> {
        assertThat(bench.journal)
            .anyMatch(f -> f instanceof Fact.Computed computed && computed.id().equals(c.id()));
      }
      default -> {}
    }
  }

  private static boolean isAnswered(Command command) {
    return !(command instanceof Command.Report)
        && !(command instanceof Command.Discard)
        && !(command instanceof Command.PauseRuns)
        && !(command instanceof Command.ResumeRuns);
  }

  private static boolean takesSlot(Command command) {
    return command instanceof Command.Verify
        || command instanceof Command.Fetch
        || command instanceof Command.Run;
  }

  private boolean isResultFirst(AttemptId id) {
    return bench.journal.stream()
        .anyMatch(fact -> fact instanceof Fact.Computed computed
            && computed.id().equals(id)
            && computed.assignment().release() instanceof Release.AfterResult);
  }

  private void checkContribute(AttemptId id, Digest digest) {
    var task = id.task();
    if (digest.equals(Bench.CANCELLED_DIGEST)) {
      assertThat(signed).as("its requester cancelled it").contains(id);
    } else {
      assertThat(stopped).as("it did not say that it stopped").doesNotContain(id);
    }
    if (proved.contains(task)) {
      assertThat(hasCrashed).as("only a crash forgets a settled task").isTrue();
      return;
    }
    assertThat(bench.journal)
        .as("the digest is a fact first")
        .anyMatch(f -> f instanceof Fact.Computed computed
            && computed.id().equals(id)
            && computed.digest().equals(digest))
        .anyMatch(f -> f instanceof Fact.Contributing sent && sent.id().equals(id));
    assertThat(bench.now).isBefore(Bench.DEADLINE);
    assertThat(contributed.getOrDefault(task, digest)).isEqualTo(digest);
    contributed.put(task, digest);
    assertThat(sendsAllowed.getOrDefault(task, 1))
        .as("sent again only after the chain showed nothing")
        .isPositive();
    sendsAllowed.put(task, 0);
  }

  private void answer() {
    if (open.isEmpty()) {
      return;
    }
    var command = open.remove(random.nextInt(open.size()));
    var id = idOf(command);
    boolean isBroken = random.nextInt(6) == 0;
    switch (command) {
      case Command.Verify c
      when isBroken -> feed(new Event.Mismatched(id, "DEAL_UNKNOWN", "no such deal"));
      case Command.Verify c
      when c.wasContributed() && contributed.containsKey(id.task()) ->
        feed(new Event.Mismatched(id, Refusal.ALREADY_CONTRIBUTED, "it is on chain"));
      case Command.Verify c -> feed(new Event.Verified(id, terms()));
      case Command.CheckCancel c
      when isBroken -> feed(new Event.CancelRefused(id, "BAD_CANCELLATION", "signed by nobody"));
      case Command.CheckCancel c -> {
        signed.add(id);
        feed(new Event.CancelChecked(id, terms()));
      }
      case Command.Fetch c -> feed(isBroken ? failed(id, Bench.FETCH) : new Event.Fetched(id));
      case Command.Run c ->
        feed(
            isBroken
                ? failed(
                    id,
                    new Failure(
                        random.nextBoolean() ? FailureCode.TRAP : FailureCode.INFRASTRUCTURE, 0))
                : new Event.RunFinished(
                    id, random.nextBoolean() ? Bench.DIGEST : Bench.OTHER_DIGEST));
      case Command.WriteFailure c ->
        feed(new Event.FailureWritten(
            id,
            c.failure().equals(Bench.CANCELLED) ? Bench.CANCELLED_DIGEST : Bench.FAILURE_DIGEST));
      case Command.Contribute c -> contribute(id, isBroken);
      case Command.ContributeAndFinalize c -> settle(id, isBroken);
      case Command.LookAtChain c -> look(id, isBroken);
      case Command.Reveal c -> reveal(id, isBroken);
      case Command.Upload c ->
        feed(
            isBroken
                ? new Event.UploadFailed(id, "503", random.nextBoolean())
                : new Event.Uploaded(id));
      default -> {}
    }
  }

  private Terms terms() {
    return new Terms(
        Bench.DEADLINE, Bench.FINAL, Bench.STAKE, TokenAmount.ofNano(random.nextInt(30)));
  }

  private static Event failed(AttemptId id, Failure failure) {
    return new Event.WorkFailed(id, failure, "because");
  }

  /** It may arrive and be reported lost, or not arrive. */
  private void contribute(AttemptId id, boolean isBroken) {
    if (proved.contains(id.task())) {
      feed(new Event.ChainFailed(id, "TX_REVERTED", "the task is not active", false));
      return;
    }
    boolean arrives = !isBroken || random.nextBoolean();
    if (arrives && bench.now.isBefore(Bench.DEADLINE)) {
      onChain.add(id.task());
    }
    feed(
        isBroken || !onChain.contains(id.task())
            ? new Event.ChainFailed(id, "CHAIN_UNREACHABLE", "no answer", random.nextBoolean())
            : new Event.ContributionMined(id, new TxHash(Bench.word(7))));
  }

  /** A contribution that ends its task. */
  private void settle(AttemptId id, boolean isBroken) {
    if (!isBroken) {
      agreementSeen.add(id.task());
    }
    contribute(id, isBroken);
    if (onChain.contains(id.task())) {
      agreed.add(id.task());
      proved.add(id.task());
    }
  }

  private void look(AttemptId id, boolean isBroken) {
    if (isBroken) {
      feed(new Event.ChainFailed(id, "CHAIN_UNREACHABLE", "no answer", random.nextBoolean()));
      return;
    }
    boolean isFinal = bench.now.isAfter(Bench.FINAL);
    var task = id.task();
    if (!onChain.contains(task)) {
      sendsAllowed.put(task, 1);
      feed(new Event.ChainSeen(
          id,
          Bench.view(
              isFinal ? TaskStatus.FAILED : TaskStatus.ACTIVE, ChainView.Standing.NONE, false)));
      return;
    }
    boolean isOurs = agreed.contains(task);
    if (isOurs) {
      agreementSeen.add(task);
    }
    var standing =
        proved.contains(task) ? ChainView.Standing.PROVED : ChainView.Standing.CONTRIBUTED;
    var status = isFinal ? TaskStatus.COMPLETED : isOurs ? TaskStatus.REVEALING : TaskStatus.ACTIVE;
    feed(new Event.ChainSeen(id, Bench.view(status, standing, isOurs)));
  }

  private void reveal(AttemptId id, boolean isBroken) {
    assertThat(onChain).contains(id.task());
    if (!isBroken || random.nextBoolean()) {
      proved.add(id.task());
    }
    feed(
        isBroken
            ? new Event.ChainFailed(id, "TX_PENDING", "slow", random.nextBoolean())
            : new Event.RevealMined(id, new TxHash(Bench.word(8))));
  }

  private static AttemptId idOf(Command command) {
    return switch (command) {
      case Command.Verify c -> c.id();
      case Command.CheckCancel c -> c.id();
      case Command.Fetch c -> c.id();
      case Command.Run c -> c.id();
      case Command.WriteFailure c -> c.id();
      case Command.Cancel c -> c.id();
      case Command.Discard c -> c.id();
      case Command.Contribute c -> c.id();
      case Command.ContributeAndFinalize c -> c.id();
      case Command.LookAtChain c -> c.id();
      case Command.Reveal c -> c.id();
      case Command.Upload c -> c.id();
      case Command.PauseRuns c -> throw new IllegalArgumentException("of no attempt: " + c);
      case Command.ResumeRuns c -> throw new IllegalArgumentException("of no attempt: " + c);
      case Command.Report c -> throw new IllegalArgumentException("not an order: " + c);
    };
  }
}
