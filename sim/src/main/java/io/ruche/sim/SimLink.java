package io.ruche.sim;

import java.time.Duration;
import java.time.Instant;

/** One worker's connection: in order each way, late, and gone with the session. */
final class SimLink {
  private static final long SLOWEST_MILLIS = 150;
  private static final int TIMES_SLOWER = 20;

  private final World world;
  private final long slowestMillis;
  private long session;
  private boolean isUp;
  private Instant lastToPool = Instant.MIN;
  private Instant lastToWorker = Instant.MIN;

  SimLink(World world, boolean isSlow) {
    this.world = world;
    this.slowestMillis = isSlow ? TIMES_SLOWER * SLOWEST_MILLIS : SLOWEST_MILLIS;
  }

  boolean isUp() {
    return isUp;
  }

  void open() {
    isUp = true;
    session++;
  }

  void close() {
    isUp = false;
    session++;
  }

  void toPool(Runnable delivery) {
    lastToPool = send(lastToPool, delivery);
  }

  void toWorker(Runnable delivery) {
    lastToWorker = send(lastToWorker, delivery);
  }

  private Instant send(Instant last, Runnable delivery) {
    if (!isUp) {
      return last;
    }
    long ofSession = session;
    var arrival = world.now().plus(world.between(5, slowestMillis));
    arrival = arrival.isBefore(last) ? last : arrival;
    world.in(Duration.between(world.now(), arrival), () -> {
      if (session == ofSession) {
        delivery.run();
      }
    });
    return arrival;
  }
}
