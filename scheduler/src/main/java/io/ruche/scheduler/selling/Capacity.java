package io.ruche.scheduler.selling;

/**
 * What a pool has to sell with.
 *
 * @param slots runs that its connected machines carry out at once
 * @param servableTrust the highest trust that their owners can certify among them
 * @param sellablePercent part of the slots' time that is sold, 1 to 100; the rest is kept for runs
 *     that fail, disagree or are lost
 */
public record Capacity(int slots, long servableTrust, int sellablePercent) {
  public Capacity {
    if (slots < 0 || sellablePercent < 1 || sellablePercent > 100) {
      throw new IllegalArgumentException(
          "expected 0 or more slots and 1 to 100 percent, found %d and %d"
              .formatted(slots, sellablePercent));
    }
  }
}
