package io.ruche.link;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.ruche.core.Address;
import io.ruche.core.Cancellation;
import io.ruche.core.DealId;
import io.ruche.core.Failure;
import io.ruche.core.RunLimits;
import io.ruche.core.Settlement;
import io.ruche.core.Signature;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a pool says. Every order may come twice (after a reconnect); a worker does it once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FromPool.Challenge.class, name = "challenge"),
  @JsonSubTypes.Type(value = FromPool.Welcome.class, name = "welcome"),
  @JsonSubTypes.Type(value = FromPool.Rejected.class, name = "rejected"),
  @JsonSubTypes.Type(value = FromPool.Assign.class, name = "assign"),
  @JsonSubTypes.Type(value = FromPool.Authorize.class, name = "authorize"),
  @JsonSubTypes.Type(value = FromPool.Reveal.class, name = "reveal"),
  @JsonSubTypes.Type(value = FromPool.Upload.class, name = "upload"),
  @JsonSubTypes.Type(value = FromPool.Done.class, name = "done"),
  @JsonSubTypes.Type(value = FromPool.Abort.class, name = "abort"),
  @JsonSubTypes.Type(value = FromPool.CertifyFailure.class, name = "certifyFailure"),
  @JsonSubTypes.Type(value = FromPool.Watch.class, name = "watch"),
  @JsonSubTypes.Type(value = FromPool.Unwatch.class, name = "unwatch"),
  @JsonSubTypes.Type(value = FromPool.Cancel.class, name = "cancel"),
  @JsonSubTypes.Type(value = FromPool.ResultStored.class, name = "resultStored"),
  @JsonSubTypes.Type(value = FromPool.ResultRefused.class, name = "resultRefused")
})
public sealed interface FromPool {

  /** The worker signs {@link LoginText} of these values with its wallet. */
  record Challenge(int version, String nonce, long chainId, Address hub, Address workerpool)
      implements FromPool {}

  /** Logged in. The worker answers with a heartbeat that lists what it still holds. */
  record Welcome(long heartbeatMillis, String session) implements FromPool {}

  /** The session ends here; {@code code} is stable, {@code detail} says what to do. */
  record Rejected(String code, String detail) implements FromPool {}

  /**
   * Run a task. The worker reads app, dataset, params and prices from the deal on chain itself, so
   * a pool cannot make it vote on anything else.
   *
   * @param authorization null until released, see {@link Release}
   * @param cancellation null unless its requester cancelled the task: nothing is fetched or run
   */
  record Assign(
      AttemptRef ref,
      DealId deal,
      long index,
      RunLimits limits,
      Release release,
      @Nullable Signature authorization,
      Instant contributionDeadline,
      @Nullable Cancellation cancellation)
      implements FromPool {}

  /**
   * Leave to contribute.
   *
   * @param settlement with which the worker also finalizes the task; null when it only contributes
   */
  record Authorize(
      AttemptRef ref, Signature authorization, @Nullable Settlement settlement)
      implements FromPool {}

  /** Consensus was reached on this worker's digest: reveal it. */
  record Reveal(AttemptRef ref) implements FromPool {}

  /**
   * Send the result archive: HTTP PUT to {@code path} of the pool's origin with this bearer token,
   * or, when it is small, {@link FromWorker.Result} with this token.
   */
  record Upload(AttemptRef ref, String path, String token) implements FromPool {}

  /** The result that came in a message is on disk. */
  record ResultStored(AttemptRef ref) implements FromPool {}

  /**
   * The result that came in a message was not stored.
   *
   * @param retryable whether the same result may be taken later
   */
  record ResultRefused(AttemptRef ref, String detail, boolean retryable) implements FromPool {
    public ResultRefused {
      detail = LinkLimits.bounded(detail);
    }
  }

  /** The task is settled; the worker may drop everything about the attempt. */
  record Done(AttemptRef ref, String outcome) implements FromPool {}

  record Abort(AttemptRef ref, String reason) implements FromPool {}

  /**
   * Several owners reported the same end that no machine can better: contribute this failure. The
   * worker obeys only when it reported that failure itself.
   *
   * @param authorization null when the failure is to be handed in first, as a result would be
   */
  record CertifyFailure(
      AttemptRef ref, Failure failure, @Nullable Signature authorization) implements FromPool {}

  /**
   * Somebody looks on: send what the app wrote from this offset, and all that follows. Holds until
   * unwatch or the end of the session; saying it again starts anew from the offset.
   */
  record Watch(AttemptRef ref, int from) implements FromPool {
    public Watch {
      if (from < 0 || from > OutputLog.MAX_BYTES) {
        throw new IllegalArgumentException("expected an offset of the log, found " + from);
      }
    }
  }

  record Unwatch(AttemptRef ref) implements FromPool {}

  /**
   * The requester stops the task. The worker checks by the deal on chain that it was the requester,
   * and answers with failed; one that has a digest already says what it holds and goes on.
   */
  record Cancel(AttemptRef ref, Cancellation cancellation) implements FromPool {}
}
