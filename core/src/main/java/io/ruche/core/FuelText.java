package io.ruche.core;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Amounts of fuel as people say them, such as {@code 1.2 G}: k, M, G and T are powers of 1000. */
public final class FuelText {
  private static final String UNITS = " kMGT";
  private static final int DIGITS = 3;
  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,18})?) ?([kMGT]?)");

  private FuelText() {}

  /** Three digits and a unit. */
  public static String of(long fuel) {
    var amount = BigDecimal.valueOf(fuel);
    int unit = 0;
    while (unit < UNITS.length() - 1 && rounded(amount).compareTo(BigDecimal.valueOf(1000)) >= 0) {
      amount = amount.movePointLeft(DIGITS);
      unit++;
    }
    var text = rounded(amount).stripTrailingZeros().toPlainString();
    return unit == 0 ? text : text + " " + UNITS.charAt(unit);
  }

  private static BigDecimal rounded(BigDecimal amount) {
    int whole = Math.max(1, amount.precision() - amount.scale());
    return amount.setScale(Math.max(0, DIGITS - whole), RoundingMode.HALF_UP);
  }

  /**
   * Reads an amount, such as {@code 5G}, {@code 1.5 M} or {@code 800}.
   *
   * @throws IllegalArgumentException when it is none, is zero, or does not fit
   */
  public static long parse(String text) {
    var matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw invalid(text);
    }
    int unit = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2));
    try {
      long fuel = new BigDecimal(matcher.group(1)).movePointRight(unit * DIGITS).longValueExact();
      if (fuel > 0) {
        return fuel;
      }
    } catch (ArithmeticException e) {
      throw invalid(text);
    }
    throw invalid(text);
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        "expected an amount of fuel such as 5G, 1.5M or 800, found: " + text);
  }
}
