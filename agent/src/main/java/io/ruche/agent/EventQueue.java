package io.ruche.agent;

import io.ruche.worker.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Events on their way to the engine. Any thread may put; who puts waits while it is full. */
final class EventQueue {
  private static final int MAX_WAITING = 8_192;
  private static final int MAX_BATCH = 256;

  private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

  void put(Event event) {
    try {
      waiting.put(event);
    } catch (InterruptedException e) {
      // Who was cancelled has no more to say.
      Thread.currentThread().interrupt();
    }
  }

  /** What waits, or nothing after this time. */
  List<Event> take(long timeoutMillis) throws InterruptedException {
    var batch = new ArrayList<Event>();
    var first = waiting.poll(timeoutMillis, TimeUnit.MILLISECONDS);
    if (first != null) {
      batch.add(first);
      waiting.drainTo(batch, MAX_BATCH - 1);
    }
    return batch;
  }
}
