package io.ruche.agent.task;

import io.ruche.link.AttemptRef;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.LinkLimits;
import io.ruche.worker.AttemptId;
import io.ruche.worker.Event;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Small result archives in messages of the link, which costs a fraction of an HTTP request. Any
 * thread may call; what the link says comes on one thread.
 */
public final class ResultMessages {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Predicate<FromWorker> send;
  private final Map<AttemptRef, CompletableFuture<FromPool>> waiting = new ConcurrentHashMap<>();
  private volatile boolean isUnderstood;

  /**
   * No session yet.
   *
   * @param send queues a message for the pool; false when there is no session
   */
  public ResultMessages(Predicate<FromWorker> send) {
    this.send = send;
  }

  /** A session began in which the pool speaks this version of the link. */
  public void connected(int version) {
    isUnderstood = version >= LinkLimits.RESULT_VERSION;
  }

  /** What is not answered never will be. */
  public void disconnected() {
    isUnderstood = false;
    waiting.values().forEach(answer -> answer.cancel(false));
  }

  public void received(FromPool message) {
    switch (message) {
      case FromPool.ResultStored(var ref) -> answered(ref, message);
      case FromPool.ResultRefused(var ref, var _, var _) -> answered(ref, message);
      default -> {}
    }
  }

  private void answered(AttemptRef ref, FromPool answer) {
    var asked = waiting.get(ref);
    if (asked != null) {
      asked.complete(answer);
    }
  }

  /** Whether the pool would take an archive of so many bytes. */
  boolean carries(long bytes) {
    return isUnderstood && bytes <= LinkLimits.MAX_RESULT_BYTES;
  }

  /** {@link Event.Uploaded} or {@link Event.UploadFailed}. */
  Event send(AttemptId id, String token, byte[] archive) throws InterruptedException {
    var ref = new AttemptRef(id.task(), id.number());
    var answer = new CompletableFuture<FromPool>();
    waiting.put(ref, answer);
    try {
      if (!isUnderstood || !send.test(FromWorker.Result.of(ref, token, archive))) {
        return new Event.UploadFailed(id, "the pool cannot be reached", true);
      }
      return switch (answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        case FromPool.ResultRefused(var _, var detail, var retryable) ->
          new Event.UploadFailed(id, detail, retryable);
        default -> new Event.Uploaded(id);
      };
    } catch (CancellationException e) {
      return new Event.UploadFailed(id, "the session with the pool ended", true);
    } catch (TimeoutException e) {
      return new Event.UploadFailed(id, "the pool did not answer within " + PATIENCE, true);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer is never a failure", e);
    } finally {
      waiting.remove(ref, answer);
    }
  }
}
