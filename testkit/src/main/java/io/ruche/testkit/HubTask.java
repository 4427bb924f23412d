package io.ruche.testkit;

import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.OnChainTask;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task as the hub in memory keeps it; every change is a new value. */
record HubTask(
    TaskId id,
    Deal deal,
    long index,
    TaskStatus status,
    List<HubContribution> contributions,
    Map<Digest, BigInteger> groups,
    @Nullable Digest consensus,
    int winners,
    int reveals,
    Instant revealDeadline,
    @Nullable Digest digest,
    String results) {
  private static final Digest ZERO = Digest.of(new byte[32]);

  HubTask {
    contributions = List.copyOf(contributions);
    groups = Map.copyOf(groups);
  }

  static HubTask active(TaskId id, Deal deal, long index) {
    return new HubTask(
        id,
        deal,
        index,
        TaskStatus.ACTIVE,
        List.of(),
        Map.of(),
        null,
        0,
        0,
        Instant.EPOCH,
        null,
        "");
  }

  /** What the hub says of a task that was never initialized: all zeros but the id. */
  static OnChainTask unset(TaskId id) {
    return new OnChainTask(
        id,
        DealId.of(new byte[32]),
        0,
        TaskStatus.UNSET,
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH,
        ZERO,
        0,
        0,
        List.of(),
        ZERO,
        "");
  }

  OnChainTask view(Instant contributionDeadline, Instant finalDeadline) {
    return new OnChainTask(
        id,
        deal.id(),
        index,
        status,
        contributionDeadline,
        revealDeadline,
        finalDeadline,
        consensus == null ? ZERO : consensus,
        reveals,
        winners,
        contributions.stream().map(HubContribution::worker).toList(),
        digest == null ? ZERO : digest,
        results);
  }

  BigInteger otherWeight(Digest group) {
    return groups.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(group))
        .map(Map.Entry::getValue)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  HubTask contributed(HubContribution contribution) {
    var all = new ArrayList<>(contributions);
    all.add(contribution);
    return with(status, all, groups, consensus, winners, reveals, revealDeadline, digest);
  }

  HubTask weighing(Digest group, BigInteger weight) {
    var grown = new HashMap<>(groups);
    grown.put(group, weight);
    return with(status, contributions, grown, consensus, winners, reveals, revealDeadline, digest);
  }

  HubTask revealing(Digest hash, Instant deadline) {
    int count = (int) contributions.stream().filter(c -> c.isStanding(hash)).count();
    return with(TaskStatus.REVEALING, contributions, groups, hash, count, 0, deadline, null);
  }

  HubTask revealed(HubContribution proved, Digest newDigest) {
    var all = contributions.stream()
        .map(c -> c.worker().equals(proved.worker()) ? proved : c)
        .toList();
    return with(status, all, groups, consensus, winners, reveals + 1, revealDeadline, newDigest);
  }

  HubTask reopened() {
    var all = contributions.stream()
        .map(c -> c.resultHash().equals(consensus) ? c.rejected() : c)
        .toList();
    var left = new HashMap<>(groups);
    left.remove(consensus);
    return with(TaskStatus.ACTIVE, all, left, null, 0, 0, Instant.EPOCH, null);
  }

  HubTask ended(TaskStatus end, String newResults) {
    return new HubTask(
        id,
        deal,
        index,
        end,
        contributions,
        groups,
        consensus,
        winners,
        reveals,
        revealDeadline,
        digest,
        newResults);
  }

  private HubTask with(
      TaskStatus newStatus,
      List<HubContribution> all,
      Map<Digest, BigInteger> newGroups,
      @Nullable Digest newConsensus,
      int newWinners,
      int newReveals,
      Instant newRevealDeadline,
      @Nullable Digest newDigest) {
    return new HubTask(
        id,
        deal,
        index,
        newStatus,
        all,
        newGroups,
        newConsensus,
        newWinners,
        newReveals,
        newRevealDeadline,
        newDigest,
        results);
  }
}
