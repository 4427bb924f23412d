package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as people and pages see it.
 *
 * @param stage one word: starting, initializing, queued, running, revealing, uploading, finalizing,
 *     completed, claiming, failed
 * @param resultCid where the result is stored; null before
 */
public record TaskView(
    TaskId id,
    DealId deal,
    long index,
    String stage,
    TaskStatus status,
    Instant contributionDeadline,
    Instant finalDeadline,
    List<AttemptView> attempts,
    List<VoteView> votes,
    @Nullable String resultCid) {

  public TaskView {
    attempts = List.copyOf(attempts);
    votes = List.copyOf(votes);
  }

  /**
   * One attempt.
   *
   * @param state ASSIGNED, COMMITTED, CONTRIBUTED, FAILED, CERTIFYING or DROPPED
   * @param failure what the worker reported; null when it reported none
   */
  public record AttemptView(
      int number,
      Address machine,
      Address worker,
      String state,
      Phase phase,
      boolean isAuthorized,
      Instant assignedAt,
      Instant changedAt,
      @Nullable Failure failure,
      String detail) {}

  /** One contribution on chain. */
  public record VoteView(Address worker, Digest resultHash, boolean isWinner, boolean isRevealed) {}
}
