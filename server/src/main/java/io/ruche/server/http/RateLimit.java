package io.ruche.server.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token bucket for each caller: {@code perMinute} actions a minute, all of them at once if saved
 * up. Any thread may call.
 */
public final class RateLimit {
  /** Callers remembered; the one that was quiet longest is forgotten first. */
  private static final int MAX_CALLERS = 20_000;

  private static final double NANOS_PER_MINUTE = 60e9;

  /** A network of IPv6 is one caller. */
  private static final int IPV6_NETWORK_BYTES = 8;

  private final int perMinute;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets = new Buckets();

  private static final class Bucket {
    private double tokens;
    private long filledAt;

    Bucket(double tokens, long filledAt) {
      this.tokens = tokens;
      this.filledAt = filledAt;
    }
  }

  private static final class Buckets extends LinkedHashMap<String, Bucket> {
    private static final long serialVersionUID = 1L;

    Buckets() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
      return size() > MAX_CALLERS;
    }
  }

  public RateLimit(int perMinute) {
    this(perMinute, System::nanoTime);
  }

  RateLimit(int perMinute, LongSupplier nanoTime) {
    this.perMinute = perMinute;
    this.nanoTime = nanoTime;
  }

  /** Takes one action of this caller; false when it has none left. */
  public synchronized boolean tryTake(String caller) {
    long now = nanoTime.getAsLong();
    var bucket = buckets.computeIfAbsent(caller, c -> new Bucket(perMinute, now));
    double earned = (now - bucket.filledAt) / NANOS_PER_MINUTE * perMinute;
    bucket.tokens = Math.min(perMinute, bucket.tokens + earned);
    bucket.filledAt = now;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens -= 1;
    return true;
  }

  /** The caller behind a numeric IP address. */
  public static String callerOf(String ip) {
    try {
      var address = InetAddress.ofLiteral(ip);
      byte[] bytes = address.getAddress();
      return bytes.length == 4
          ? ip
          : HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
    } catch (IllegalArgumentException e) {
      return ip;
    }
  }
}
