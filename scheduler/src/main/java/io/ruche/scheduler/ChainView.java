package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Consensus;
import io.ruche.core.Digest;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.ChainEvent.ContributionStatus;
import io.ruche.scheduler.ChainEvent.TaskObserved;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the chain is believed to hold of one task. Logs move it forward, twice the same log changes
 * nothing, and an observation replaces it. After a restart it stays unknown until it is observed:
 * the logs told by then may be only the last of many.
 *
 * <pre>
 * unknown   → any:       observed
 * UNSET     → ACTIVE:    initialized
 * ACTIVE    → REVEALING: consensus reached
 * REVEALING → ACTIVE:    reopened, winners rejected
 * any       → COMPLETED: finalized
 * any       → FAILED:    claimed
 * </pre>
 */
final class ChainView {
  /** What the hub has where it knows none. */
  private static final Digest NO_DIGEST = Digest.of(new byte[32]);

  /** Groups of equal contributions: mostly one. */
  private static final int FEW = 2;

  private boolean isKnown;
  private TaskStatus status = TaskStatus.UNSET;

  /** Few: of tens of thousands of tasks in memory most have one or two, so lists are enough. */
  private final List<Vote> votes = new ArrayList<>(0);

  private final List<Reveal> reveals = new ArrayList<>(0);
  private @Nullable Digest consensus;
  private Instant revealDeadline = Instant.MAX;
  private Instant observedAt = Instant.MIN;
  private boolean isEndLogged;

  /** A contribution; a rejected one weighs nothing but still bars its worker. */
  record Vote(Address worker, Digest resultHash, long weight, boolean isRejected) {
    Vote rejected() {
      return new Vote(worker, resultHash, weight, true);
    }
  }

  /** A winner's digest, of which the hub has compared the hash. */
  record Reveal(Address worker, Digest digest) {}

  ChainView(boolean isKnown) {
    this.isKnown = isKnown;
  }

  boolean isKnown() {
    return isKnown;
  }

  TaskStatus status() {
    return status;
  }

  boolean isSettled() {
    return status.isFinal();
  }

  /** Settled by a log, which a reorg would take back; what was read may be older than a reorg. */
  boolean isEndLogged() {
    return isEndLogged;
  }

  Instant revealDeadline() {
    return revealDeadline;
  }

  /** The winning hash; null outside of the reveal stage. */
  @Nullable
  Digest consensus() {
    return consensus;
  }

  Instant observedAt() {
    return observedAt;
  }

  /** In the order of the chain, one of each worker. */
  List<Vote> votes() {
    return votes;
  }

  @Nullable
  Vote voteOf(Address worker) {
    for (int i = 0; i < votes.size(); i++) {
      if (votes.get(i).worker().equals(worker)) {
        return votes.get(i);
      }
    }
    return null;
  }

  boolean hasVoted(Address worker) {
    return voteOf(worker) != null;
  }

  /** In the order of the chain, one of each winner that revealed. */
  List<Reveal> reveals() {
    return reveals;
  }

  boolean hasRevealed(Address worker) {
    for (int i = 0; i < reveals.size(); i++) {
      if (reveals.get(i).worker().equals(worker)) {
        return true;
      }
    }
    return false;
  }

  /** A winner revealed it. */
  boolean isRevealed(Digest digest) {
    for (int i = 0; i < reveals.size(); i++) {
      if (reveals.get(i).digest().equals(digest)) {
        return true;
      }
    }
    return false;
  }

  List<Address> winners() {
    return votes.stream().filter(this::isWinning).map(Vote::worker).toList();
  }

  boolean isWinner(Address worker) {
    var vote = voteOf(worker);
    return vote != null && isWinning(vote);
  }

  boolean isWinning(Vote vote) {
    return !vote.isRejected() && vote.resultHash().equals(consensus);
  }

  boolean isAllRevealed() {
    for (int i = 0; i < votes.size(); i++) {
      if (isWinning(votes.get(i)) && !hasRevealed(votes.get(i).worker())) {
        return false;
      }
    }
    return !reveals.isEmpty();
  }

  /** Weight of each group of equal contributions. */
  Map<Digest, BigInteger> groups() {
    var groups = new LinkedHashMap<Digest, BigInteger>(FEW);
    for (var vote : votes) {
      if (!vote.isRejected()) {
        var group = groups.getOrDefault(vote.resultHash(), BigInteger.ZERO);
        groups.put(vote.resultHash(), Consensus.join(group, vote.weight()));
      }
    }
    return groups;
  }

  /** No two contributions differ, as far as they count. */
  boolean isUnanimous() {
    Digest common = null;
    for (int i = 0; i < votes.size(); i++) {
      var vote = votes.get(i);
      if (!vote.isRejected() && common != null && !common.equals(vote.resultHash())) {
        return false;
      }
      common = vote.isRejected() ? common : vote.resultHash();
    }
    return true;
  }

  /** Weight of all contributions that count, as {@link Consensus#joinUnopposed} has it. */
  long unanimousWeight(long trust) {
    long weight = 0;
    for (int i = 0; i < votes.size(); i++) {
      var vote = votes.get(i);
      weight = vote.isRejected() ? weight : Consensus.joinUnopposed(weight, vote.weight(), trust);
    }
    return weight;
  }

  void initialized() {
    if (status == TaskStatus.UNSET) {
      status = TaskStatus.ACTIVE;
    }
  }

  void contributed(Address worker, Digest resultHash, long weight) {
    initialized();
    if (!hasVoted(worker)) {
      votes.add(new Vote(worker, resultHash, weight, false));
    }
  }

  void agreed(Digest resultHash, Instant deadline) {
    initialized();
    if (status == TaskStatus.ACTIVE && isStanding(resultHash)) {
      status = TaskStatus.REVEALING;
      consensus = resultHash;
      revealDeadline = deadline;
      reveals.clear();
    }
  }

  private boolean isStanding(Digest resultHash) {
    for (int i = 0; i < votes.size(); i++) {
      if (!votes.get(i).isRejected() && votes.get(i).resultHash().equals(resultHash)) {
        return true;
      }
    }
    return false;
  }

  void revealed(Address worker, Digest digest) {
    if (isWinner(worker) && !hasRevealed(worker)) {
      reveals.add(new Reveal(worker, digest));
    }
  }

  /** A reopening that the present round cannot have had yet is an old log told again. */
  void reopened(Instant now, Duration slack) {
    if (status != TaskStatus.REVEALING
        || !reveals.isEmpty()
        || now.plus(slack).isBefore(revealDeadline)) {
      return;
    }
    votes.replaceAll(vote -> vote.resultHash().equals(consensus) ? vote.rejected() : vote);
    status = TaskStatus.ACTIVE;
    consensus = null;
    revealDeadline = Instant.MAX;
  }

  /** The task is not on chain any more, with its deal. */
  void vanished() {
    isKnown = true;
    status = TaskStatus.UNSET;
    votes.clear();
    reveals.clear();
    consensus = null;
    revealDeadline = Instant.MAX;
  }

  void ended(TaskStatus end) {
    isEndLogged = true;
    status = end;
  }

  /** Takes over what was read from the chain, whatever was believed before. */
  void observed(TaskObserved observed, ToLongFunction<Address> knownWeight, Instant now) {
    var task = observed.task();
    isKnown = true;
    observedAt = now;
    isEndLogged = false;
    status = task.status();
    boolean isAgreed = status == TaskStatus.REVEALING || status == TaskStatus.COMPLETED;
    consensus = isAgreed && !task.consensusValue().equals(NO_DIGEST) ? task.consensusValue() : null;
    revealDeadline = isAgreed ? task.revealDeadline() : Instant.MAX;
    votes.clear();
    reveals.clear();
    for (var contribution : observed.contributions()) {
      if (contribution.status() == ContributionStatus.UNSET) {
        continue;
      }
      long weight =
          weight(contribution.log2Weight(), knownWeight.applyAsLong(contribution.worker()));
      boolean isRejected = contribution.status() == ContributionStatus.REJECTED;
      votes.add(new Vote(contribution.worker(), contribution.resultHash(), weight, isRejected));
      if (contribution.status() == ContributionStatus.PROVED
          && !task.resultDigest().equals(NO_DIGEST)) {
        reveals.add(new Reveal(contribution.worker(), task.resultDigest()));
      }
    }
  }

  /** The hub keeps log2 only: the weight known from the score is finer where both agree. */
  private static long weight(long log2Weight, long known) {
    boolean isConsistent = 63 - Long.numberOfLeadingZeros(known) == log2Weight;
    return isConsistent ? known : 1L << Math.min(62, log2Weight);
  }
}
