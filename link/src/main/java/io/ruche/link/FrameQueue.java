package io.ruche.link;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Encoded messages on their way out of one session, bounded. Any thread puts, one takes; what waits
 * together leaves in one frame where the other side knows how. An empty queue takes no room, as a
 * pool holds thousands of them.
 */
public final class FrameQueue {
  /** Letters take up to three bytes each, and a frame is bounded in bytes. */
  private static final int MAX_JOINED_CHARS = LinkLimits.MAX_FRAME_BYTES / 3 - 2;

  private final int maxWaiting;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<String> waiting = new ArrayDeque<>();
  private boolean isJoining;
  private boolean isWoken;

  /**
   * An empty queue.
   *
   * @param maxWaiting messages that it holds at most
   */
  public FrameQueue(int maxWaiting) {
    this.maxWaiting = maxWaiting;
  }

  /** From now on frames may hold more than one message, see {@link LinkLimits#BATCH_VERSION}. */
  public void join() {
    lock.lock();
    try {
      isJoining = true;
    } finally {
      lock.unlock();
    }
  }

  /** Puts all of them, or none when there is no room: then it answers false. */
  public boolean offer(List<String> messages) {
    lock.lock();
    try {
      if (waiting.size() + messages.size() > maxWaiting) {
        return false;
      }
      waiting.addAll(messages);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The next frame; null when nothing came in this time, or {@link #wake} was called. */
  public @Nullable String take(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = patience.toNanos();
      while (waiting.isEmpty() && !isWoken && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      isWoken = false;
      return waiting.isEmpty() ? null : frame(waiting.removeFirst());
    } finally {
      lock.unlock();
    }
  }

  private String frame(String first) {
    if (!isJoining || !isRoomFor(first.length())) {
      return first;
    }
    var frame = new StringBuilder("[").append(first);
    for (int count = 1; count < LinkLimits.MAX_JOINED && isRoomFor(frame.length()); count++) {
      frame.append(',').append(waiting.removeFirst());
    }
    return frame.append(']').toString();
  }

  /** Whether another message waits that fits behind so many letters. */
  private boolean isRoomFor(int letters) {
    return !waiting.isEmpty() && letters + waiting.getFirst().length() < MAX_JOINED_CHARS;
  }

  /** Lets who waits in {@link #take} look for something else. */
  public void wake() {
    lock.lock();
    try {
      isWoken = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  public void clear() {
    lock.lock();
    try {
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  public boolean isEmpty() {
    lock.lock();
    try {
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
