package io.ruche.scheduler;

import io.ruche.core.Consensus;
import io.ruche.core.Digest;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** How many more runs a task needs, by the hub's own arithmetic. */
final class Copies {
  private Copies() {}

  /**
   * Copies by new workers still to be given out, if everybody who is running agrees with the
   * largest group so far.
   *
   * @param groups weight behind each result hash
   * @param runningWeights weights of the workers whose vote is not known yet
   */
  static int missing(Map<Digest, BigInteger> groups, List<Long> runningWeights, long trust) {
    var largest = BigInteger.ZERO;
    for (var weight : groups.values()) {
      largest = largest.max(weight);
    }
    var group = largest;
    for (long weight : runningWeights) {
      group = Consensus.join(group, weight);
    }
    var others = sum(groups).subtract(largest);
    return Consensus.copiesMissing(group, others, trust, Consensus.FRESH_WEIGHT);
  }

  /** Copies by new workers that {@code hash} would still need to win against the other groups. */
  static int missingFor(Digest hash, Map<Digest, BigInteger> groups, long trust) {
    var group = groups.getOrDefault(hash, BigInteger.ZERO);
    var others = sum(groups).subtract(group);
    return Consensus.copiesMissing(group, others, trust, Consensus.FRESH_WEIGHT);
  }

  private static BigInteger sum(Map<Digest, BigInteger> groups) {
    var sum = BigInteger.ZERO;
    for (var weight : groups.values()) {
      sum = sum.add(weight);
    }
    return sum;
  }
}
