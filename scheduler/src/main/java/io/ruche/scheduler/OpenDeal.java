package io.ruche.scheduler;

import io.ruche.core.AppType;
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

/**
 * A deal with tasks that are not settled. Its tasks come into memory one window after the other.
 */
final class OpenDeal implements Comparable<OpenDeal> {
  private final CertificationPolicy certification;
  private final boolean isStarted;
  private DealAccepted terms;
  private Reading reading;
  private Instant fitAskedAt = Instant.MIN;
  private boolean isFit;
  private long nextIndex;
  private long settledBelow;
  private boolean isGone;
  private final RunTimes runTimes = new RunTimes();
  private final TreeSet<Long> settledAbove = new TreeSet<>();
  private final Set<PoolTask> live = new LinkedHashSet<>();

  /** Indexes that the journal brought back before their turn. */
  private final Set<Long> restored = new TreeSet<>();

  /** What follows from the terms, worked out once: the deadlines order every queue. */
  private record Reading(
      Needs needs,
      RunLimits limits,
      boolean hasOwnRunTime,
      String runtime,
      Instant contributionDeadline,
      Instant finalDeadline) {
    static Reading of(DealAccepted terms) {
      var needs = Needs.of(terms.deal());
      var start = terms.deal().startTime();
      return new Reading(
          needs,
          RunLimits.of(terms.category(), terms.deal()),
          OpenDeal.hasOwnRunTime(terms),
          needs.runtime(terms.app().type()),
          start.plus(terms.category().contributionTime()),
          start.plus(terms.category().finalTime()));
    }
  }

  OpenDeal(DealAccepted terms, CertificationPolicy certification, boolean isStarted) {
    this.terms = terms;
    this.reading = Reading.of(terms);
    this.certification = certification;
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
    reading = Reading.of(newTerms);
    fitAskedAt = Instant.MIN;
  }

  /** What a machine must offer to run its tasks, see {@link Needs#runtime}. */
  String runtime() {
    return reading.runtime();
  }

  private static boolean hasOwnRunTime(DealAccepted terms) {
    try {
      return DealParams.parse(terms.deal().params()).maxRunSeconds() > 0;
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
    return certification.release(trust());
  }

  boolean hasCallback() {
    return terms.deal().hasCallback();
  }

  RunLimits limits() {
    return reading.limits();
  }

  /** Whether its params say what older workers would call invalid. */
  boolean isOnlyForNewWorkers() {
    return !reading.needs().machine().isNone() || reading.hasOwnRunTime();
  }

  Duration referenceTime() {
    return terms.category().referenceTime();
  }

  Instant contributionDeadline() {
    return reading.contributionDeadline();
  }

  Instant finalDeadline() {
    return reading.finalDeadline();
  }

  RunTimes runTimes() {
    return runTimes;
  }

  Set<PoolTask> live() {
    return live;
  }

  /** It left the chain in a reorganisation and did not come back yet. */
  boolean isGone() {
    return isGone;
  }

  void gone(boolean value) {
    isGone = value;
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
    return index < settledBelow || settledAbove.contains(index);
  }

  boolean isAllSettled() {
    return settledBelow >= end();
  }

  void settled(long index) {
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
    while (nextIndex < end() && (isSettled(nextIndex) || restored.remove(nextIndex))) {
      nextIndex++;
    }
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
