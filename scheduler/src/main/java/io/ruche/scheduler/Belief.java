package io.ruche.scheduler;

import io.ruche.certify.Ballot;
import io.ruche.certify.Decision;
import io.ruche.certify.WorkerRecord;
import io.ruche.core.Digest;
import io.ruche.scheduler.Attempt.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which result of a task the pool believes, where a method decides off chain
 * ({@link MethodCertification}). Nobody is authorised before. What comes in after that is a check
 * of who returned it: a spare run is given out for some tasks, and its worker cannot tell.
 */
final class Belief {
  private final PoolState pool;
  private final AttemptBook book;

  Belief(PoolState pool, AttemptBook book) {
    this.pool = pool;
    this.book = book;
  }

  /** Not once votes decide, on chain or for a failure, nor for what the requester stopped. */
  boolean decides(PoolTask task) {
    return pool.policy().certification() instanceof MethodCertification
        && task.release() == Release.AFTER_RESULT
        && task.cancellation() == null
        && task.attempts().stream().noneMatch(attempt -> attempt.is(State.CERTIFYING));
  }

  /** Runs to give out now. */
  int missing(PoolTask task) {
    var believed = task.believed();
    if (believed != null) {
      return members(task, believed).isEmpty() && running(task).isEmpty() ? 1 : 0;
    }
    var running = running(task);
    return switch (decide(task, running)) {
      case Decision.Accept _ -> 0;
      case Decision.Want(int copies) -> copies == 0 && isSpareDue(task, running) ? 1 : copies;
    };
  }

  /** One more than the method needs, unless there is one already. */
  private boolean isSpareDue(PoolTask task, List<Attempt> running) {
    boolean hasSpare = !running.isEmpty()
        && !(decide(task, running.subList(0, running.size() - 1))
                instanceof Decision.Want(int copies)
            && copies > 0);
    return policy().isChecked(task.id()) && !hasSpare;
  }

  /**
   * Judges what came in.
   *
   * @return whether a believed result may go on its way; it waits for those who still run, so that
   *     they cannot copy it, but not past the last call
   */
  boolean drive(PoolTask task, Instant now) {
    boolean isLastCall = !now.isBefore(task.deadlines().lastCall());
    task.wakeBy(isLastCall ? Instant.MAX : task.deadlines().lastCall());
    if (task.believed() == null) {
      believe(task, isLastCall);
    }
    var believed = task.believed();
    if (believed == null) {
      return false;
    }
    check(task, believed, now);
    return isLastCall || running(task).isEmpty();
  }

  /**
   * At the last call the most frequent result has to do, as silence would cost the pool its stake;
   * nobody is judged by it.
   */
  private void believe(PoolTask task, boolean isLastCall) {
    var groups = groups(task);
    if (decide(task, running(task)) instanceof Decision.Accept(int group)) {
      believe(task, groups.get(group), true);
    } else if (isLastCall) {
      groups.stream()
          .max(Comparator.comparingInt(List::size))
          .ifPresent(group -> believe(task, group, false));
    }
  }

  private void believe(PoolTask task, List<Attempt> winners, boolean isProof) {
    var opened = task.attempts().pending().stream().filter(this::isOpened).toList();
    var digest = digestOf(winners.getFirst());
    task.believe(digest);
    pool.outbox().record(new Fact.ResultBelieved(winners.getFirst().id(), digest));
    for (var attempt : opened) {
      var record = pool.records().of(attempt.worker());
      if (isProof) {
        boolean isRight = digestOf(attempt).equals(digest);
        record = isRight ? record.accepted(opened.size() > 1) : record.outvoted();
      }
      judge(attempt, record);
    }
  }

  private void check(PoolTask task, Digest believed, Instant now) {
    for (var attempt : task.attempts().pending().stream().filter(this::isOpened).toList()) {
      boolean isEqual = digestOf(attempt).equals(believed);
      if (!attempt.isJudged()) {
        var record = pool.records().of(attempt.worker());
        judge(attempt, isEqual ? record.passedCheck() : record.failedCheck());
      }
      if (!isEqual) {
        book.abort(task, attempt, Fact.DropReason.NOT_NEEDED, "another result was believed", now);
      }
    }
  }

  private void judge(Attempt attempt, WorkerRecord record) {
    var worker = attempt.worker();
    attempt.judged();
    pool.records().put(worker, record);
    pool.outbox().record(new Fact.AttemptJudged(attempt.id(), worker, record));
    if (policy().method().isBanned(record) && !pool.workforce().isDistrusted(worker)) {
      pool.workforce().distrust(worker, attempt.id());
      pool.outbox().record(new Fact.WorkerDistrusted(worker, attempt.id()));
    }
  }

  private Decision decide(PoolTask task, List<Attempt> running) {
    var groups = groups(task).stream().map(this::records).toList();
    return policy()
        .method()
        .decide(
            new Ballot(task.deal().trust(), groups, records(running), policy().draw(task.id())));
  }

  private List<WorkerRecord> records(List<Attempt> attempts) {
    return attempts.stream().map(attempt -> pool.records().of(attempt.worker())).toList();
  }

  private List<List<Attempt>> groups(PoolTask task) {
    Map<Digest, List<Attempt>> groups = new LinkedHashMap<>();
    task.attempts().pending().stream()
        .filter(this::isOpened)
        .forEach(attempt ->
            groups.computeIfAbsent(digestOf(attempt), key -> new ArrayList<>()).add(attempt));
    return List.copyOf(groups.values());
  }

  private List<Attempt> members(PoolTask task, Digest digest) {
    return task.attempts().pending().stream()
        .filter(attempt -> isOpened(attempt) && digestOf(attempt).equals(digest))
        .toList();
  }

  /** Those whose result is not known yet. */
  private List<Attempt> running(PoolTask task) {
    return task.attempts().pending().stream()
        .filter(attempt -> attempt.is(State.ASSIGNED)
            || (attempt.is(State.COMMITTED) && attempt.opening() == null))
        .toList();
  }

  private boolean isOpened(Attempt attempt) {
    return attempt.is(State.COMMITTED)
        && attempt.opening() != null
        && (attempt.isJudged() || !pool.workforce().isDistrusted(attempt.worker()));
  }

  private static Digest digestOf(Attempt attempt) {
    var opening = attempt.opening();
    if (opening == null) {
      throw new IllegalStateException("attempt " + attempt.id() + " has not opened its commit");
    }
    return opening.digest();
  }

  private MethodCertification policy() {
    return (MethodCertification) pool.policy().certification();
  }
}
