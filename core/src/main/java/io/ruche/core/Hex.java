package io.ruche.core;

import java.util.HexFormat;
import java.util.Locale;

/** Lower-case, 0x-prefixed hexadecimal: the one text form of bytes in Ruche. */
public final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  public static String encode(byte[] bytes) {
    return "0x" + FORMAT.formatHex(bytes);
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
    try {
      return FORMAT.parseHex(text, 2, text.length());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not hexadecimal: " + abbreviated(text), e);
    }
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
    for (int i = 2; i < text.length(); i++) {
      char digit = text.charAt(i);
      boolean isDigit = (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
      if (!isDigit) {
        return false;
      }
    }
    return text.startsWith("0x");
  }

  private static String named(String what) {
    return ("aeiou".indexOf(what.charAt(0)) < 0 ? "a " : "an ") + what;
  }

  private static String abbreviated(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
