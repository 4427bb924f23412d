package io.ruche.chain.tx;

import io.ruche.chain.ChainErrors;
import io.ruche.core.RucheException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An action that was handed to the chain. Any thread may wait on it. */
public final class TxHandle {
  private final String actionKey;
  private final CompletableFuture<TxOutcome> outcome;
  private volatile String problem = "";

  TxHandle(String actionKey) {
    this.actionKey = actionKey;
    this.outcome = new CompletableFuture<>();
  }

  public String actionKey() {
    return actionKey;
  }

  /** The outcome if there is one yet. */
  public Optional<TxOutcome> outcome() {
    return outcome.isDone() && !outcome.isCompletedExceptionally()
        ? Optional.of(outcome.join())
        : Optional.empty();
  }

  /** Waits for the outcome, good or bad; {@code TX_PENDING} when it takes longer than this. */
  public TxOutcome await(Duration timeout) {
    try {
      return outcome.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw ChainErrors.pending(actionKey, problem.isEmpty() ? "" : " (" + problem + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ChainErrors.pending(actionKey, " (the wait was interrupted)");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RucheException known
          ? known
          : new IllegalStateException(e.getCause());
    }
  }

  /** As {@link #await}, and throws {@code TX_REVERTED} with the contract's reason on failure. */
  public TxOutcome awaitSuccess(Duration timeout) {
    var end = await(timeout);
    if (!end.isSuccess()) {
      throw ChainErrors.reverted("action " + actionKey, end.reason());
    }
    return end;
  }

  boolean complete(TxOutcome end) {
    return outcome.complete(end);
  }

  /** The action never left: waiters get the cause. */
  void fail(RucheException cause) {
    outcome.completeExceptionally(cause);
  }

  void problem(String text) {
    problem = text;
  }
}
