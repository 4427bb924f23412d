package io.ruche.sim;

import io.ruche.scheduler.Certification;
import java.util.List;

/**
 * One world to simulate.
 *
 * @param owners owners of workers; owner 1 runs two workers, every other one
 * @param liars how many of the workers alter their digest, all in the same way
 * @param mutes how many contribute and never reveal
 * @param deals what is bought at the start
 */
public record Setup(
    long seed,
    int owners,
    int liars,
    int mutes,
    List<Purchase> deals,
    Certification certification,
    Faults faults,
    boolean isKeepingTrace) {

  public Setup {
    deals = List.copyOf(deals);
  }

  /**
   * A deal.
   *
   * @param kind what happens to each run of it
   */
  public record Purchase(long trust, long volume, Kind kind) {}

  /** How the runs of a deal end. */
  public enum Kind {
    FINE,
    TRAPS,
    TRAPS_WITH_CALLBACK,
    DEAD_URL,
    GARBAGE_PARAMS,
    UNKNOWN_APP
  }
}
