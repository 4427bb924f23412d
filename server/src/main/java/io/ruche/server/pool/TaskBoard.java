package io.ruche.server.pool;

import io.ruche.core.Address;
import io.ruche.core.CallbackKind;
import io.ruche.core.Category;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.OnChainTask;
import io.ruche.core.RunUsage;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.AttemptId;
import io.ruche.scheduler.ChainEvent;
import io.ruche.scheduler.Event;
import io.ruche.scheduler.Fact;
import io.ruche.scheduler.ShellEvent;
import io.ruche.scheduler.WorkerEvent;
import io.ruche.server.pool.TaskView.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What people see of deals and tasks: a picture drawn from the same events and facts that the
 * engine gets, never asked by it. Written by the engine's thread, read by any.
 */
public final class TaskBoard {
  /** Deals and tasks remembered; the ones touched longest ago give way. */
  private static final int MAX_DEALS = 5_000;

  private static final int MAX_TASKS = 200_000;
  private static final Duration COUNT_EVERY = Duration.ofMillis(500);

  private final Map<DealId, DealView> deals = new Recent<>(MAX_DEALS);
  private final Map<TaskId, TaskView> tasks = new Recent<>(MAX_TASKS);

  private Instant countedAt = Instant.EPOCH;
  private Map<TaskStatus, Integer> lastCounts = Map.of();

  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;
    private final int max;

    Recent(int max) {
      super(64, 0.75f, true);
      this.max = max;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > max;
    }
  }

  /** A deal with its category, which gives the deadlines. */
  public record DealView(Deal deal, Category category) {
    public Instant contributionDeadline() {
      return deal.startTime().plus(category.contributionTime());
    }

    public Instant finalDeadline() {
      return deal.startTime().plus(category.finalTime());
    }
  }

  public synchronized Optional<DealView> deal(DealId id) {
    return Optional.ofNullable(deals.get(id));
  }

  public synchronized List<DealView> deals() {
    return List.copyOf(deals.values());
  }

  public synchronized Optional<TaskView> task(TaskId id) {
    return Optional.ofNullable(tasks.get(id));
  }

  /** What a contract that waits for the task gets. */
  synchronized CallbackKind callbackOf(TaskId id) {
    return task(id)
        .map(TaskView::deal)
        .flatMap(this::deal)
        .map(view -> view.deal().callbackKind())
        .orElse(CallbackKind.NONE);
  }

  /** How many remembered tasks are in each status, as of a moment ago. */
  public synchronized Map<TaskStatus, Integer> counts(Instant now) {
    if (now.isBefore(countedAt.plus(COUNT_EVERY))) {
      return lastCounts;
    }
    var counts = new EnumMap<TaskStatus, Integer>(TaskStatus.class);
    tasks.values().forEach(task -> counts.merge(task.status(), 1, Integer::sum));
    countedAt = now;
    lastCounts = Map.copyOf(counts);
    return lastCounts;
  }

  /** Also those that have ended: a reorg may take an end back. */
  public synchronized List<TaskId> rememberedTasks() {
    return List.copyOf(tasks.keySet());
  }

  /** Draws what the chain says of a task. */
  public synchronized void observed(OnChainTask task, Instant now) {
    if (task.status() != TaskStatus.UNSET || tasks.containsKey(task.id())) {
      change(task.id(), view -> view.onChain(task, now));
    }
  }

  /** Draws an event that the engine took. */
  public synchronized void observed(Event event, Instant now) {
    switch (event) {
      case ChainEvent chain -> chain(chain, now);
      case WorkerEvent worker -> worker(worker, now);
      case ShellEvent.ResultStored(var _, var attempt, var result) ->
        change(attempt.task(), view -> view.withResult(result.cid(), now));
      case ShellEvent.UploadFailed(var _, var attempt, var detail) ->
        attempt(attempt, one -> one.ended("upload refused: " + detail, now));
      case ShellEvent.TransactionFailed _,
          ShellEvent.CancelAsked _,
          ShellEvent.WorkerBanned _,
          ShellEvent.WorkerReadmitted _,
          ShellEvent.PoolDrained _,
          ShellEvent.PoolResumed _,
          ShellEvent.Ticked _ -> {}
    }
  }

  /** Draws what the engine decided. */
  public synchronized void synced(Fact fact, Instant now) {
    switch (fact) {
      case Fact.DealAccepted(var deal, var category, var _) ->
        deals.put(deal.id(), new DealView(deal, category));
      case Fact.DealGone(var id, var _) -> deals.remove(id);
      case Fact.AttemptAssigned assigned -> assigned(assigned);
      case Fact.AttemptCommitted(var id, var _) -> attempt(id, one -> one.in("COMMITTED", "", now));
      case Fact.AttemptFailed(var id, var code, var exitCode, var _) ->
        attempt(
            id, one -> one.ended("failed: " + code + (exitCode == 0 ? "" : " " + exitCode), now));
      case Fact.AttemptDropped(var id, var reason) ->
        attempt(id, one -> one.ended("dropped: " + reason, now));
      case Fact.AttemptRevived(var id) -> attempt(id, one -> one.revived(now));
      case Fact.FailureCertified(var id, var failure) ->
        attempt(id, one -> one.in(one.phase(), "certified failure " + failure.code(), now));
      case Fact.ResultKept(var id, var result) ->
        change(id.task(), view -> view.withResult(result.cid(), now));
      case Fact.DealClosed _,
          Fact.TasksSettled _,
          Fact.TaskSettled _,
          Fact.AttemptAuthorized _,
          Fact.AttemptOpened _,
          Fact.CancelAsked _,
          Fact.CancelOvertaken _,
          Fact.ResultBelieved _,
          Fact.AttemptJudged _,
          Fact.WorkerRecorded _,
          Fact.MachineRated _,
          Fact.WorkerBanned _,
          Fact.WorkerReadmitted _,
          Fact.PoolDrained _,
          Fact.PoolResumed _,
          Fact.WorkerDistrusted _ -> {}
    }
  }

  private void chain(ChainEvent event, Instant now) {
    switch (event) {
      case ChainEvent.DealMatched(var deal, var category, var _, var _) ->
        deals.put(deal.id(), new DealView(deal, category));
      case ChainEvent.DealRolledBack(var id) -> deals.remove(id);
      case ChainEvent.TaskInitialized(var id) ->
        change(id, view -> view.in(TaskStatus.ACTIVE, now));
      case ChainEvent.TaskContributed(var id, var worker, var hash) ->
        ifKnown(id, view -> view.contributed(worker, hash, now));
      case ChainEvent.ConsensusReached(var id, var hash, var _) ->
        ifKnown(id, view -> view.consensus(hash, now));
      case ChainEvent.TaskRevealed(var id, var worker, var _) ->
        ifKnown(id, view -> view.revealed(worker, now));
      case ChainEvent.TaskReopened(var id) -> ifKnown(id, view -> view.in(TaskStatus.ACTIVE, now));
      case ChainEvent.TaskFinalized(var id) ->
        ifKnown(id, view -> view.in(TaskStatus.COMPLETED, now));
      case ChainEvent.TaskClaimed(var id) -> ifKnown(id, view -> view.in(TaskStatus.FAILED, now));
      case ChainEvent.ContributionJudged(var id, var worker, var isAccurate) ->
        ifKnown(id, view -> view.judged(worker, isAccurate, now));
      case ChainEvent.TaskObserved(var task, var _) -> observed(task, now);
    }
  }

  private void worker(WorkerEvent event, Instant now) {
    switch (event) {
      case WorkerEvent.Progressed(var _, var id, var phase, var detail) ->
        attempt(id, one -> one.in(phase.name(), PoolLog.printable(detail), now));
      case WorkerEvent.Committed(var machine, var id, var _, var usage) -> used(machine, id, usage);
      case WorkerEvent.Contributed(var machine, var id, var _, var usage) -> {
        attempt(id, one -> one.in("CONTRIBUTED", "", now));
        used(machine, id, usage);
      }
      case WorkerEvent.Revealed(var _, var id, var _) ->
        attempt(id, one -> one.in("REVEALED", "", now));
      case WorkerEvent.Refused(var _, var id, var code, var _) ->
        attempt(id, one -> one.ended("refused: " + PoolLog.printable(code), now));
      case WorkerEvent.Joined _,
          WorkerEvent.Left _,
          WorkerEvent.Expelled _,
          WorkerEvent.Heartbeat _,
          WorkerEvent.SlotsFreed _,
          WorkerEvent.Opened _,
          WorkerEvent.Failed _,
          WorkerEvent.FundsObserved _ -> {}
    }
  }

  private void assigned(Fact.AttemptAssigned fact) {
    var id = fact.attempt().task();
    var view = tasks.getOrDefault(id, TaskView.unset(id)).of(fact.deal(), fact.index());
    tasks.put(
        id,
        view.with(new Attempt(
            fact.attempt().number(),
            fact.machine(),
            fact.worker(),
            "ASSIGNED",
            "",
            "",
            fact.at(),
            fact.at(),
            null)));
  }

  /** Only a machine's own words about its own run are taken. */
  private void used(Address machine, AttemptId id, @Nullable RunUsage usage) {
    attempt(id, one -> one.machine().equals(machine) ? one.using(usage) : one);
  }

  private void attempt(AttemptId id, UnaryOperator<Attempt> step) {
    var view = tasks.get(id.task());
    if (view != null) {
      tasks.put(id.task(), view.changed(id.number(), step));
    }
  }

  private void change(TaskId id, UnaryOperator<TaskView> step) {
    tasks.compute(id, (key, view) -> step.apply(view == null ? TaskView.unset(id) : view));
  }

  /** Tasks of other pools are not drawn. */
  private void ifKnown(TaskId id, UnaryOperator<TaskView> step) {
    tasks.computeIfPresent(id, (key, view) -> step.apply(view));
  }
}
