package io.ruche.core;

/**
 * What a machine runs on, by its own word: nobody else can check it.
 *
 * @param slotWatts what it draws more for each slot that works; 0 when its owner did not say
 */
public record Power(Source source, int slotWatts) {
  /** More than this is no machine's slot. */
  public static final int MAX_SLOT_WATTS = 100_000;

  /** Of which nothing was said. */
  public static final Power UNKNOWN = new Power(Source.MAINS, 0);

  /** Where it comes from, the best for work first. */
  public enum Source {
    /** It would go unused, as of the sun at noon. */
    SURPLUS,
    MAINS,
    /** It runs out, and each charge wears. */
    BATTERY
  }

  public Power {
    if (slotWatts < 0 || slotWatts > MAX_SLOT_WATTS) {
      throw new IllegalArgumentException(
          "expected 0 to %d watts for a slot, found %d".formatted(MAX_SLOT_WATTS, slotWatts));
    }
  }
}
