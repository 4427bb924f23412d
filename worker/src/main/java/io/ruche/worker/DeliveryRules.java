package io.ruche.worker;

import java.time.Instant;

/** From an upload that the pool asked for to a stored result. */
final class DeliveryRules {
  private final WorkerPolicy policy;
  private final Outbox out;

  DeliveryRules(WorkerPolicy policy, Outbox out) {
    this.policy = policy;
    this.out = out;
  }

  /**
   * Uploads once the chain has shown consensus on our digest, never before; where one run suffices,
   * as soon as the digest is on disk.
   */
  void start(Attempt attempt, Instant now) {
    boolean isAgreed = attempt.state() instanceof AttemptState.Revealing
        || attempt.state() instanceof AttemptState.Revealed
        || (attempt.isResultFirst() && attempt.state() instanceof AttemptState.Voted);
    if (isAgreed
        && attempt.delivery() instanceof Delivery.Asked(var target, var failures, var notBefore)
        && !now.isBefore(notBefore)) {
      attempt.deliver(new Delivery.UnderWay(target, failures));
      out.order(new Command.Upload(attempt.id(), target));
    }
  }

  void uploaded(Attempt attempt) {
    if (attempt.delivery() instanceof Delivery.UnderWay(var target, var _)) {
      attempt.deliver(new Delivery.Delivered(target));
      if (!attempt.isResultFirst()) {
        out.tell(new Command.Progress(attempt.id(), attempt.phase(), ""));
      }
    }
  }

  void uploadFailed(Attempt attempt, Event.UploadFailed event, Instant now) {
    if (attempt.delivery() instanceof Delivery.UnderWay(var target, var failures)) {
      boolean isWorthATry = event.isRetryable() && failures + 1 < policy.uploadTries();
      attempt.deliver(
          isWorthATry
              ? new Delivery.Asked(target, failures + 1, now.plus(policy.pauseAfter(failures + 1)))
              : new Delivery.None());
      out.tell(
          new Command.Progress(attempt.id(), attempt.phase(), "upload failed: " + event.detail()));
    }
  }
}
