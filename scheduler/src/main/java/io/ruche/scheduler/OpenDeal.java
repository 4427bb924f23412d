package io.ruche.scheduler;

import io.ruche.core.AppType;
import io.ruche.core.Cancellation;
import io.ruche.core.Consensus;
import io.ruche.core.DealId;
import io.ruche.core.DealParams;
import io.ruche.core.MachineNeeds;
import io.ruche.core.Needs;
import io.ruche.core.RunLimits;
import io.ruche.scheduler.Fact.DealAccepted;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A deal with tasks that are not settled. Its tasks come into memory one window after the other.
 *
 * <pre>
 * on chain → gone:     a reorganisation took it away; it counts as sold, for it may well come back
 * gone     → given up: it stayed away; it is sold no more, its attempts are remembered
 * gone, given up → on chain: matched again
 * gone, given up → closed:   its deadlines passed
 * </pre>
 */
final class OpenDeal extends Wakeable implements Comparable<OpenDeal> {
  private final SchedulerPolicy policy;
  private boolean isStarted;
  private DealAccepted terms;
  private Reading reading;
  private Instant fitAskedAt = Instant.MIN;
  private boolean isFit;
  private long nextIndex;
  private long settledBelow;
  private @Nullable Instant goneSince;
  private boolean isGivenUp;
  private final RunTimes runTimes = new RunTimes();
  private final TreeSet<Long> settledAbove = new TreeSet<>();
  private final Set<PoolTask> live = new LinkedHashSet<>();

  /** Indexes that the journal brought back before their turn. */
  private final Set<Long> restored = new TreeSet<>();

  /** What follows from the terms, worked out once: the deadlines order every queue. */
  private record Reading(
      Needs needs,
      RunLimits limits,
      boolean hasOwnTimes,
      Instant queueEnd,
      Duration revealTime,
      String runtime,
      String kind,
      int copies,
      Deadlines deadlines) {
    static Reading of(DealAccepted terms, SchedulerPolicy policy) {
      var needs = Needs.of(terms.deal());
      var limits = RunLimits.of(terms.category(), terms.deal());
      var runtime = needs.runtime(terms.app().type());
      return new Reading(
          needs,
          limits,
          OpenDeal.hasOwnTimes(terms),
          Cancellation.queueEnd(terms.deal()),
          terms.category().revealTime(),
          runtime,
          ReadyQueue.kindOf(terms.app(), runtime, needs.machine()),
          Consensus.copiesWhenAllAgree(terms.deal().trust()),
          Deadlines.of(terms, limits, policy));
    }
  }

  OpenDeal(DealAccepted terms, SchedulerPolicy policy, boolean isStarted) {
    this.terms = terms;
    this.policy = policy;
    this.reading = Reading.of(terms, policy);
    this.isStarted = isStarted;
    this.nextIndex = terms.deal().botFirst();
    this.settledBelow = nextIndex;
  }

  DealId id() {
    return terms.deal().id();
  }

  DealAccepted terms() {
    return terms;
  }

  void replaceTerms(DealAccepted newTerms) {
    terms = newTerms;
    reading = Reading.of(newTerms, policy);
    fitAskedAt = Instant.MIN;
  }

  /** What a machine must offer to run its tasks, see {@link Needs#runtime}. */
  String runtime() {
    return reading.runtime();
  }

  private static boolean hasOwnTimes(DealAccepted terms) {
    try {
      var params = DealParams.parse(terms.deal().params());
      return params.maxRunSeconds() > 0 || params.maxQueueSeconds() > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Whether honest machines may come to other results because they are of another kind. Modules
   * give the same bits everywhere; programs and images are built for one kind of processor, and
   * round and order as it does.
   */
  boolean isResultOfKind() {
    return !terms.app().type().equals(AppType.WASM.name());
  }

  /** How much of a machine its tasks need, and which. */
  MachineNeeds machineNeeds() {
    return reading.needs().machine();
  }

  /**
   * Whether some machine of the pool fits its tasks: asked of {@code find} no more often than every
   * {@code period}, for it looks at every machine.
   */
  boolean isFit(BooleanSupplier find, Duration period, Instant now) {
    if (fitAskedAt.equals(Instant.MIN) || !now.isBefore(fitAskedAt.plus(period))) {
      fitAskedAt = now;
      isFit = find.getAsBoolean();
    }
    return isFit;
  }

  long trust() {
    return terms.deal().trust();
  }

  /** Its tasks may be anywhere on chain when they come into memory. */
  boolean isStarted() {
    return isStarted;
  }

  /** How runs are released as long as nobody voted. */
  Release release() {
    return policy.certification().release(trust());
  }

  boolean hasCallback() {
    return terms.deal().hasCallback();
  }

  RunLimits limits() {
    return reading.limits();
  }

  /** Whether its params say what older workers would call invalid. */
  boolean isOnlyForNewWorkers() {
    return !reading.needs().machine().isNone() || reading.hasOwnTimes();
  }

  Duration referenceTime() {
    return terms.category().referenceTime();
  }

  /** From a consensus until its winners must have revealed. */
  Duration revealTime() {
    return reading.revealTime();
  }

  Deadlines deadlines() {
    return reading.deadlines();
  }

  Instant contributionDeadline() {
    return reading.deadlines().contribution();
  }

  /** When tasks that nobody was given yet are cancelled, by word of the order. */
  Instant queueEnd() {
    return reading.queueEnd();
  }

  /** In which queue its tasks wait. */
  String kind() {
    return reading.kind();
  }

  /** Runs by new workers that settle a task of it when all agree. */
  int copiesWhenAllAgree() {
    return reading.copies();
  }

  RunTimes runTimes() {
    return runTimes;
  }

  Set<PoolTask> live() {
    return live;
  }

  /** Since when it is not on chain; null while it is. */
  @Nullable
  Instant goneSince() {
    return goneSince;
  }

  /** It left the chain in a reorganisation and did not come back yet. */
  boolean isGone() {
    return goneSince != null;
  }

  /** Whether the pool owes its tasks, or soon may again. */
  boolean isSold() {
    return !isGivenUp;
  }

  /** With it all its settlements left the chain: but for what is in memory, it begins anew. */
  void gone(Instant at) {
    goneSince = at;
    settledBelow = terms.deal().botFirst();
    settledAbove.clear();
    nextIndex = settledBelow;
    restored.clear();
    live.forEach(task -> restored.add(task.index()));
  }

  void giveUp() {
    isGivenUp = true;
  }

  /** The chain that has it again may have some of its tasks already. */
  void cameBack() {
    goneSince = null;
    isGivenUp = false;
    isStarted = true;
  }

  boolean hasMore() {
    skipSettled();
    return nextIndex < end();
  }

  OpenWork work() {
    long tasks = Math.max(0, end() - settledBelow - settledAbove.size());
    return new OpenWork(
        terms.category().id(), referenceTime(), contributionDeadline(), trust(), tasks);
  }

  long takeNextIndex() {
    skipSettled();
    return nextIndex++;
  }

  boolean isSettled(long index) {
    return index < settledBelow || (!settledAbove.isEmpty() && settledAbove.contains(index));
  }

  boolean isAllSettled() {
    return settledBelow >= end();
  }

  void settled(long index) {
    if (index == settledBelow && settledAbove.isEmpty()) {
      settledBelow++;
      return;
    }
    settledAbove.add(index);
    while (!settledAbove.isEmpty() && settledAbove.first() <= settledBelow) {
      long first = settledAbove.removeFirst();
      settledBelow = Math.max(settledBelow, first + 1);
    }
  }

  void settled(long below, List<Long> above) {
    settledBelow = Math.max(settledBelow, below);
    settledAbove.addAll(above);
  }

  Fact settledFact() {
    return new Fact.TasksSettled(id(), settledBelow, List.copyOf(settledAbove));
  }

  private long end() {
    return terms.deal().botFirst() + terms.deal().botSize();
  }

  private void skipSettled() {
    nextIndex = Math.max(nextIndex, settledBelow);
    while (nextIndex < end() && (isSettled(nextIndex) || wasRestored(nextIndex))) {
      nextIndex++;
    }
  }

  private boolean wasRestored(long index) {
    return !restored.isEmpty() && restored.remove(index);
  }

  void restoredOutOfTurn(long index) {
    restored.add(index);
  }

  @Override
  public int compareTo(OpenDeal other) {
    int byDeadline = contributionDeadline().compareTo(other.contributionDeadline());
    return byDeadline != 0 ? byDeadline : id().compareTo(other.id());
  }
}
