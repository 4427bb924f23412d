package io.ruche.sim;

import java.time.Duration;

/**
 * What goes wrong until the world heals.
 *
 * @param healAfter from then on nothing new goes wrong and everybody is up
 * @param workerCrash mean time between crashes of one worker
 * @param disconnect mean time between lost sessions of one worker
 * @param poolCrash mean time between crashes of the pool
 * @param reorg mean time between reorganisations of the chain
 * @param txLoss chance that a transaction is never mined
 * @param fetchTrouble chance that a fetch fails on one machine only
 * @param cancel mean time between cancels of some task by its requester
 * @param deepReorg time until the one reorganisation that takes everything back, after which the
 *     last deal is not matched again
 */
public record Faults(
    Duration healAfter,
    Duration workerCrash,
    Duration disconnect,
    Duration poolCrash,
    Duration reorg,
    double txLoss,
    double fetchTrouble,
    Duration cancel,
    Duration deepReorg) {

  private static final Duration NEVER = Duration.ofDays(1_000);

  public static final Faults NONE =
      new Faults(NEVER, NEVER, NEVER, NEVER, NEVER, 0, 0, NEVER, NEVER);

  public static final Faults ROUGH = new Faults(
      Duration.ofSeconds(200),
      Duration.ofSeconds(60),
      Duration.ofSeconds(30),
      Duration.ofSeconds(20),
      Duration.ofSeconds(15),
      0.1,
      0.1,
      Duration.ofSeconds(25),
      NEVER);

  /** As rough, and a deal is lost for good. */
  public static final Faults FORGETS = ROUGH.withDeepReorg(Duration.ofSeconds(60));

  /** Nothing breaks, and the requester stops much of what it bought. */
  public static final Faults CANCELS = new Faults(
      Duration.ofSeconds(200), NEVER, NEVER, NEVER, NEVER, 0, 0, Duration.ofSeconds(4), NEVER);

  private Faults withDeepReorg(Duration newDeepReorg) {
    return new Faults(
        healAfter,
        workerCrash,
        disconnect,
        poolCrash,
        reorg,
        txLoss,
        fetchTrouble,
        cancel,
        newDeepReorg);
  }
}
