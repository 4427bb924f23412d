package io.ruche.chain.rpc;

import java.net.URI;
import java.time.Duration;

/**
 * How to talk to a node.
 *
 * @param timeout for one whole answer
 * @param maxAnswerBytes longer answers are refused while they arrive
 * @param readTries how often a read is tried in all before it fails
 * @param maxBatch requests in one HTTP call
 */
public record RpcSettings(
    URI endpoint, Duration timeout, int maxAnswerBytes, int readTries, int maxBatch) {

  public static RpcSettings of(URI endpoint) {
    return new RpcSettings(endpoint, Duration.ofSeconds(10), 64 << 20, 3, 100);
  }

  public static RpcSettings of(String endpoint) {
    return of(URI.create(endpoint));
  }

  public RpcSettings {
    var scheme = String.valueOf(endpoint.getScheme());
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "expected an http or https address of a chain node, found: " + endpoint);
    }
    if (timeout.isNegative() || timeout.isZero() || readTries < 1 || maxBatch < 1) {
      throw new IllegalArgumentException("time-out, tries and batch size must be positive");
    }
  }

  public RpcSettings withTimeout(Duration value) {
    return new RpcSettings(endpoint, value, maxAnswerBytes, readTries, maxBatch);
  }

  public RpcSettings withMaxAnswerBytes(int value) {
    return new RpcSettings(endpoint, timeout, value, readTries, maxBatch);
  }

  public RpcSettings withReadTries(int value) {
    return new RpcSettings(endpoint, timeout, maxAnswerBytes, value, maxBatch);
  }
}
