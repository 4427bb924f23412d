package io.ruche.chain.tx;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.List;

/**
 * Recursive length prefix, the encoding of transactions (source: Ethereum yellow paper, appendix
 * B).
 */
final class Rlp {
  private static final int SHORT = 55;
  private static final int STRING = 0x80;
  private static final int LIST = 0xc0;

  private Rlp() {}

  static byte[] bytes(byte[] value) {
    if (value.length == 1 && (value[0] & 0xff) < STRING) {
      return value;
    }
    return prefixed(STRING, value);
  }

  /** A number without leading zeros; zero is the empty string. */
  static byte[] number(BigInteger value) {
    return bytes(unsigned(value));
  }

  static byte[] number(long value) {
    return number(BigInteger.valueOf(value));
  }

  static byte[] list(List<byte[]> encodedItems) {
    var out = new ByteArrayOutputStream();
    encodedItems.forEach(out::writeBytes);
    return prefixed(LIST, out.toByteArray());
  }

  private static byte[] prefixed(int kind, byte[] payload) {
    var out = new ByteArrayOutputStream(payload.length + 4);
    if (payload.length <= SHORT) {
      out.write(kind + payload.length);
    } else {
      byte[] length = unsigned(BigInteger.valueOf(payload.length));
      out.write(kind + SHORT + length.length);
      out.writeBytes(length);
    }
    out.writeBytes(payload);
    return out.toByteArray();
  }

  private static byte[] unsigned(BigInteger value) {
    byte[] bytes = value.toByteArray();
    int skip = bytes[0] == 0 ? 1 : 0;
    return java.util.Arrays.copyOfRange(bytes, skip, bytes.length);
  }
}
