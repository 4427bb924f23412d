package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.TaskId;
import io.ruche.scheduler.SchedulerStatus.WorkerView;
import io.ruche.scheduler.ShellEvent.ChainAction;
import io.ruche.scheduler.TaskView.AttemptView;
import io.ruche.scheduler.TaskView.VoteView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the engine shows of itself. */
final class Views {
  /** Two to this power is the largest trust that fits a long. */
  private static final int MAX_TRUST_BITS = 62;

  private final PoolState pool;
  private final Explainer explainer;
  private final PoolExplainer poolExplainer;

  Views(
      PoolState pool,
      DealDesk desk,
      Demand demand,
      Certifier certifier,
      Canceller canceller,
      Eligibility eligibility) {
    this.pool = pool;
    this.explainer = new Explainer(pool, desk, demand, certifier, canceller, eligibility);
    this.poolExplainer = new PoolExplainer(pool, explainer, eligibility);
  }

  List<Reason> explainMachine(Address machine, Instant now) {
    return poolExplainer.ofMachine(machine, now);
  }

  PoolExplanation explain(Instant now) {
    return poolExplainer.explain(now);
  }

  Explanation explain(TaskId id, Instant now) {
    var task = pool.task(id);
    return task == null
        ? new Explanation(id, "unknown", List.of(new Reason.UnknownTask()))
        : new Explanation(id, stage(task), explainer.reasons(task, now));
  }

  SchedulerStatus status() {
    Map<String, Integer> byStage = new TreeMap<>();
    for (var task : pool.tasks().values()) {
      byStage.merge(stage(task), 1, Integer::sum);
    }
    var sold = pool.deals().values().stream().filter(OpenDeal::isSold).toList();
    var workers = pool.workforce().all();
    int owners = pool.workforce().connectedOwners();
    return new SchedulerStatus(
        sold.size(),
        sold.stream().mapToLong(deal -> deal.work().tasks()).sum(),
        pool.drainedSince(),
        byStage,
        pool.ready().size(),
        (int) workers.stream().filter(WorkerSession::isConnected).count(),
        owners,
        owners == 0 ? 0 : 1L << Math.min(owners, MAX_TRUST_BITS),
        workers.stream().map(this::view).toList());
  }

  List<TaskView> tasks() {
    return pool.tasks().values().stream().map(this::view).toList();
  }

  Optional<TaskView> task(TaskId id) {
    return Optional.ofNullable(pool.task(id)).map(this::view);
  }

  private static String stage(PoolTask task) {
    if (!task.chain().isKnown()) {
      return "starting";
    }
    if (task.tx().isWaitingFor(ChainAction.CLAIM)) {
      return "claiming";
    }
    return switch (task.chain().status()) {
      case UNSET -> "initializing";
      case ACTIVE -> task.attempts().hasPending() ? "running" : "queued";
      case REVEALING -> revealStage(task);
      case COMPLETED -> "completed";
      case FAILED -> "failed";
    };
  }

  private static String revealStage(PoolTask task) {
    if (task.tx().isWaitingFor(ChainAction.FINALIZE)) {
      return "finalizing";
    }
    return task.chain().isAllRevealed() && task.result() == null ? "uploading" : "revealing";
  }

  private TaskView view(PoolTask task) {
    var result = task.result();
    return new TaskView(
        task.id(),
        task.deal().id(),
        task.index(),
        stage(task),
        task.chain().status(),
        task.deadlines().contribution(),
        task.deadlines().end(),
        task.attempts().stream().map(Views::view).toList(),
        task.chain().votes().stream()
            .map(vote -> new VoteView(
                vote.worker(),
                vote.resultHash(),
                task.chain().isWinning(vote),
                task.chain().hasRevealed(vote.worker())))
            .toList(),
        result == null ? null : result.cid());
  }

  private static AttemptView view(Attempt attempt) {
    return new AttemptView(
        attempt.id().number(),
        attempt.machine(),
        attempt.worker(),
        attempt.state().name(),
        attempt.phase(),
        attempt.isAuthorized(),
        attempt.assignedAt(),
        attempt.changedAt(),
        attempt.failure(),
        attempt.detail());
  }

  private WorkerView view(WorkerSession worker) {
    return new WorkerView(
        worker.machine(),
        worker.worker(),
        worker.owner(),
        worker.isConnected(),
        pool.workforce().isDistrusted(worker.worker()),
        worker.offer(),
        worker.freeSlots(),
        worker.running().size(),
        worker.waiting().size(),
        worker.contributor().score(),
        worker.contributor().freeStake(),
        worker.lastHeardAt(),
        rating(worker),
        worker.power());
  }

  private SchedulerStatus.Rating rating(WorkerSession worker) {
    var speed = worker.record().speed();
    long claim = worker.offer().claimedFuelPerSecond();
    return new SchedulerStatus.Rating(
        Math.round(speed.believed(claim)),
        speed.runs(),
        speed.refutes(claim),
        Math.min(pool.workforce().slotLimit(worker), worker.offer().slots()),
        pool.workforce().banReason(worker));
  }
}
