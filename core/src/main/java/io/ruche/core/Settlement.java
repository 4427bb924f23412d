package io.ruche.core;

import java.nio.charset.StandardCharsets;

/**
 * What ends a task with its result.
 *
 * @param results text whose UTF-8 bytes go on chain: where the result is kept
 * @param callbackData bytes for the deal's callback contract, 0x-hex; empty for none
 */
public record Settlement(String results, String callbackData) {

  public byte[] resultsBytes() {
    return results.getBytes(StandardCharsets.UTF_8);
  }

  /** No bytes when there is no callback data. */
  public byte[] callbackBytes() {
    return callbackData.isEmpty() ? new byte[0] : Hex.decode(callbackData);
  }
}
