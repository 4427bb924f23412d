package io.ruche.sim;

import io.ruche.scheduler.CertificationPolicy;
import java.util.List;

/**
 * One world to simulate.
 *
 * @param owners owners of workers; owner 1 runs two workers, every other one
 * @param accounts further owners, each with an account that three machines work for
 * @param liars how many of the workers alter their digest, all in the same way
 * @param mutes how many contribute and never reveal
 * @param deals what is bought at the start
 * @param crowd hosts beside all those
 */
public record Setup(
    long seed,
    int owners,
    int accounts,
    int liars,
    int mutes,
    List<Purchase> deals,
    CertificationPolicy certification,
    Faults faults,
    boolean isKeepingTrace,
    Crowd crowd) {

  public Setup {
    deals = List.copyOf(deals);
  }

  /** A world without a crowd. */
  public Setup(
      long seed,
      int owners,
      int accounts,
      int liars,
      int mutes,
      List<Purchase> deals,
      CertificationPolicy certification,
      Faults faults,
      boolean isKeepingTrace) {
    this(
        seed,
        owners,
        accounts,
        liars,
        mutes,
        deals,
        certification,
        faults,
        isKeepingTrace,
        Crowd.NONE);
  }

  /** A world of a crowd alone. */
  public static Setup ofCrowd(
      long seed,
      Crowd crowd,
      List<Purchase> deals,
      CertificationPolicy certification,
      Faults faults) {
    return new Setup(seed, 0, 0, 0, 0, deals, certification, faults, false, crowd);
  }

  /** A world of wallets. */
  public static Setup ofWallets(
      long seed,
      int owners,
      int liars,
      int mutes,
      List<Purchase> deals,
      CertificationPolicy certification,
      Faults faults) {
    return new Setup(seed, owners, 0, liars, mutes, deals, certification, faults, false);
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
