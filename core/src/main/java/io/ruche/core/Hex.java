package io.ruche.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Lower-case, 0x-prefixed hexadecimal: the one text form of bytes in Ruche. Written out instead of
 * {@link java.util.HexFormat}, which the first compiler, under which everything runs, makes slow:
 * every id goes through here.
 */
public final class Hex {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

  /** What each character is worth as a digit; negative for what is none. */
  private static final byte[] VALUES = values();

  private Hex() {}

  public static String encode(byte[] bytes) {
    byte[] text = new byte[2 + 2 * bytes.length];
    text[0] = '0';
    text[1] = 'x';
    for (int i = 0; i < bytes.length; i++) {
      text[2 * i + 2] = DIGITS[(bytes[i] >> 4) & 0xf];
      text[2 * i + 3] = DIGITS[bytes[i] & 0xf];
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /**
   * Bytes of a 0x-prefixed text.
   *
   * @throws IllegalArgumentException when the prefix is missing or a character is no hex digit
   */
  public static byte[] decode(String text) {
    if (!text.startsWith("0x") && !text.startsWith("0X")) {
      throw new IllegalArgumentException("expected 0x-prefixed hex, found: " + abbreviated(text));
    }
    byte[] digits = latin(text);
    byte[] bytes = new byte[digits.length / 2 - 1];
    int all = digits.length % 2 == 0 ? 0 : -1;
    for (int i = 0; i < bytes.length; i++) {
      int value = VALUES[digits[2 * i + 2] & 0xff] << 4 | VALUES[digits[2 * i + 3] & 0xff];
      all |= value;
      bytes[i] = (byte) value;
    }
    if (all < 0) {
      throw new IllegalArgumentException("not hexadecimal: " + abbreviated(text));
    }
    return bytes;
  }

  /** The canonical text of exactly {@code size} bytes, or an exception that names {@code what}. */
  public static String require(String text, int size, String what) {
    if (text.length() != 2 + 2 * size) {
      throw new IllegalArgumentException(
          "expected %s of %d bytes (0x and %d hex digits), found %d characters: %s"
              .formatted(named(what), size, 2 * size, text.length(), abbreviated(text)));
    }
    if (isCanonical(text)) {
      return text;
    }
    for (int i = 2; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
        throw new IllegalArgumentException(
            "expected %s in hexadecimal, found: %s".formatted(named(what), abbreviated(text)));
      }
    }
    if (text.charAt(0) != '0' || (text.charAt(1) != 'x' && text.charAt(1) != 'X')) {
      throw new IllegalArgumentException(
          "expected %s that starts with 0x, found: %s".formatted(named(what), abbreviated(text)));
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static boolean isCanonical(String text) {
    byte[] digits = latin(text);
    for (int i = 2; i < digits.length; i++) {
      if (VALUES[digits[i] & 0xff] < 0 || (digits[i] >= 'A' && digits[i] <= 'F')) {
        return false;
      }
    }
    return text.startsWith("0x");
  }

  /** One byte for each character; what Latin-1 does not have becomes a question mark. */
  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] values() {
    byte[] values = new byte[256];
    Arrays.fill(values, (byte) -1);
    for (int digit = 0; digit < 16; digit++) {
      values[Character.forDigit(digit, 16)] = (byte) digit;
      values[Character.toUpperCase(Character.forDigit(digit, 16))] = (byte) digit;
    }
    return values;
  }

  private static String named(String what) {
    return ("aeiou".indexOf(what.charAt(0)) < 0 ? "a " : "an ") + what;
  }

  private static String abbreviated(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
