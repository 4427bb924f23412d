package io.ruche.server.chain;

import io.ruche.chain.hub.HubEvent;
import io.ruche.chain.log.ChainStep;
import io.ruche.chain.rpc.BlockRef;
import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.OrderHash;
import io.ruche.core.RequestOrder;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.scheduler.ChainEvent;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.market.OrderDesk;
import io.ruche.server.pool.Pool;
import io.ruche.store.SqlChainCursor;
import io.ruche.store.SqlChainCursor.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the hub's events to the pool and the order board, on one thread. The cursor moves only
 * when the pool has synced what it made of a block, so a crash repeats events and loses none.
 */
public final class ChainIntake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("ruche.chain");

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CURSOR_EVERY = Duration.ofMillis(500);
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

  /** Blocks whose changes are remembered; a deeper reorg has everything read again. */
  private static final int MAX_REMEMBERED = 512;

  /** Tasks read again in one go after a reorg. */
  private static final int READ_AT_ONCE = 50;

  private final Parts parts;
  private final NavigableMap<Long, Touched> touched = new TreeMap<>();
  private final List<Position> unsaved = new ArrayList<>();
  private final Thread thread;
  private Instant savedAt = Instant.EPOCH;
  private volatile @Nullable Head head;
  private volatile long toldTo = -1;
  private volatile boolean isClosed;

  /**
   * What the intake works with; a server without a pool has none.
   *
   * @param matched told that orders were matched, once the book knows it; must not block
   * @param requests told of requests that were announced on chain and are in the book now
   */
  public record Parts(
      Steps steps,
      SqlChainCursor cursor,
      Address workerpool,
      @Nullable Pool pool,
      OrderDesk orders,
      Runnable matched,
      Consumer<OrderHash> requests) {}

  /** The hub's history, each step once and in order; empty when nothing came in time. */
  @FunctionalInterface
  public interface Steps {
    List<ChainStep> next(Duration timeout) throws InterruptedException;
  }

  /** The newest block that was handed on. */
  public record Head(BlockRef block, Instant timestamp) {}

  /** What a block changed. */
  private record Touched(Set<TaskId> tasks, Set<DealId> deals, Set<OrderHash> orders) {
    static Touched nothing() {
      return new Touched(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    boolean isNothing() {
      return tasks.isEmpty() && deals.isEmpty() && orders.isEmpty();
    }

    void addAll(Touched other) {
      tasks.addAll(other.tasks());
      deals.addAll(other.deals());
      orders.addAll(other.orders());
    }
  }

  public ChainIntake(Parts parts) {
    this.parts = parts;
    this.thread = Thread.ofVirtual().name("chain-intake").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  public @Nullable Head head() {
    return head;
  }

  /** The block up to which the pool was told of all its deals; -1 before it is known. */
  public long toldTo() {
    return toldTo;
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
  }

  private void run() {
    while (!isClosed) {
      try {
        for (var step : parts.steps().next(POLL)) {
          apply(step);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RucheException e) {
        LOG.error("chain cannot be followed code={} {}", e.code(), e.sentence());
        pause();
      } catch (RuntimeException e) {
        LOG.error("chain cannot be followed", e);
        pause();
      }
    }
  }

  void apply(ChainStep step) throws InterruptedException {
    switch (step) {
      case ChainStep.BlockBatch batch -> {
        apply(batch);
        head = new Head(batch.block(), batch.timestamp());
        toldTo = batch.block().number();
        unsaved.add(new Position(batch.block().number(), batch.block().hash()));
        saveCursor();
      }
      case ChainStep.RolledBack(var toBlock) -> {
        toldTo = Math.min(toldTo, toBlock);
        untilDone("rollback to " + toBlock, () -> rollBack(toBlock));
        unsaved.clear();
        parts.cursor().rollBack(toBlock);
      }
    }
  }

  private void apply(ChainStep.BlockBatch batch) throws InterruptedException {
    var changes = Touched.nothing();
    for (var event : batch.events()) {
      untilDone(event, () -> apply(event, batch.timestamp(), changes));
    }
    if (!changes.isNothing()) {
      touched.put(batch.block().number(), changes);
      if (touched.size() > MAX_REMEMBERED) {
        touched.pollFirstEntry();
      }
    }
  }

  /**
   * Steps come once from the follower: one that fails for a while is repeated here, as applying
   * twice is harmless. One that can never succeed must not keep the rest of the chain from being
   * seen.
   */
  private void untilDone(Object what, Runnable step) throws InterruptedException {
    while (!isClosed) {
      try {
        step.run();
        return;
      } catch (RucheException e) {
        if (!e.isRetryable()) {
          LOG.error("chain event skipped event={} code={} {}", what, e.code(), e.sentence());
          return;
        }
        LOG.warn("chain event waits event={} code={} {}", what, e.code(), e.getMessage());
        Thread.sleep(RETRY_PAUSE);
      } catch (RuntimeException e) {
        LOG.error("chain event skipped event={}", what, e);
        return;
      }
    }
  }

  private void apply(HubEvent event, Instant at, Touched changes) {
    switch (event) {
      case HubEvent.OrdersMatched matched -> {
        var orders =
            List.of(matched.app(), matched.dataset(), matched.workerpool(), matched.request());
        changes.orders().addAll(orders);
        parts.orders().refresh(orders);
        parts.matched().run();
      }
      case HubEvent.RequestBroadcast(var _, var order) -> requestAnnounced(order);
      case HubEvent.SchedulerNotice(var _, var workerpool, var deal) -> {
        if (workerpool.equals(parts.workerpool())) {
          changes.deals().add(deal);
          dealMatched(deal);
        }
      }
      default -> taskEvent(event, at, changes);
    }
  }

  /** A request that nobody would be let publish here is not taken from the chain either. */
  private void requestAnnounced(RequestOrder order) {
    try {
      parts.requests().accept(parts.orders().publish(order).hash());
    } catch (HttpProblem e) {
      LOG.info(
          "request not taken requester={} code={} {}", order.requester(), e.code(), e.getMessage());
    }
  }

  private void dealMatched(DealId deal) {
    var pool = parts.pool();
    if (pool != null) {
      pool.dealNoticed(deal);
    }
  }

  private void taskEvent(HubEvent event, Instant at, Touched changes) {
    var told = translate(event, at);
    var pool = parts.pool();
    if (told != null && pool != null) {
      changes.tasks().add(taskOf(told));
      pool.put(told);
    }
  }

  private @Nullable ChainEvent translate(HubEvent event, Instant at) {
    return switch (event) {
      case HubEvent.TaskInitialize(var _, var task, var workerpool) ->
        workerpool.equals(parts.workerpool()) ? new ChainEvent.TaskInitialized(task) : null;
      case HubEvent.TaskContribute(var _, var task, var worker, var hash) ->
        new ChainEvent.TaskContributed(task, worker, hash);
      case HubEvent.TaskConsensus(var _, var task, var hash) ->
        new ChainEvent.ConsensusReached(task, hash, at);
      case HubEvent.TaskReveal(var _, var task, var worker, var digest) ->
        new ChainEvent.TaskRevealed(task, worker, digest);
      case HubEvent.TaskReopen(var _, var task) -> new ChainEvent.TaskReopened(task);
      case HubEvent.TaskFinalize(var _, var task, var _) -> new ChainEvent.TaskFinalized(task);
      case HubEvent.TaskClaimed(var _, var task) -> new ChainEvent.TaskClaimed(task);
      case HubEvent.AccurateContribution(var _, var worker, var task) ->
        new ChainEvent.ContributionJudged(task, worker, true);
      case HubEvent.FaultyContribution(var _, var worker, var task) ->
        new ChainEvent.ContributionJudged(task, worker, false);
      default -> null;
    };
  }

  private static TaskId taskOf(ChainEvent event) {
    return switch (event) {
      case ChainEvent.TaskInitialized(var task) -> task;
      case ChainEvent.TaskContributed(var task, var _, var _) -> task;
      case ChainEvent.ConsensusReached(var task, var _, var _) -> task;
      case ChainEvent.TaskRevealed(var task, var _, var _) -> task;
      case ChainEvent.TaskReopened(var task) -> task;
      case ChainEvent.TaskFinalized(var task) -> task;
      case ChainEvent.TaskClaimed(var task) -> task;
      case ChainEvent.ContributionJudged(var task, var _, var _) -> task;
      case ChainEvent.TaskObserved(var task, var _) -> task.id();
      case ChainEvent.DealMatched _, ChainEvent.DealRolledBack _ ->
        throw new IllegalArgumentException("an event of a deal, not of a task: " + event);
    };
  }

  /** Has all that the lost blocks touched read again. */
  private void rollBack(long toBlock) {
    boolean isDeep = touched.isEmpty() || touched.firstKey() > toBlock;
    var lost = Touched.nothing();
    touched.tailMap(toBlock, false).values().forEach(lost::addAll);
    var pool = parts.pool();
    if (isDeep && pool != null) {
      lost.tasks().addAll(pool.board().rememberedTasks());
      pool.board().deals().forEach(view -> lost.deals().add(view.deal().id()));
    }
    LOG.warn(
        "chain took another branch toBlock={} deals={} tasks={} orders={}",
        toBlock,
        lost.deals().size(),
        lost.tasks().size(),
        lost.orders().size());
    reopen(lost, isDeep);
    if (pool != null) {
      readAgain(pool, lost);
    }
    touched.tailMap(toBlock, false).clear();
  }

  /** Orders whose matches are gone can be matched again. */
  private void reopen(Touched lost, boolean isDeep) {
    if (isDeep) {
      parts.orders().refreshFilled();
    }
    parts.orders().refresh(List.copyOf(lost.orders()));
    parts.matched().run();
  }

  private static void readAgain(Pool pool, Touched lost) {
    lost.deals().forEach(pool::dealNoticed);
    var all = List.copyOf(lost.tasks());
    for (int i = 0; i < all.size(); i += READ_AT_ONCE) {
      pool.observe(all.subList(i, Math.min(all.size(), i + READ_AT_ONCE)));
    }
  }

  private void saveCursor() {
    var now = Instant.now();
    if (Duration.between(savedAt, now).compareTo(CURSOR_EVERY) < 0) {
      return;
    }
    savedAt = now;
    var positions = List.copyOf(unsaved);
    unsaved.clear();
    var pool = parts.pool();
    if (pool == null) {
      parts.cursor().advance(positions);
    } else {
      pool.afterSync(() -> parts.cursor().advance(positions));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
