package io.ruche.server.pool;

import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.OnChainTask;
import io.ruche.core.RunUsage;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One task as people see it. Immutable.
 *
 * @param deal null until it is known which deal the task is of
 * @param consensus hash that won, null before
 * @param resultCid where the stored result is, empty before
 * @param changedAt when anything of it changed last
 */
public record TaskView(
    TaskId id,
    @Nullable DealId deal,
    long index,
    TaskStatus status,
    @Nullable Digest consensus,
    @Nullable Instant revealDeadline,
    String resultCid,
    List<Attempt> attempts,
    Instant changedAt) {

  /** Attempts remembered for one task; the first ones give way. */
  private static final int MAX_ATTEMPTS = 64;

  private static final String PROVED_END = "proved";

  /**
   * One run of the task by one worker.
   *
   * @param machine which works for the worker; the worker itself where it has no account
   * @param end how it ended, empty while it goes on
   * @param usage of its run, as its worker says; null while it says nothing
   */
  public record Attempt(
      int number,
      Address machine,
      Address worker,
      String phase,
      String detail,
      String end,
      Instant since,
      Instant changedAt,
      @Nullable RunUsage usage) {
    private static final Set<String> PROVED = Set.of("REVEALED", "UPLOADING", "UPLOADED");

    Attempt in(String next, String text, Instant now) {
      return new Attempt(number, machine, worker, next, text, end, since, now, usage);
    }

    Attempt ended(String how, Instant now) {
      return new Attempt(number, machine, worker, phase, detail, how, since, now, usage);
    }

    /** What is said anew counts; what is not said changes nothing. */
    Attempt using(@Nullable RunUsage said) {
      return said == null
          ? this
          : new Attempt(number, machine, worker, phase, detail, end, since, changedAt, said);
    }

    private boolean isProved() {
      return end.equals(PROVED_END) || (end.isEmpty() && PROVED.contains(phase));
    }

    Attempt revived(Instant now) {
      return ended("", now);
    }
  }

  public TaskView {
    attempts = List.copyOf(attempts);
  }

  /**
   * What a run of the task used, as those say whose result was proved, or else all who go on. Null
   * while nobody says, and where they name unlike fuel.
   */
  public @Nullable RunUsage agreedUsage() {
    boolean isProved = attempts.stream().anyMatch(Attempt::isProved);
    RunUsage agreed = null;
    for (var one : attempts) {
      var said = one.usage();
      if (said == null || !(isProved ? one.isProved() : one.end().isEmpty())) {
        continue;
      }
      if (agreed != null && !Objects.equals(agreed.fuel(), said.fuel())) {
        return null;
      }
      agreed = agreed == null || said.runMillis() < agreed.runMillis() ? said : agreed;
    }
    return agreed;
  }

  static TaskView unset(TaskId id) {
    return new TaskView(id, null, 0, TaskStatus.UNSET, null, null, "", List.of(), Instant.EPOCH);
  }

  TaskView of(DealId ofDeal, long atIndex) {
    return new TaskView(
        id, ofDeal, atIndex, status, consensus, revealDeadline, resultCid, attempts, changedAt);
  }

  TaskView in(TaskStatus next, Instant now) {
    var hash = next == TaskStatus.ACTIVE ? null : consensus;
    return new TaskView(id, deal, index, next, hash, revealDeadline, resultCid, attempts, now);
  }

  TaskView consensus(Digest hash, Instant now) {
    return new TaskView(
        id, deal, index, TaskStatus.REVEALING, hash, revealDeadline, resultCid, attempts, now);
  }

  TaskView onChain(OnChainTask task, Instant now) {
    boolean isKnown = task.status() != TaskStatus.UNSET;
    boolean hasWinner =
        task.status() == TaskStatus.REVEALING || task.status() == TaskStatus.COMPLETED;
    return new TaskView(
        id,
        isKnown ? task.deal() : deal,
        isKnown ? task.index() : index,
        task.status(),
        hasWinner ? task.consensusValue() : null,
        hasWinner ? task.revealDeadline() : null,
        resultCid,
        attempts,
        now);
  }

  TaskView withResult(String cid, Instant now) {
    return new TaskView(id, deal, index, status, consensus, revealDeadline, cid, attempts, now);
  }

  TaskView contributed(Address worker, Digest hash, Instant now) {
    return byWorker(worker, one -> one.in("CONTRIBUTED", "hash " + hash, now));
  }

  TaskView revealed(Address worker, Instant now) {
    return byWorker(worker, one -> one.in("REVEALED", one.detail(), now));
  }

  TaskView judged(Address worker, boolean isAccurate, Instant now) {
    return byWorker(
        worker, one -> one.ended(isAccurate ? PROVED_END : "rejected, stake lost", now));
  }

  TaskView with(Attempt attempt) {
    var all = new ArrayList<>(attempts);
    all.removeIf(one -> one.number() == attempt.number());
    all.add(attempt);
    if (all.size() > MAX_ATTEMPTS) {
      all.removeFirst();
    }
    return attempts(all, attempt.changedAt());
  }

  TaskView changed(int number, UnaryOperator<Attempt> step) {
    return changed(one -> one.number() == number, step);
  }

  private TaskView byWorker(Address worker, UnaryOperator<Attempt> step) {
    return changed(one -> one.worker().equals(worker), step);
  }

  private TaskView changed(Predicate<Attempt> which, UnaryOperator<Attempt> step) {
    var all = new ArrayList<Attempt>(attempts.size());
    var at = changedAt;
    for (var one : attempts) {
      var next = which.test(one) ? step.apply(one) : one;
      at = next.changedAt().isAfter(at) ? next.changedAt() : at;
      all.add(next);
    }
    return attempts(all, at);
  }

  private TaskView attempts(List<Attempt> all, Instant now) {
    return new TaskView(id, deal, index, status, consensus, revealDeadline, resultCid, all, now);
  }
}
