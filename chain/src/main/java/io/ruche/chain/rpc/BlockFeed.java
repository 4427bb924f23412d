package io.ruche.chain.rpc;

import io.ruche.core.RucheException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest blocks of a chain, polled once for everybody in the process. It keeps the last
 * {@link #KEPT_BLOCKS} blocks of the branch that the node serves. It sleeps while nobody asks. Any
 * thread may call.
 */
public final class BlockFeed implements AutoCloseable {
  /** Blocks kept; a reader further behind gets a gap. */
  public static final int KEPT_BLOCKS = 256;

  /** A jump of more blocks than this is not filled in. */
  private static final int MAX_FILL = 64;

  private static final Duration MAX_BACKOFF = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(BlockFeed.class);

  /**
   * What is new since a reader's last block.
   *
   * @param blocks in order, each the parent of the next; the last is the head
   * @param isContinuous whether the first follows the reader's block; else blocks are missing
   *     between them, or the reader's block is no longer part of the chain
   */
  public record Update(List<Block> blocks, boolean isContinuous) {
    public Update {
      blocks = List.copyOf(blocks);
    }
  }

  private final Rpc rpc;
  private final Duration interval;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition wanted = lock.newCondition();
  private final Deque<Block> recent = new ArrayDeque<>();
  private int waiters;

  /**
   * Set by each reader, also by one that finds news and does not wait: what it found may be a block
   * that a reorg has dropped since, and nobody would ever look again.
   */
  private boolean isWanted;

  private boolean isClosed;
  private @Nullable RucheException trouble;

  private BlockFeed(Rpc rpc, Duration interval) {
    this.rpc = rpc;
    this.interval = interval;
  }

  /** Starts the poller; an interval of half a block's time is plenty. */
  public static BlockFeed start(Rpc rpc, Duration interval) {
    var feed = new BlockFeed(rpc, interval);
    Thread.ofVirtual().name("block-feed").start(feed::run);
    return feed;
  }

  /**
   * Waits until the head differs from {@code last}. An empty list when it did not in time; the
   * poller's latest failure when the chain has been unreachable all along.
   */
  public Update next(@Nullable BlockRef last, Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lock();
    try {
      waiters++;
      isWanted = true;
      wanted.signal();
      while (!isClosed && !hasNews(last)) {
        if (left <= 0) {
          return onTimeout();
        }
        left = changed.awaitNanos(left);
      }
      return isClosed ? new Update(List.of(), true) : since(last);
    } finally {
      waiters--;
      lock.unlock();
    }
  }

  private Update onTimeout() {
    if (trouble != null) {
      throw trouble;
    }
    return new Update(List.of(), true);
  }

  private boolean hasNews(@Nullable BlockRef last) {
    return !recent.isEmpty() && trouble == null && !recent.getLast().ref().equals(last);
  }

  private Update since(@Nullable BlockRef last) {
    var fresh = new ArrayList<Block>();
    var it = recent.descendingIterator();
    while (it.hasNext()) {
      var block = it.next();
      if (block.ref().equals(last)) {
        return new Update(fresh.reversed(), true);
      }
      fresh.add(block);
    }
    boolean isChild = last != null && recent.getFirst().parent().equals(last.hash());
    return new Update(fresh.reversed(), isChild);
  }

  private void run() {
    long pause = interval.toNanos();
    while (awaitDemand()) {
      try {
        advance(rpc.latestBlock());
        pause = interval.toNanos();
      } catch (RucheException e) {
        pause = Math.min(pause * 2, MAX_BACKOFF.toNanos());
        note(e);
      }
      LockSupport.parkNanos(pause);
    }
  }

  /** False once closed. */
  private boolean awaitDemand() {
    lock.lock();
    try {
      while (waiters == 0 && !isWanted && !isClosed) {
        wanted.await();
      }
      isWanted = false;
      return !isClosed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void note(RucheException e) {
    lock.lock();
    try {
      if (trouble == null && !isClosed) {
        LOG.warn("chain poll failed code={} cause={}", e.code(), e.getMessage());
      }
      trouble = e;
    } finally {
      lock.unlock();
    }
  }

  private void advance(Block head) {
    var known = head();
    if (known != null && known.ref().equals(head.ref())) {
      publish(List.of());
    } else if (known != null && head.parent().equals(known.ref().hash())) {
      publish(List.of(head));
    } else {
      publish(known == null ? List.of(head) : fill(known, head));
    }
  }

  /** The blocks between, when they are few and do link up; else only the head, after a gap. */
  private List<Block> fill(Block known, Block head) {
    long gap = head.number() - known.number();
    if (gap < 2 || gap > MAX_FILL) {
      return List.of(head);
    }
    var blocks = new ArrayList<>(rpc.blocks(known.number() + 1, head.number() - 1));
    blocks.add(head);
    var parent = known.ref().hash();
    for (var block : blocks) {
      if (!block.parent().equals(parent)) {
        return List.of(head);
      }
      parent = block.ref().hash();
    }
    return blocks;
  }

  private void publish(List<Block> blocks) {
    lock.lock();
    try {
      trouble = null;
      for (var block : blocks) {
        cutBack(block);
        recent.addLast(block);
      }
      while (recent.size() > KEPT_BLOCKS) {
        recent.removeFirst();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Drops the blocks that are not ancestors of this one. */
  private void cutBack(Block next) {
    while (!recent.isEmpty() && !recent.getLast().ref().hash().equals(next.parent())) {
      recent.removeLast();
    }
  }

  private @Nullable Block head() {
    lock.lock();
    try {
      return recent.peekLast();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
      wanted.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
