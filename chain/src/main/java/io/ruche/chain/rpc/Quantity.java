package io.ruche.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;

/** Numbers as JSON-RPC writes them: 0x and hex digits without leading zeros. */
public final class Quantity {
  private static final int MAX_DIGITS = 64;

  private Quantity() {}

  public static String of(long value) {
    return "0x" + Long.toHexString(value);
  }

  public static String of(BigInteger value) {
    return "0x" + value.toString(16);
  }

  public static BigInteger big(String text) {
    if (!text.startsWith("0x") || text.length() < 3 || text.length() > 2 + MAX_DIGITS) {
      throw new IllegalArgumentException("expected a hexadecimal number, found: " + text);
    }
    var value = new BigInteger(text.substring(2), 16);
    if (value.signum() < 0) {
      throw new IllegalArgumentException("expected a number of 0 or more, found: " + text);
    }
    return value;
  }

  public static long asLong(JsonNode value) {
    return big(value.asText()).longValueExact();
  }

  static long asLong(JsonNode object, String key) {
    return asLong(object.path(key));
  }

  static BigInteger asBig(JsonNode object, String key) {
    return big(object.path(key).asText());
  }
}
