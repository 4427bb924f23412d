package io.ruche.scheduler;

/**
 * How many runs a machine gets at once: one more with each certified run, half with each that it
 * lost, failed by its own fault or was outvoted in. So a machine that breaks everything it touches
 * soon touches little.
 */
record SlotQuota(int slots) {
  /** What a machine begins with that nobody knows yet. */
  static final SlotQuota FRESH = new SlotQuota(4);

  /** In a pool of up to so many machines none is held back: there are no others to prefer. */
  static final int SMALL_POOL = 8;

  private static final int GROWTH = 1;
  private static final int SHRINKAGE = 2;

  SlotQuota {
    if (slots < 1) {
      throw new IllegalArgumentException("expected a quota of 1 or more, found " + slots);
    }
  }

  /** Never above what the machine offers, for more would say nothing. */
  SlotQuota grown(int offeredSlots) {
    return new SlotQuota(Math.max(slots, Math.min(slots + GROWTH, offeredSlots)));
  }

  SlotQuota shrunk() {
    return new SlotQuota(Math.max(1, slots / SHRINKAGE));
  }
}
