package io.ruche.certify.formula;

import java.util.List;

/**
 * Credibility: an estimate, from below, of the chance that a result is right. A worker earns it by
 * passing checks, a group of equal results by the credibility of its members. Source: L. Sarmenta
 * (2001/02).
 */
public final class Credibility {
  private Credibility() {}

  /**
   * Credibility of a worker where one failed check bans: {@code 1-f} without a check, then {@code 1
   * - f / ((1-f) k e)}, and never less than {@code 1-f}.
   *
   * @param liars f, fraction of workers that lie
   * @param checks k, checks passed
   */
  public static double ofWorker(double liars, long checks) {
    return earned(liars, checks, (1 - liars) * Math.E);
  }

  /** The same where nobody is banned and liars come back with a new name: {@code 1 - f/k}. */
  public static double ofWorkerWithoutBan(double liars, long checks) {
    return earned(liars, checks, 1);
  }

  private static double earned(double liars, long checks, double weight) {
    Probability.check("liars", liars);
    double start = 1 - liars;
    return checks == 0 ? start : Math.max(start, 1 - liars / (weight * checks));
  }

  /**
   * Credibility of each group of equal results, given that at most one group is right:
   *
   * <p>{@code T(a) prod of F(i), i != a / (prod of F(i) + sum over b of T(b) prod of F(i), i !=
   * b)}, where T is the product of the members' credibilities and F the product of what they lack
   * to 1.
   *
   * @param groups credibilities of the members of each group, all below 1
   * @return one number for each group, in their order
   */
  public static List<Double> ofGroups(List<List<Double>> groups) {
    double noneIsRight = 1;
    double total = noneIsRight + groups.stream().mapToDouble(Credibility::odds).sum();
    return groups.stream().map(group -> odds(group) / total).toList();
  }

  /** Right against wrong: dividing the formula by the product of all F leaves these alone. */
  private static double odds(List<Double> members) {
    double odds = 1;
    for (double credibility : members) {
      if (!(credibility >= 0 && credibility < 1)) {
        throw new IllegalArgumentException(
            "expected a credibility of at least 0 and below 1, found " + credibility);
      }
      odds *= credibility / (1 - credibility);
    }
    return odds;
  }

  /**
   * Equal results by workers without a record that reach a threshold, nobody disagreeing.
   *
   * @param threshold theta = 1 - accepted error, below 1
   * @param most the largest number to try
   * @return the number, or {@code most + 1} when none up to {@code most} will do
   */
  public static int agreeingFor(double threshold, double liars, int most) {
    checkThreshold(threshold);
    double single = odds(List.of(ofWorker(liars, 0)));
    double group = 1;
    for (int members = 1; members <= most; members++) {
      group *= single;
      if (group / (1 + group) >= threshold) {
        return members;
      }
    }
    return most + 1;
  }

  /** Checks after which one result of a worker reaches the threshold alone, where bans hold. */
  public static long checksFor(double threshold, double liars) {
    checkThreshold(threshold);
    Probability.check("liars", liars);
    if (1 - liars >= threshold) {
      return 0;
    }
    return (long) Math.ceil(liars / ((1 - liars) * Math.E * (1 - threshold)));
  }

  private static void checkThreshold(double threshold) {
    if (!(threshold >= 0 && threshold < 1)) {
      throw new IllegalArgumentException(
          "expected a threshold of at least 0 and below 1, found " + threshold);
    }
  }
}
