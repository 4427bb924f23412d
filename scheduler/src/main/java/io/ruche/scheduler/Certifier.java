package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Consensus;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.scheduler.Attempt.State;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns reports of one end, by enough owners, into votes for it. Enough is {@code failureOwners};
 * fewer when no more owners can run the task at all and {@code failureWait} is over; and at the
 * last call before the contribution deadline as many as consensus needs, since silence would cost
 * the pool its stake. A machine's own trouble (INFRASTRUCTURE) is never certified.
 */
final class Certifier {
  private final PoolState pool;
  private final AttemptBook book;
  private final Demand demand;
  private final Eligibility eligibility;

  Certifier(PoolState pool, AttemptBook book, Demand demand, Eligibility eligibility) {
    this.pool = pool;
    this.book = book;
    this.demand = demand;
    this.eligibility = eligibility;
  }

  void drive(PoolTask task, Instant now) {
    var failure = mostReported(task);
    if (failure == null) {
      return;
    }
    sendAgain(task, failure, now);
    boolean isLastCall = !now.isBefore(task.deadlines().lastCall());
    task.wakeBy(isLastCall ? Instant.MAX : task.deadlines().lastCall());
    if (!isLastCall && (isSomebodyRunning(task) || !hasEnoughOwners(task, failure, now))) {
      return;
    }
    certify(task, failure, now);
  }

  /** The end that most owners reported; what is being certified already goes first. */
  @Nullable
  Failure mostReported(PoolTask task) {
    if (!task.attempts().hasFailure()) {
      return null;
    }
    var owners = new LinkedHashMap<Failure, Set<Address>>();
    for (var attempt : task.attempts()) {
      var failure = attempt.failure();
      if (failure == null || !isCertifiedByOwners(failure)) {
        continue;
      }
      if (attempt.is(State.CERTIFYING)) {
        return failure;
      }
      owners.computeIfAbsent(failure, key -> new HashSet<>()).add(attempt.owner());
    }
    return owners.entrySet().stream()
        .max(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.size(), b.size())))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  /** The requester alone, and no number of owners, makes a task one that was cancelled. */
  private static boolean isCertifiedByOwners(Failure failure) {
    return failure.code() != FailureCode.INFRASTRUCTURE && failure.code() != FailureCode.CANCELLED;
  }

  int reports(PoolTask task, Failure failure) {
    return (int) task.attempts().stream()
        .filter(attempt -> failure.equals(attempt.failure()))
        .map(Attempt::owner)
        .distinct()
        .count();
  }

  private boolean hasEnoughOwners(PoolTask task, Failure failure, Instant now) {
    int reports = reports(task, failure);
    if (reports >= pool.policy().failureOwners()) {
      return true;
    }
    var waitEnd = firstReportAt(task).plus(pool.policy().failureWait());
    if (now.isBefore(waitEnd)) {
      task.wakeBy(waitEnd);
      return false;
    }
    return reports >= reachableOwners(task, now);
  }

  private static Instant firstReportAt(PoolTask task) {
    return task.attempts().stream()
        .filter(attempt -> attempt.failure() != null)
        .map(Attempt::changedAt)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /** Owners that could say something about this task, counted no further than is needed. */
  private int reachableOwners(PoolTask task, Instant now) {
    var owners = new HashSet<Address>();
    for (var attempt : task.attempts()) {
      if (attempt.failure() != null) {
        owners.add(attempt.owner());
      }
    }
    for (var worker : pool.workforce().all()) {
      if (owners.size() >= pool.policy().failureOwners()) {
        break;
      }
      if (worker.isConnected() && eligibility.reasonUnable(worker, task, now) == null) {
        owners.add(worker.owner());
      }
    }
    return owners.size();
  }

  private static boolean isSomebodyRunning(PoolTask task) {
    return task.attempts().pending().stream().anyMatch(attempt -> !attempt.is(State.CERTIFYING));
  }

  /** Asks as many reporters as consensus needs, or nobody when all of them would not do. */
  void certify(PoolTask task, Failure failure, Instant now) {
    var hash = FailureVote.resultHash(task, failure);
    var groups = demand.groups(task);
    var chosen = new ArrayList<Attempt>();
    for (var candidate : candidates(task, failure)) {
      if (Copies.missingFor(hash, groups, task.deal().trust()) == 0) {
        break;
      }
      chosen.add(candidate);
      long weight = pool.workforce().weightOf(candidate.worker());
      groups.merge(
          hash,
          Consensus.join(BigInteger.ZERO, weight),
          (group, one) -> Consensus.join(group, weight));
    }
    if (Copies.missingFor(hash, groups, task.deal().trust()) > 0) {
      return;
    }
    for (var attempt : chosen) {
      book.certify(task, attempt, failure, now);
      task.wakeBy(now.plus(pool.policy().resendAfter()));
    }
  }

  /** Connected workers that reported it, one for each owner. */
  private List<Attempt> candidates(PoolTask task, Failure failure) {
    var byOwner = new HashMap<Address, Attempt>();
    var candidates = new ArrayList<Attempt>();
    for (var attempt : task.attempts()) {
      boolean isCandidate = attempt.is(State.FAILED)
          && failure.equals(attempt.failure())
          && !hasSay(task, attempt.owner())
          && pool.workforce().isConnected(attempt.machine());
      if (isCandidate && byOwner.putIfAbsent(attempt.owner(), attempt) == null) {
        candidates.add(attempt);
      }
    }
    return candidates;
  }

  private static boolean hasSay(PoolTask task, Address owner) {
    return task.attempts().stream()
        .filter(attempt -> attempt.owner().equals(owner))
        .anyMatch(attempt -> attempt.isPending() || task.chain().hasVoted(attempt.worker()));
  }

  void sendAgain(PoolTask task, Failure failure, Instant now) {
    for (var attempt :
        task.attempts().pending().stream().filter(a -> a.is(State.CERTIFYING)).toList()) {
      var due = attempt.sentAt().plus(pool.policy().resendAfter());
      if (!now.isBefore(due)) {
        attempt.told(now);
        book.sendCertify(attempt, failure);
      }
      task.wakeBy(attempt.sentAt().plus(pool.policy().resendAfter()));
    }
  }
}
