package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.RunUsage;
import io.ruche.core.Salt;
import io.ruche.scheduler.Fact.DropReason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One numbered run of a task, owned by the engine:
 *
 * <pre>
 * ASSIGNED  → COMMITTED:   commit received (AFTER_COMMIT)
 * ASSIGNED, COMMITTED, CERTIFYING → CONTRIBUTED: the worker or the chain says so
 * ASSIGNED, COMMITTED → FAILED: the worker reported it
 * FAILED    → CERTIFYING:  asked to contribute the failure
 * CERTIFYING → COMMITTED:  asked to hand it in first (CANCELLED, AFTER_RESULT)
 * any of them but FAILED → DROPPED: lost, refused, timed out or not needed
 * DROPPED   → ASSIGNED, COMMITTED: found alive and still useful
 * </pre>
 */
final class Attempt {
  private final AttemptId id;
  private final Address machine;
  private final Address worker;
  private final Address owner;
  private final Release release;
  private final Instant assignedAt;

  private State state = State.ASSIGNED;
  private boolean isAuthorized;
  private Instant changedAt;
  private Instant sentAt;
  private Instant timeoutAt;
  private int resends;
  private Phase phase = Phase.QUEUED;
  private String detail = "";
  private @Nullable Digest commit;
  private @Nullable Opening opening;
  private @Nullable Failure failure;
  private @Nullable DropReason dropReason;
  private boolean wasCertified;
  private boolean isJudged;
  private @Nullable RunUsage usage;
  private Duration ranFor = Duration.ZERO;
  private Instant cancelToldAt = Instant.MIN;
  private @Nullable WorkerSession heldBy;

  enum State {
    ASSIGNED,
    COMMITTED,
    CONTRIBUTED,
    FAILED,
    CERTIFYING,
    DROPPED
  }

  record Opening(Digest digest, Salt salt) {}

  Attempt(
      AttemptId id,
      Address machine,
      Address worker,
      Address owner,
      Release release,
      Instant assignedAt,
      Instant timeoutAt) {
    this.id = id;
    this.machine = machine;
    this.worker = worker;
    this.owner = owner;
    this.release = release;
    this.isAuthorized = release == Release.WITH_WORK;
    this.assignedAt = assignedAt;
    this.changedAt = assignedAt;
    this.sentAt = assignedAt;
    this.timeoutAt = timeoutAt;
  }

  AttemptId id() {
    return id;
  }

  /** Where it runs. */
  Address machine() {
    return machine;
  }

  /** Whose books it is in; null once it is over. */
  @Nullable
  WorkerSession heldBy() {
    return heldBy;
  }

  void heldBy(@Nullable WorkerSession session) {
    heldBy = session;
  }

  /** Who may contribute with it. */
  Address worker() {
    return worker;
  }

  Address owner() {
    return owner;
  }

  /** When it gets its authorization, as its worker was told. */
  Release release() {
    return release;
  }

  State state() {
    return state;
  }

  boolean is(State wanted) {
    return state == wanted;
  }

  /** May still become a contribution that the chain does not show yet. */
  boolean isPending() {
    return state != State.FAILED && state != State.DROPPED;
  }

  boolean isAuthorized() {
    return isAuthorized;
  }

  Instant assignedAt() {
    return assignedAt;
  }

  Instant changedAt() {
    return changedAt;
  }

  /** When the last order about this attempt left. */
  Instant sentAt() {
    return sentAt;
  }

  Instant timeoutAt() {
    return timeoutAt;
  }

  int resends() {
    return resends;
  }

  Phase phase() {
    return phase;
  }

  /** Whether its run has not ended yet, as far as its worker told. */
  boolean needsSlot() {
    return phase.compareTo(Phase.RUNNING) <= 0;
  }

  String detail() {
    return detail;
  }

  @Nullable
  Digest commit() {
    return commit;
  }

  @Nullable
  Opening opening() {
    return opening;
  }

  /** What the worker reported; null when it reported no failure. */
  @Nullable
  Failure failure() {
    return failure;
  }

  @Nullable
  DropReason dropReason() {
    return dropReason;
  }

  /** Its machine was lost, and may come back with it. */
  boolean isLost() {
    return dropReason == DropReason.LOST || dropReason == DropReason.LOST_RUNNING;
  }

  /** What its worker said that the run used; null when it said nothing, or before a restart. */
  @Nullable
  RunUsage usage() {
    return usage;
  }

  void used(@Nullable RunUsage newUsage) {
    usage = newUsage == null ? usage : newUsage;
  }

  /** From giving out to the end of the run, as the pool saw it; zero while that is not known. */
  Duration ranFor() {
    return ranFor;
  }

  void ran(Duration time) {
    ranFor = time;
  }

  void progressed(Phase newPhase, String newDetail) {
    phase = newPhase;
    detail = newDetail;
  }

  void committed(Digest newCommit, Instant now) {
    commit = newCommit;
    become(State.COMMITTED, now);
    timeoutAt = Instant.MAX;
  }

  void authorized(Instant now, Instant timeout) {
    isAuthorized = true;
    sentAt = now;
    timeoutAt = timeout;
  }

  void contributed(Instant now) {
    dropReason = null;
    become(State.CONTRIBUTED, now);
    timeoutAt = Instant.MAX;
  }

  void opened(Opening newOpening) {
    opening = newOpening;
  }

  /** Its result was compared with the believed one, and its worker's record changed. */
  boolean isJudged() {
    return isJudged;
  }

  void judged() {
    isJudged = true;
  }

  void failed(Failure newFailure, String newDetail, Instant now) {
    failure = newFailure;
    detail = newDetail;
    become(State.FAILED, now);
  }

  /** It was asked, at some time, to contribute the failure that it reported. */
  boolean wasCertified() {
    return wasCertified;
  }

  boolean isFailedBy(FailureCode code) {
    return failure != null && failure.code() == code;
  }

  /**
   * A task that one run settles ends with its cancellation as with a result: in one transaction
   * that locks no stake, which the worker may not have.
   */
  boolean handsInFirst(Failure ending) {
    return release == Release.AFTER_RESULT && ending.code() == FailureCode.CANCELLED;
  }

  /**
   * When its machine was last told that the task is cancelled; the distant past when it was not.
   */
  Instant cancelToldAt() {
    return cancelToldAt;
  }

  void cancelTold(Instant at) {
    cancelToldAt = at;
  }

  void certifying(Failure ending, Instant now, Instant timeout) {
    isAuthorized |= !handsInFirst(ending);
    wasCertified = true;
    sentAt = now;
    timeoutAt = timeout;
    become(State.CERTIFYING, now);
  }

  void dropped(DropReason reason, Instant now) {
    dropReason = reason;
    become(State.DROPPED, now);
  }

  /** Found alive: where it was before, as far as that was told. */
  void revived(Instant now, Instant timeout) {
    dropReason = null;
    sentAt = now;
    resends = 0;
    timeoutAt = commit == null ? timeout : Instant.MAX;
    become(commit == null ? State.ASSIGNED : State.COMMITTED, now);
  }

  void resent(Instant now) {
    sentAt = now;
    resends++;
  }

  /** Its order was sent as an answer, not counted as a repetition. */
  void told(Instant now) {
    sentAt = now;
  }

  private void become(State next, Instant now) {
    state = next;
    changedAt = now;
  }
}
