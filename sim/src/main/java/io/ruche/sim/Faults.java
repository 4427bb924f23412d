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
 */
public record Faults(
    Duration healAfter,
    Duration workerCrash,
    Duration disconnect,
    Duration poolCrash,
    Duration reorg,
    double txLoss,
    double fetchTrouble) {

  public static final Faults NONE =
      new Faults(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0);

  public static final Faults ROUGH = new Faults(
      Duration.ofSeconds(200),
      Duration.ofSeconds(60),
      Duration.ofSeconds(30),
      Duration.ofSeconds(20),
      Duration.ofSeconds(15),
      0.1,
      0.1);
}
