package io.ruche.sim;

import io.ruche.core.Hex;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** Simulated time: what is planned happens in order of time, then of planning. */
final class World {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Random random;
  private final PriorityQueue<Planned> queue = new PriorityQueue<>();
  private final MessageDigest trace;
  private final boolean isKeepingLines;
  private final List<String> lines = new ArrayList<>();
  private Instant now = START;
  private long planned;
  private long happened;

  private record Planned(Instant at, long order, Runnable action) implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  World(long seed, boolean isKeepingLines) {
    this.random = new Random(seed);
    this.isKeepingLines = isKeepingLines;
    try {
      trace = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  Instant now() {
    return now;
  }

  Random random() {
    return random;
  }

  long happened() {
    return happened;
  }

  void in(Duration delay, Runnable action) {
    queue.add(new Planned(now.plus(delay), planned++, action));
  }

  /** Does the next planned thing; false when nothing is planned before {@code end}. */
  boolean step(Instant end) {
    var next = queue.peek();
    if (next == null || next.at().isAfter(end)) {
      return false;
    }
    queue.remove();
    now = next.at();
    happened++;
    next.action().run();
    return true;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  Duration between(long minMillis, long maxMillis) {
    return Duration.ofMillis(minMillis + random.nextLong(maxMillis - minMillis + 1));
  }

  /** A time until something that happens on average once in {@code mean}. */
  Duration once(Duration mean) {
    double factor = -Math.log(1 - random.nextDouble());
    return Duration.ofMillis(1 + (long) (mean.toMillis() * factor));
  }

  void trace(String who, Object what) {
    var line = "%s %s %s%n".formatted(now, who, what);
    trace.update(line.getBytes(StandardCharsets.UTF_8));
    if (isKeepingLines) {
      lines.add(line);
    }
  }

  List<String> lines() {
    return lines;
  }

  /** Digest of everything traced; call once. */
  String traceDigest() {
    return Hex.encode(trace.digest());
  }
}
