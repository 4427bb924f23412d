package io.ruche.link;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Encoded messages on their way out of one session, bounded. Any thread puts. A frame leaves at
 * once, from the thread that put it; what is put while one is under way leaves after it, together
 * where the other side knows how. No thread waits for that, as a pool holds thousands of sessions.
 */
public final class FrameSender {
  /** Letters take up to three bytes each, and a frame is bounded in bytes. */
  private static final int MAX_JOINED_CHARS = LinkLimits.MAX_FRAME_BYTES / 3 - 2;

  private final int maxWaiting;
  private final Duration patience;
  private final Channel channel;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final ArrayDeque<String> waiting = new ArrayDeque<>();
  private boolean isJoining;
  private boolean isSending;
  private boolean isClosed;
  private long sendingSince;
  private @Nullable Runnable afterLast;

  /** What frames leave through. */
  public interface Channel {
    /**
     * Begins to send a frame; not called again before that has ended.
     *
     * @param ended told once, by any thread, with what went wrong or null; also before this returns
     */
    void send(String frame, Consumer<@Nullable Throwable> ended);

    /** A frame could not be sent. Nothing is after it. */
    void failed(Throwable cause);
  }

  /**
   * One with nothing to send.
   *
   * @param maxWaiting messages that wait at most
   * @param patience how long a frame may be under way until the channel counts as stuck
   */
  public FrameSender(int maxWaiting, Duration patience, Channel channel) {
    this.maxWaiting = maxWaiting;
    this.patience = patience;
    this.channel = channel;
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

  /**
   * Sends all of the messages, now or later, or none: then it answers false, since there is no
   * room, the channel is stuck, or this is closed.
   */
  public boolean offer(List<String> messages) {
    lock.lock();
    try {
      if (isClosed || isStuck() || waiting.size() + messages.size() > maxWaiting) {
        return false;
      }
      waiting.addAll(messages);
    } finally {
      lock.unlock();
    }
    sendWaiting();
    return true;
  }

  private boolean isStuck() {
    return isSending && System.nanoTime() - sendingSince > patience.toNanos();
  }

  /** Until nothing waits, or a frame takes its time: then who ends that goes on. */
  private void sendWaiting() {
    boolean isEnded = true;
    while (isEnded) {
      var frame = begin();
      if (frame == null) {
        return;
      }
      var sending = new Sending();
      try {
        channel.send(frame, sending);
      } catch (RuntimeException e) {
        sending.accept(e);
      }
      isEnded = sending.isEndedAlready();
    }
  }

  /** One frame under way. Of its end and the return of who began it, the later goes on. */
  private final class Sending implements Consumer<@Nullable Throwable> {
    private final AtomicBoolean isFirst = new AtomicBoolean(true);

    @Override
    public void accept(@Nullable Throwable failure) {
      end(failure);
      if (!isFirst.getAndSet(false)) {
        sendWaiting();
      }
    }

    boolean isEndedAlready() {
      return !isFirst.getAndSet(false);
    }
  }

  /**
   * The next frame, which is under way from now on; null when it is not yet time, or none waits.
   */
  private @Nullable String begin() {
    lock.lock();
    try {
      if (isSending || waiting.isEmpty()) {
        return null;
      }
      isSending = true;
      sendingSince = System.nanoTime();
      return frame(waiting.removeFirst());
    } finally {
      lock.unlock();
    }
  }

  private void end(@Nullable Throwable failure) {
    Runnable last = null;
    lock.lock();
    try {
      isSending = false;
      if (failure != null) {
        isClosed = true;
        waiting.clear();
      }
      if (waiting.isEmpty()) {
        last = takeLast();
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (failure != null) {
      channel.failed(failure);
    }
    if (last != null) {
      last.run();
    }
  }

  private @Nullable Runnable takeLast() {
    var last = afterLast;
    afterLast = null;
    return last;
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

  /** Nothing waits and nothing is under way. */
  public boolean isIdle() {
    lock.lock();
    try {
      return !isSending && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; does the last thing once what waits has left. Later calls do nothing. */
  public void close(Runnable last) {
    lock.lock();
    try {
      if (isClosed) {
        return;
      }
      isClosed = true;
      if (isSending || !waiting.isEmpty()) {
        afterLast = last;
        return;
      }
    } finally {
      lock.unlock();
    }
    last.run();
  }

  /** Takes nothing more and forgets what waits. */
  public void abandon() {
    lock.lock();
    try {
      isClosed = true;
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it is idle, at most so long. */
  void awaitIdle(Duration limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = limit.toNanos();
      while ((isSending || !waiting.isEmpty()) && nanos > 0) {
        nanos = idle.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
