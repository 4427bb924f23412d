package io.ruche.scheduler;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a worker may run a task now; the answer is null, or the reason against it. */
final class Eligibility {
  private final SchedulerPolicy policy;
  private final Workforce workforce;
  private final AttemptHistory history;
  private final Check[] ofWorker;

  /** One thing that may stand against it. */
  private interface Check {
    @Nullable
    Reason against(WorkerSession worker, PoolTask task, Instant now);
  }

  Eligibility(SchedulerPolicy policy, Workforce workforce) {
    this.policy = policy;
    this.workforce = workforce;
    this.history = new AttemptHistory(policy, workforce);
    this.ofWorker = new Check[] {
      this::admission,
      this::distrust,
      Eligibility::age,
      Eligibility::stake,
      Eligibility::cap,
      this::fit
    };
  }

  @Nullable
  Reason reasonAgainst(WorkerSession worker, PoolTask task, Instant now) {
    var unable = reasonUnable(worker, task, now);
    return unable != null ? unable : history.reasonAgainst(worker, task, now);
  }

  /** Reasons that lie in the worker, whatever happened to this task before. */
  @Nullable
  Reason reasonUnable(WorkerSession worker, PoolTask task, Instant now) {
    for (var check : ofWorker) {
      var reason = check.against(worker, task, now);
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  /** All that stands against it, for who asks why; the first is {@link #reasonAgainst}. */
  List<Reason> allAgainst(WorkerSession worker, PoolTask task, Instant now) {
    var reasons = new ArrayList<Reason>();
    for (var check : ofWorker) {
      add(reasons, check.against(worker, task, now));
    }
    if (isRun(task) && !mayAnybodyRun(task, now)) {
      MachineFit.lacks(worker, task.deal(), policy.admission()).stream()
          .skip(1)
          .forEach(reasons::add);
    }
    add(reasons, history.reasonAgainst(worker, task, now));
    return reasons;
  }

  /** Why one that may run a task has no slot for it. */
  Reason reasonFull(WorkerSession worker) {
    int quota = workforce.slotLimit(worker);
    int offered = worker.offer().slots();
    return worker.running().size() >= quota && quota < offered
        ? new Reason.QuotaReached(worker.worker(), quota, offered)
        : new Reason.NoFreeSlot(worker.worker());
  }

  private static void add(List<Reason> reasons, @Nullable Reason reason) {
    if (reason != null) {
      reasons.add(reason);
    }
  }

  private @Nullable Reason admission(WorkerSession worker, PoolTask task, Instant now) {
    var name = worker.worker();
    var banned = workforce.banReason(worker);
    if (banned != null) {
      return new Reason.Banned(name, banned);
    }
    var admission = policy.admission();
    if (admission.banned().contains(name) || admission.banned().contains(worker.machine())) {
      return new Reason.Banned(name, "by the pool's settings");
    }
    return admission.isAllowed(name) ? null : new Reason.NotAdmitted(name);
  }

  private @Nullable Reason distrust(WorkerSession worker, PoolTask task, Instant now) {
    return workforce.isDistrusted(worker.worker())
        ? new Reason.BrokeItsCommit(worker.worker())
        : null;
  }

  /** It does not understand what it is asked, and would vote that the deal is invalid. */
  private static @Nullable Reason age(WorkerSession worker, PoolTask task, Instant now) {
    var cancellation = task.cancellation();
    if (cancellation != null) {
      boolean isKnown = worker.offer().knowsCancel()
          && (!cancellation.signature().isEmpty() || worker.offer().machine() != null);
      return isKnown ? null : new Reason.CannotCancel(worker.worker());
    }
    boolean isTooOld = worker.offer().machine() == null && task.deal().isOnlyForNewWorkers();
    return isTooOld ? new Reason.TooOldForNeeds(worker.worker()) : null;
  }

  private static @Nullable Reason stake(WorkerSession worker, PoolTask task, Instant now) {
    var stake = task.stakeOf(task.release());
    var contributor = worker.contributor();
    return contributor.canStake(stake)
        ? null
        : new Reason.StakeTooLow(worker.worker(), stake, contributor.freeStake());
  }

  private static @Nullable Reason cap(WorkerSession worker, PoolTask task, Instant now) {
    var stake = task.stakeOf(task.release());
    return worker.stakeLeft().compareTo(stake) >= 0
        ? null
        : new Reason.CapReached(worker.machine(), stake, worker.stakeLeft(), worker.stakeCap());
  }

  private @Nullable Reason fit(WorkerSession worker, PoolTask task, Instant now) {
    var lack = isRun(task) ? MachineFit.lack(worker, task.deal(), policy.admission()) : null;
    return lack != null && !mayAnybodyRun(task, now) ? lack : null;
  }

  private static boolean isRun(PoolTask task) {
    return task.cancellation() == null;
  }

  /** A task that nobody can run is given to anybody, who will report that it is unsupported. */
  private boolean mayAnybodyRun(PoolTask task, Instant now) {
    if (!ReadyQueue.isKnownRuntime(task.deal().terms().app())) {
      return true;
    }
    var since = task.waitingSince();
    return since != null
        && !now.isBefore(since.plus(policy.failureWait()))
        && !isServable(task.deal(), now);
  }

  private boolean isServable(OpenDeal deal, Instant now) {
    return workforce.isOffered(deal.runtime())
        && (deal.machineNeeds().isNone()
            || deal.isFit(() -> fitsSomebody(deal), policy.failureWait(), now));
  }

  private boolean fitsSomebody(OpenDeal deal) {
    return workforce.all().stream()
        .anyMatch(worker -> worker.isConnected()
            && worker.offer().machine() != null
            && MachineFit.lack(worker, deal, policy.admission()) == null);
  }
}
