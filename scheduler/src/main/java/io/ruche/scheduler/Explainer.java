package io.ruche.scheduler;

import io.ruche.core.Consensus;
import io.ruche.core.Power;
import io.ruche.scheduler.Attempt.State;
import io.ruche.scheduler.ShellEvent.ChainAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says why a task is where it is. Looks at everything, so it runs only when somebody asks. */
final class Explainer {
  /**
   * Workers that are looked at for one answer: answers are polled, and the engine waits for them.
   */
  private static final int MAX_WORKERS_ASKED = 1_000;

  private final PoolState pool;
  private final DealDesk desk;
  private final Demand demand;
  private final Certifier certifier;
  private final Canceller canceller;
  private final Eligibility eligibility;

  Explainer(
      PoolState pool,
      DealDesk desk,
      Demand demand,
      Certifier certifier,
      Canceller canceller,
      Eligibility eligibility) {
    this.pool = pool;
    this.desk = desk;
    this.demand = demand;
    this.certifier = certifier;
    this.canceller = canceller;
    this.eligibility = eligibility;
  }

  List<Reason> reasons(PoolTask task, Instant now) {
    var goneSince = task.deal().goneSince();
    if (goneSince != null) {
      return List.of(new Reason.DealGone(goneSince));
    }
    var reasons = new ArrayList<Reason>();
    if (!task.chain().isKnown()) {
      return List.of(new Reason.ReadingChain());
    }
    addTransaction(task, reasons);
    boolean isOpen = !task.chain().isSettled();
    if (isOpen && task.cancellation() != null) {
      reasons.add(new Reason.Cancelled(canceller.running(task)));
    } else if (isOpen && task.isCancelOvertaken()) {
      reasons.add(new Reason.CancelOvertaken());
    }
    switch (task.chain().status()) {
      case UNSET -> addUnset(task, now, reasons);
      case ACTIVE -> addActive(task, now, reasons);
      case REVEALING -> addRevealing(task, now, reasons);
      case COMPLETED, FAILED -> reasons.add(new Reason.Settled(task.chain().status()));
    }
    return reasons;
  }

  private static void addTransaction(PoolTask task, List<Reason> reasons) {
    for (var action : ChainAction.values()) {
      if (task.tx().isWaitingFor(action)) {
        reasons.add(new Reason.WaitsForTransaction(
            action.name().toLowerCase(Locale.ROOT),
            task.tx().failures(),
            task.tx().lastCode()));
      }
    }
  }

  private void addUnset(PoolTask task, Instant now, List<Reason> reasons) {
    if (isTooLate(task, now)) {
      reasons.add(tooLate(task));
    } else if (reasons.isEmpty()) {
      reasons.add(new Reason.WaitsForTurn(desk.initializingCount()));
    }
  }

  private boolean isTooLate(PoolTask task, Instant now) {
    return !now.isBefore(task.deadlines().assignCutoff());
  }

  private static Reason tooLate(PoolTask task) {
    return new Reason.TooLate(task.deadlines().contribution(), task.deadlines().end());
  }

  private void addActive(PoolTask task, Instant now, List<Reason> reasons) {
    task.attempts().pending().stream().map(this::runs).forEach(reasons::add);
    addCommits(task, reasons);
    addFailures(task, reasons);
    if (isTooLate(task, now)) {
      reasons.add(tooLate(task));
      return;
    }
    if (task.isKeptBack(now)) {
      boolean isForGood = task.attempts().killed() >= PoolTask.MAX_KILLED;
      var again = isForGood ? Instant.MAX : task.deadlines().halfTime();
      reasons.add(new Reason.KillsMachines(task.attempts().killed(), again));
    }
    if (demand.isExhausted(task)) {
      reasons.add(new Reason.AttemptsExhausted(task.attempts().size()));
    }
    int wanted = demand.wanted(task, now);
    if (wanted > 0) {
      reasons.add(new Reason.CopiesWanted(wanted));
      addWorkers(task, now, reasons);
    }
  }

  private Reason runs(Attempt attempt) {
    var machine = pool.workforce().find(attempt.machine());
    var power = machine == null ? Power.UNKNOWN : machine.power();
    return new Reason.Runs(
        attempt.worker(), attempt.id().number(), attempt.phase(), power.source());
  }

  private static void addCommits(PoolTask task, List<Reason> reasons) {
    int committed = (int) task.attempts().pending().stream()
        .filter(attempt -> attempt.is(State.COMMITTED) && !attempt.isAuthorized())
        .count();
    if (committed > 0) {
      reasons.add(
          new Reason.WaitsForCommits(committed, task.attempts().pending().size()));
    }
  }

  private void addFailures(PoolTask task, List<Reason> reasons) {
    for (var attempt : task.attempts()) {
      var failure = attempt.failure();
      if (failure != null && attempt.is(State.FAILED)) {
        reasons.add(new Reason.Reported(attempt.worker(), failure, attempt.detail()));
      }
    }
    var failure = certifier.mostReported(task);
    boolean isCertifying = task.attempts().stream().anyMatch(a -> a.is(State.CERTIFYING));
    if (failure != null && isCertifying) {
      reasons.add(new Reason.BecomesFailure(failure, certifier.reports(task, failure)));
    }
  }

  private void addWorkers(PoolTask task, Instant now, List<Reason> reasons) {
    var connected =
        pool.workforce().all().stream().filter(WorkerSession::isConnected).toList();
    if (connected.isEmpty()) {
      reasons.add(new Reason.NoWorkerConnected());
      return;
    }
    int needed = Consensus.copiesWhenAllAgree(task.deal().trust());
    if (needed > pool.workforce().connectedOwners()) {
      reasons.add(
          new Reason.TooFewOwners(task.deal().trust(), needed, pool.workforce().connectedOwners()));
    }
    if (pool.workforce().idleCount() == 0) {
      reasons.add(new Reason.AllWorkersBusy(connected.size()));
    }
    reasons.addAll(grouped(connected, task, now));
  }

  private List<Reason> grouped(List<WorkerSession> connected, PoolTask task, Instant now) {
    boolean isAnybodyIdle = pool.workforce().idleCount() > 0;
    var groups = new WorkerGroups();
    int asked = Math.min(MAX_WORKERS_ASKED, connected.size());
    for (var worker : connected.subList(0, asked)) {
      var against = eligibility.allAgainst(worker, task, now);
      if (!against.isEmpty()) {
        groups.add(worker.worker(), against);
      } else if (worker.freeSlots() == 0 && isAnybodyIdle) {
        groups.add(worker.worker(), List.of(eligibility.reasonFull(worker)));
      }
    }
    var reasons = new ArrayList<>(groups.reasons());
    if (asked < connected.size()) {
      reasons.add(
          new Reason.Alike(connected.size() - asked, List.of(), "are too many to look at each"));
    }
    return reasons;
  }

  private static void addRevealing(PoolTask task, Instant now, List<Reason> reasons) {
    var silent = task.chain().winners().stream()
        .filter(worker -> !task.chain().hasRevealed(worker))
        .toList();
    boolean isRevealOpen = now.isBefore(task.chain().revealDeadline());
    if (!silent.isEmpty() && isRevealOpen) {
      reasons.add(new Reason.WaitsForReveals(silent, task.chain().revealDeadline()));
    }
    boolean hasReveal = !task.chain().reveals().isEmpty();
    if (!hasReveal && !isRevealOpen && !task.tx().isWaitingFor(ChainAction.REOPEN)) {
      reasons.add(new Reason.NobodyRevealed(task.deadlines().end()));
    }
    var result = task.result();
    if (hasReveal && result == null) {
      var uploader = task.round().uploader();
      reasons.add(
          uploader == null
              ? new Reason.NoWinnerToUpload()
              : new Reason.WaitsForUpload(uploader.worker()));
    }
  }
}
