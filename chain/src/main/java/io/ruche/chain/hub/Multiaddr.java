package io.ruche.chain.hub;

import io.ruche.core.Hex;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The location of an app or dataset, which the hub keeps as bytes: plain text (an URL), or a binary
 * multiaddr whose one part is an IPFS content id.
 */
final class Multiaddr {
  /** Protocol code 421 of "/ipfs", as an unsigned varint. */
  private static final byte[] IPFS = {(byte) 0xa5, 0x03};

  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int MAX_CID_BYTES = 127;

  private Multiaddr() {}

  static byte[] bytesOf(String location) {
    return location.getBytes(StandardCharsets.UTF_8);
  }

  /** Text as it is, {@code /ipfs/<cid>} for a binary one, 0x-hex for what cannot be read. */
  static String locationOf(byte[] bytes) {
    if (bytes.length > 3 && bytes[0] == IPFS[0] && bytes[1] == IPFS[1]) {
      int length = bytes[2];
      if (length > 0 && length <= MAX_CID_BYTES && bytes.length == 3 + length) {
        return "/ipfs/" + cid(Arrays.copyOfRange(bytes, 3, bytes.length));
      }
    }
    var text = new String(bytes, StandardCharsets.UTF_8);
    boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
        && text.chars().noneMatch(Character::isISOControl);
    return isText ? text : Hex.encode(bytes);
  }

  /** Version 0 is a bare sha2-256 multihash in base 58; version 1 is written in base 32. */
  private static String cid(byte[] bytes) {
    boolean isVersion0 = bytes.length == 34 && bytes[0] == 0x12 && bytes[1] == 0x20;
    return isVersion0 ? base58(bytes) : "b" + base32(bytes);
  }

  private static String base58(byte[] bytes) {
    var text = new StringBuilder();
    var rest = new BigInteger(1, bytes);
    var base = BigInteger.valueOf(BASE58.length());
    while (rest.signum() > 0) {
      var parts = rest.divideAndRemainder(base);
      text.append(BASE58.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      text.append(BASE58.charAt(0));
    }
    return text.reverse().toString();
  }

  private static String base32(byte[] bytes) {
    var text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (byte value : bytes) {
      buffer = (buffer << 8 | (value & 0xff)) & 0xfff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32.charAt(buffer >>> bits & 31));
      }
    }
    if (bits > 0) {
      text.append(BASE32.charAt(buffer << (5 - bits) & 31));
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }
}
