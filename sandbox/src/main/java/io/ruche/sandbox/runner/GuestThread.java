package io.ruche.sandbox.runner;

import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.wire.Message;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Predicate;

/**
 * A thread with a deep stack that executes runs, one after another. Making and ending such a thread
 * costs more than a short run does, as its stack is mapped and given back; so it stays while runs
 * are short. After a long one it ends, and with it whatever the run left of its stack.
 */
final class GuestThread {
  /** Deep enough for honest recursion; the same everywhere, so that a stack overflow is too. */
  static final long STACK_BYTES = 64L << 20;

  /** About a millisecond's worth; who runs longer does not notice what a thread costs. */
  static final long MAX_KEPT_FUEL = 1_000_000;

  private final BlockingQueue<Message.Run> orders = new ArrayBlockingQueue<>(1);
  private final Thread thread;

  /**
   * Waits for its first run.
   *
   * @param execution whether the thread is to stay for the next run; never called with the thread
   *     interrupted
   */
  GuestThread(Predicate<Message.Run> execution) {
    thread = new Thread(null, () -> serve(execution), "guest", STACK_BYTES);
    thread.start();
  }

  /** Whether a run that ended so was short. */
  static boolean isShort(RunOutcome outcome) {
    return outcome.fuelUsed().orElse(Long.MAX_VALUE) <= MAX_KEPT_FUEL;
  }

  /** To be called when the last run has ended. */
  void begin(Message.Run order) {
    orders.add(order);
  }

  void interrupt() {
    thread.interrupt();
  }

  private void serve(Predicate<Message.Run> execution) {
    try {
      while (execution.test(orders.take())) {}
    } catch (InterruptedException e) {
      throw new IllegalStateException("only a run is interrupted", e);
    }
  }
}
