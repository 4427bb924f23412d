package io.ruche.core;

import java.math.BigInteger;
import java.util.Map;

/**
 * The hub's consensus arithmetic (poco interface, section 6). A worker's weight comes from its
 * score; weights of workers that agree multiply; a group wins when {@code group * trust > total *
 * (trust - 1)}, where total is 1 plus the weight of every group.
 */
public final class Consensus {
  /** More copies than this are never asked for one task. */
  public static final int MAX_COPIES = 64;

  /** Weight of a worker without a record. */
  public static final long FRESH_WEIGHT = 2;

  private Consensus() {}

  /** Weight of a worker with this score: max(score / 3, 3) - 1, so 2 for a new one. */
  public static long weightOf(long score) {
    return Math.max(score / 3, 3) - 1;
  }

  /** Weight of a group after one more member joined. */
  public static BigInteger join(BigInteger group, long weight) {
    return group.max(BigInteger.ONE).multiply(BigInteger.valueOf(weight));
  }

  public static boolean isReached(BigInteger group, BigInteger total, long trust) {
    long effective = Math.max(1, trust);
    return group
            .multiply(BigInteger.valueOf(effective))
            .compareTo(total.multiply(BigInteger.valueOf(effective - 1)))
        > 0;
  }

  /** 1 plus the weight of every group: what a group is measured against. */
  public static <K> BigInteger total(Map<K, BigInteger> groups) {
    return groups.values().stream().reduce(BigInteger.ONE, BigInteger::add);
  }

  /**
   * How many more agreeing copies, each by a worker of {@code weight}, would bring the group of
   * weight {@code group} (0 when empty) to consensus, given the weight of all other groups.
   */
  public static int copiesMissing(BigInteger group, BigInteger others, long trust, long weight) {
    var grown = group;
    for (int copies = 0; copies < MAX_COPIES; copies++) {
      if (grown.signum() > 0 && isReached(grown, others.add(grown).add(BigInteger.ONE), trust)) {
        return copies;
      }
      grown = join(grown, weight);
    }
    return MAX_COPIES;
  }

  /**
   * Weight of a group that nobody opposes after one more member joined, at most {@code trust} and
   * at least 1: what weighs so much has consensus, and more of it changes nothing.
   *
   * @param group 0 when empty
   */
  public static long joinUnopposed(long group, long weight, long trust) {
    long enough = Math.max(1, trust);
    long former = Math.max(1, group);
    return former > enough / weight ? enough : former * weight;
  }

  /**
   * How many more copies by new workers would bring a group that nobody opposes to consensus: it
   * must weigh more than {@code trust - 1}, as the total is 1 more than its own weight.
   *
   * @param group from {@link #joinUnopposed}; 0 when empty
   */
  public static int copiesMissingUnopposed(long group, long trust) {
    long grown = group;
    int copies = 0;
    while (grown < Math.max(1, trust)) {
      grown = joinUnopposed(grown, FRESH_WEIGHT, trust);
      copies++;
    }
    return copies;
  }

  /**
   * Copies by new workers that settle a task when all agree: 1 for trust 1 or 2, 2 for 3, 3 for 5.
   */
  public static int copiesWhenAllAgree(long trust) {
    return copiesMissingUnopposed(0, trust);
  }

  /**
   * Chance that liars who all agree settle a task among new workers: with d = copies when all
   * agree, f^d / (f^d + (1-f)^d).
   *
   * @param liars fraction of all workers that lie, from 0 to 1
   */
  public static double errorWithLiars(long trust, double liars) {
    int lead = copiesWhenAllAgree(trust);
    double wrong = Math.pow(liars, lead);
    return wrong / (wrong + Math.pow(1 - liars, lead));
  }
}
