package io.ruche.sdk;

import io.ruche.chain.hub.Contribution;
import io.ruche.core.Deal;
import io.ruche.core.FailureCode;
import io.ruche.core.OnChainTask;
import java.time.Instant;
import java.util.List;

/**
 * Tells where a task stands, for every state that the hub knows.
 *
 * <p>UNSET → WAITING_FOR_WORKERS: initialised. → CONTRIBUTING: a contribution. → REVEALING: the
 * contributions settle it. → FINALIZING: enough is revealed. → COMPLETED, FAILURE_CERTIFIED or
 * CALLBACK_FAILED: finalized. REVEALING → REVEALS_MISSED: the reveal deadline passes. → REOPENED:
 * the pool opens it again. Any but the last three → CONTRIBUTIONS_CLOSED, then CLAIMABLE: deadlines
 * pass. → CLAIMED: claimed.
 */
public final class TaskExplainer {
  private final BagView.Entry entry;
  private final OnChainTask task;
  private final Deal deal;
  private final Instant now;

  /**
   * Starts an explanation.
   *
   * @param now time of the chain's newest block
   */
  public TaskExplainer(BagView.Entry entry, Instant now) {
    this.entry = entry;
    this.task = entry.task();
    this.deal = entry.deal();
    this.now = now;
  }

  /**
   * Explains the task.
   *
   * @param contributions those to the task, in any order
   */
  public TaskExplanation explain(List<Contribution.Status> contributions, CallbackState callback) {
    if (entry.isOverdue(now)) {
      return claimable();
    }
    return switch (task.status()) {
      case UNSET -> unset();
      case ACTIVE -> active(contributions);
      case REVEALING -> revealing();
      case COMPLETED -> completed(callback);
      case FAILED ->
        only(
            TaskStage.CLAIMED,
            "Nobody finished it in time and it was claimed: %s RUC went back to %s."
                .formatted(deal.pricePerTask(), deal.sponsor().checksummed()));
    };
  }

  private TaskExplanation unset() {
    return now.isAfter(contributionDeadline())
        ? closed()
        : only(
            TaskStage.UNSET,
            "Nobody has started it yet. Its pool does that after the match; workers may contribute"
                + " until %s.".formatted(contributionDeadline()));
  }

  private TaskExplanation active(List<Contribution.Status> contributions) {
    if (now.isAfter(contributionDeadline())) {
      return closed();
    }
    long pending = count(contributions, Contribution.Status.CONTRIBUTED);
    long rejected = count(contributions, Contribution.Status.REJECTED);
    if (rejected > 0) {
      return only(
          TaskStage.REOPENED,
          ("Its winners did not reveal in time, so the pool opened it again: %d contributions were"
                  + " rejected, %d are new; more count until %s.")
              .formatted(rejected, pending, contributionDeadline()));
    }
    if (pending > 0) {
      return only(
          TaskStage.CONTRIBUTING,
          "%d contributions are in and do not settle it at trust %d; more count until %s."
              .formatted(pending, deal.trust(), contributionDeadline()));
    }
    return only(
        TaskStage.WAITING_FOR_WORKERS,
        "It is started and no worker has contributed yet; contributions count until %s."
            .formatted(contributionDeadline()));
  }

  private TaskExplanation revealing() {
    boolean isOver = now.isAfter(task.revealDeadline());
    if (isOver && task.revealCount() == 0) {
      return only(
          TaskStage.REVEALS_MISSED,
          "No winner revealed by %s; the pool may open it again until %s."
              .formatted(task.revealDeadline(), entry.finalDeadline()));
    }
    if (isOver || task.revealCount() == task.winnerCount()) {
      return only(
          TaskStage.FINALIZING,
          "%d of %d winners revealed; the pool is to store the result and pay everybody until %s."
              .formatted(task.revealCount(), task.winnerCount(), entry.finalDeadline()));
    }
    return only(
        TaskStage.REVEALING,
        "Enough workers agree; %d of %d winners have revealed, the others may until %s."
            .formatted(task.revealCount(), task.winnerCount(), task.revealDeadline()));
  }

  private TaskExplanation completed(CallbackState callback) {
    return switch (callback) {
      case CallbackState.Delivered _ -> settled();
      case CallbackState.Unknown _ -> settled();
      case CallbackState.Takeable _ ->
        new TaskExplanation(
            TaskStage.CALLBACK_FAILED,
            "Completed and paid, but contract %s refused the result; it would take it now."
                .formatted(deal.callback().checksummed()),
            "ruche task retry-callback " + task.id());
      case CallbackState.Refused(var reason) ->
        only(
            TaskStage.CALLBACK_FAILED,
            ("Completed and paid, but contract %s refused the result and would again: %s. Mend what"
                    + " it needs, then anybody may retry with `ruche task retry-callback`.")
                .formatted(deal.callback().checksummed(), reason));
    };
  }

  private TaskExplanation settled() {
    var fetch = "ruche deal results " + deal.id();
    return Results.toldFailure(task)
        .map(failure -> new TaskExplanation(
            TaskStage.FAILURE_CERTIFIED,
            failure.code() == FailureCode.CANCELLED
                ? "Cancelled by its requester. It is charged like any run."
                : "The run failed and the workers agree how: %s, exit code %d. It is charged like any run."
                    .formatted(failure.code(), failure.exitCode()),
            fetch))
        .orElseGet(() -> new TaskExplanation(TaskStage.COMPLETED, "Completed and paid.", fetch));
  }

  private TaskExplanation closed() {
    return only(
        TaskStage.CONTRIBUTIONS_CLOSED,
        ("Workers could contribute until %s and did not settle it; nobody can finish it any more."
                + " After %s the money comes back with `ruche deal claim %s`.")
            .formatted(contributionDeadline(), entry.finalDeadline(), deal.id()));
  }

  private TaskExplanation claimable() {
    return new TaskExplanation(
        TaskStage.CLAIMABLE,
        "Nobody finished it by its final deadline %s; %s RUC go back to %s once it is claimed."
            .formatted(
                entry.finalDeadline(), deal.pricePerTask(), deal.sponsor().checksummed()),
        "ruche deal claim " + deal.id());
  }

  private Instant contributionDeadline() {
    return deal.startTime().plus(entry.category().contributionTime());
  }

  private static long count(List<Contribution.Status> all, Contribution.Status wanted) {
    return all.stream().filter(wanted::equals).count();
  }

  private static TaskExplanation only(TaskStage stage, String sentence) {
    return new TaskExplanation(stage, sentence, "");
  }
}
