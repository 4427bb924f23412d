package io.ruche.transfer;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What a worker's owner lets downloads do.
 *
 * @param allowPrivateAddresses also connect to loopback and private networks: development only
 * @param allowFileUrls also read {@code file:} locations: development only
 * @param ipfsGateways origins asked for {@code /ipfs/<cid>}, in order; trusted, so they may be
 *     private
 * @param maxBytes largest file
 * @param maxRedirects hops followed before giving up
 */
public record FetchSettings(
    boolean allowPrivateAddresses,
    boolean allowFileUrls,
    List<URI> ipfsGateways,
    long maxBytes,
    int maxRedirects,
    Retries retries,
    Timeouts timeouts) {

  /**
   * How a broken download goes on.
   *
   * @param maxFruitless tries in a row that bring no byte, the first one included
   * @param firstPause after the first failed try; doubles each time up to {@code maxPause}
   */
  public record Retries(int maxFruitless, Duration firstPause, Duration maxPause) {
    public Retries {
      if (maxFruitless < 1) {
        throw new IllegalArgumentException("expected at least 1 try, found " + maxFruitless);
      }
    }
  }

  /**
   * How long to wait.
   *
   * @param connect for a connection
   * @param silence for the next byte
   * @param whole for one file, pauses included
   */
  public record Timeouts(Duration connect, Duration silence, Duration whole) {}

  public FetchSettings {
    ipfsGateways = List.copyOf(ipfsGateways);
    if (maxBytes < 0 || maxRedirects < 0) {
      throw new IllegalArgumentException(
          "expected maxBytes and maxRedirects of at least 0, found %d and %d"
              .formatted(maxBytes, maxRedirects));
    }
  }

  /** Public addresses over HTTP(S) only, up to 8 GiB a file. */
  public static FetchSettings defaults() {
    return new FetchSettings(
        false,
        false,
        List.of(),
        8L << 30,
        5,
        new Retries(5, Duration.ofMillis(500), Duration.ofSeconds(30)),
        new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofHours(2)));
  }

  /** For one's own machine: private addresses and {@code file:} locations work too. */
  public static FetchSettings development() {
    var base = defaults();
    return new FetchSettings(
        true,
        true,
        base.ipfsGateways,
        base.maxBytes,
        base.maxRedirects,
        base.retries,
        base.timeouts);
  }

  public FetchSettings withIpfsGateways(List<URI> origins) {
    return new FetchSettings(
        allowPrivateAddresses, allowFileUrls, origins, maxBytes, maxRedirects, retries, timeouts);
  }

  public FetchSettings withMaxBytes(long bytes) {
    return new FetchSettings(
        allowPrivateAddresses, allowFileUrls, ipfsGateways, bytes, maxRedirects, retries, timeouts);
  }

  public FetchSettings withTimeouts(Timeouts other) {
    return new FetchSettings(
        allowPrivateAddresses, allowFileUrls, ipfsGateways, maxBytes, maxRedirects, retries, other);
  }
}
