package io.ruche.chain.tx;

import io.ruche.chain.Call;
import io.ruche.chain.ChainErrors;
import io.ruche.chain.tx.TxBook.Item;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends the transactions of one wallet. Nonces are given out in one place and never waited for:
 * many actions are under way at once. Each signed transaction is saved in the outbox before it
 * leaves. An action key is sent at most once, however often it is asked for, also after a restart;
 * a retry that is meant needs a new key.
 *
 * <p>Only one sender per wallet may run at a time. Nonces that another program uses up are noticed
 * and cost a few blocks' delay. Any thread may call.
 */
public final class TransactionSender implements AutoCloseable {
  /** Actions signed, saved and broadcast together. */
  private static final int MAX_BATCH = 64;

  /**
   * From one batch to the next: actions that come faster share a sync and a request, one that comes
   * alone is not held up.
   */
  private static final Duration BATCH_PACE = Duration.ofMillis(25);

  private static final Duration FULL_PAUSE = Duration.ofMillis(20);
  private static final Duration NONCE_TRUST = Duration.ofSeconds(1);

  private record Submission(TxHandle handle, Call call, CompletableFuture<Boolean> sent) {}

  private final SenderParts parts;
  private final TxBook book = new TxBook();
  private final ConcurrentHashMap<String, TxHandle> handles = new ConcurrentHashMap<>();
  private final FeeOracle fees;
  private final TxBroadcaster broadcaster;
  private final NonceCounter nonces = new NonceCounter();
  private final TxTracker tracker;
  private final BlockingQueue<Submission> queue;
  private volatile boolean isClosed;
  private long nonceReadAt;
  private long dispatchedAt;

  private TransactionSender(SenderParts parts) {
    this.parts = parts;
    this.fees = new FeeOracle(parts.rpc(), parts.settings().maxFeeCapWei());
    this.queue = new ArrayBlockingQueue<>(parts.settings().maxPending());
    this.broadcaster = new TxBroadcaster(parts);
    this.tracker = new TxTracker(parts, book, handles, fees, broadcaster, nonces);
  }

  /**
   * Checks the chain id, refuses the development keys elsewhere, takes up what the outbox holds,
   * and starts.
   */
  public static TransactionSender start(SenderParts parts) {
    parts.wallet().requireAllowedOn(parts.chainId());
    parts.rpc().requireChainId(parts.chainId());
    var sender = new TransactionSender(parts);
    sender.recover();
    Thread.ofVirtual().name("tx-dispatch").start(sender::dispatch);
    sender.tracker.start();
    return sender;
  }

  public Address address() {
    return parts.wallet().address();
  }

  /** Actions signed but in no block yet. */
  public int pendingCount() {
    return book.pendingCount();
  }

  /**
   * Signs, saves and broadcasts an action, then returns; or returns the handle that this key
   * already has. Throws {@code TX_REVERTED} when an estimate was asked for and the contract
   * refuses; nothing was sent then and the key stays free.
   */
  public TxHandle send(String actionKey, Call call) {
    var fresh = new TxHandle(actionKey);
    var known = handles.putIfAbsent(actionKey, fresh);
    if (known != null) {
      return known;
    }
    try {
      var before = parts.outbox().find(parts.chainId(), address(), actionKey);
      if (before.isPresent()) {
        fresh.complete(tracker.outcomeOf(before.get()));
        handles.remove(actionKey, fresh);
        return fresh;
      }
      await(submit(fresh, withGas(call)));
      return fresh;
    } catch (RucheException e) {
      handles.remove(actionKey, fresh);
      fresh.fail(e);
      throw e;
    }
  }

  /** Sends and waits for the outcome; throws on a revert and when it takes longer than this. */
  public TxOutcome sendAndWait(String actionKey, Call call, Duration timeout) {
    return send(actionKey, call).awaitSuccess(timeout);
  }

  private void recover() {
    for (var entry : parts.outbox().loadOpen(parts.chainId(), address())) {
      var handle = new TxHandle(entry.actionKey());
      handles.put(entry.actionKey(), handle);
      book.put(new Item(entry, handle));
    }
    refreshNonce();
  }

  private void refreshNonce() {
    long onChain = parts.rpc().transactionCount(address(), "pending");
    nonces.moveTo(Math.max(onChain, book.nextNonce()));
    nonceReadAt = System.nanoTime();
  }

  private Call withGas(Call call) {
    if (call.gasLimit() != Call.ESTIMATE && !parts.settings().alwaysEstimates()) {
      return call;
    }
    long estimate = parts.rpc().estimateGas(address(), call);
    return call.withGasLimit(estimate + estimate * parts.settings().gasMarginPercent() / 100);
  }

  private Submission submit(TxHandle handle, Call call) {
    var submission = new Submission(handle, call, new CompletableFuture<>());
    try {
      do {
        requireOpen();
      } while (!queue.offer(submission, 1, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw interrupted(handle.actionKey());
    }
    return submission;
  }

  private static void await(Submission submission) {
    try {
      submission.sent().get();
    } catch (InterruptedException e) {
      throw interrupted(submission.handle().actionKey());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RucheException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static RucheException interrupted(String actionKey) {
    Thread.currentThread().interrupt();
    return ChainErrors.pending(actionKey, " (the wait was interrupted)");
  }

  private void requireOpen() {
    if (isClosed) {
      throw new IllegalStateException("the sender of " + address() + " is closed");
    }
  }

  private void dispatch() {
    dispatchedAt = System.nanoTime() - BATCH_PACE.toNanos();
    var batch = new ArrayList<Submission>(MAX_BATCH);
    while (!isClosed) {
      batch.clear();
      var first = poll();
      if (first != null) {
        batch.add(first);
        keepPace();
        queue.drainTo(batch, MAX_BATCH - 1);
        dispatch(batch);
      }
    }
    queue.forEach(left ->
        left.sent().completeExceptionally(new IllegalStateException("the sender was closed")));
  }

  private @Nullable Submission poll() {
    try {
      boolean isFull = book.pendingCount() >= parts.settings().maxPending();
      if (isFull) {
        Thread.sleep(FULL_PAUSE);
        return null;
      }
      return queue.poll(200, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      isClosed = true;
      return null;
    }
  }

  private void keepPace() {
    LockSupport.parkNanos(dispatchedAt + BATCH_PACE.toNanos() - System.nanoTime());
    dispatchedAt = System.nanoTime();
  }

  /** Saves the batch, then sends it; a failure before the save costs no nonce. */
  private void dispatch(List<Submission> batch) {
    List<Item> items;
    try {
      items = saved(batch);
    } catch (RuntimeException e) {
      batch.forEach(submission -> submission.sent().completeExceptionally(e));
      return;
    }
    broadcaster.broadcast(items);
    batch.forEach(submission -> submission.sent().complete(true));
    tracker.wake();
  }

  private List<Item> saved(List<Submission> batch) {
    var offer = fees.current();
    synchronized (nonces) {
      if (book.pendingCount() == 0 && System.nanoTime() - nonceReadAt > NONCE_TRUST.toNanos()) {
        refreshNonce();
      }
      var items = new ArrayList<Item>(batch.size());
      for (var submission : batch) {
        long nonce = nonces.next() + items.size();
        var entry = parts.sign(submission.handle().actionKey(), nonce, submission.call(), offer);
        items.add(new Item(entry, submission.handle()));
      }
      parts.outbox().save(items.stream().map(Item::entry).toList());
      nonces.moveTo(nonces.next() + items.size());
      items.forEach(book::put);
      return items;
    }
  }

  @Override
  public void close() {
    isClosed = true;
    tracker.close();
  }
}
