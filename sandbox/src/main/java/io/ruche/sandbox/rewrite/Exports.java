package io.ruche.sandbox.rewrite;

/** What a rewritten module exports: all that an engine's adapter calls. */
public final class Exports {
  /** {@code (fuel: i64, maxPages: i32)}: to be called once, before {@link #RUN}. */
  public static final String BEGIN = "begin";

  /** {@code ()}: the module's start function, if it has one, then its {@code _start}. */
  public static final String RUN = "run";

  /** {@code () -> i64}: negative when more was needed than there was. */
  public static final String FUEL_LEFT = "fuel_left";

  /** {@code () -> i32}: why the module stopped itself, 0 when it did not. */
  public static final String STOP_REASON = "stop_reason";

  /** {@code () -> i32}: 1 when the last wish for memory was refused. */
  public static final String IS_GROWTH_REFUSED = "is_growth_refused";

  /** The memory. */
  public static final String MEMORY = "memory";

  /** A {@link #STOP_REASON}. */
  public static final int OUT_OF_FUEL = 1;

  /** A {@link #STOP_REASON}. */
  public static final int TOO_DEEP = 2;

  private Exports() {}

  /** Whether this export answers a value; the others answer none. */
  public static boolean hasResult(String export) {
    return switch (export) {
      case FUEL_LEFT, STOP_REASON, IS_GROWTH_REFUSED -> true;
      default -> false;
    };
  }
}
