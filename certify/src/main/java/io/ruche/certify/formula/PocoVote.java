package io.ruche.certify.formula;

import io.ruche.core.Consensus;
import java.math.BigInteger;

/**
 * The hub's vote, where weights of agreeing workers multiply ({@link Consensus}). Among workers
 * without a record it is a walk: every agreeing vote doubles a group, and the group that leads by
 * enough wins. Sources: the contracts for the rule; the closed form is the gambler's ruin (W.
 * Feller, volume 1, chapter XIV), the chain with a bound is derived here. All liars agree.
 */
public final class PocoVote {
  private PocoVote() {}

  /** Lead in votes that the closed form counts with: copies that settle a task when all agree. */
  public static int lead(long trust) {
    return Consensus.copiesWhenAllAgree(trust);
  }

  /**
   * Chance that liars settle a task, without a bound on votes: {@code f^d / (f^d + (1-f)^d)}. Exact
   * where the vote is the same as a lead by d at every stand, as for trust 3, 5 and 10; elsewhere
   * {@link #bounded} is exact.
   */
  public static double error(long trust, double liars) {
    Probability.check("liars", liars);
    return Consensus.errorWithLiars(trust, liars);
  }

  /**
   * Votes on average until a lead by d: {@code d / (1-2f) * ((1-f)^d - f^d) / ((1-f)^d + f^d)},
   * which tends to {@code d^2} at f = 1/2.
   */
  public static double copies(long trust, double liars) {
    Probability.check("liars", liars);
    int lead = lead(trust);
    if (liars == 0.5) {
      return (double) lead * lead;
    }
    double right = Math.pow(1 - liars, lead);
    double wrong = Math.pow(liars, lead);
    return lead / (1 - 2 * liars) * (right - wrong) / (right + wrong);
  }

  /** The vote when at most {@code most} workers without a record contribute. */
  public static VoteEnds bounded(long trust, double liars, int most) {
    return bounded(trust, liars, Consensus.FRESH_WEIGHT, Consensus.FRESH_WEIGHT, most);
  }

  /**
   * The vote by workers of two weights, as a Markov chain over the numbers of right and wrong
   * votes.
   *
   * @param rightWeight weight of workers that tell the truth ({@link Consensus#weightOf})
   * @param wrongWeight weight of liars
   * @param most votes after which the task is given up
   */
  public static VoteEnds bounded(
      long trust, double liars, long rightWeight, long wrongWeight, int most) {
    Probability.check("liars", liars);
    Probability.checkCount("most", most, 1);
    var ends = new Ends();
    var open = new double[] {1};
    for (int votes = 1; votes <= most; votes++) {
      var next = new double[votes + 1];
      for (int wrong = 0; wrong < votes; wrong++) {
        next[wrong] += open[wrong] * (1 - liars);
        next[wrong + 1] += open[wrong] * liars;
      }
      for (int wrong = 0; wrong <= votes; wrong++) {
        var rightGroup = group(rightWeight, votes - wrong);
        var wrongGroup = group(wrongWeight, wrong);
        if (ends.take(next[wrong], votes, rightGroup, wrongGroup, trust)) {
          next[wrong] = 0;
        }
      }
      open = next;
    }
    return ends.with(open, most);
  }

  private static BigInteger group(long weight, int members) {
    return members == 0 ? BigInteger.ZERO : BigInteger.valueOf(weight).pow(members);
  }

  /** Chances summed over the ends of the chain. */
  private static final class Ends {
    private double right;
    private double wrong;
    private double votes;

    boolean take(
        double chance, int count, BigInteger rightGroup, BigInteger wrongGroup, long trust) {
      var total = BigInteger.ONE.add(rightGroup).add(wrongGroup);
      boolean isRight = rightGroup.signum() > 0 && Consensus.isReached(rightGroup, total, trust);
      boolean isWrong = wrongGroup.signum() > 0 && Consensus.isReached(wrongGroup, total, trust);
      if (isRight) {
        right += chance;
      } else if (isWrong) {
        wrong += chance;
      }
      if (isRight || isWrong) {
        votes += chance * count;
      }
      return isRight || isWrong;
    }

    VoteEnds with(double[] open, int most) {
      double undecided = 0;
      for (double chance : open) {
        undecided += chance;
      }
      return new VoteEnds(right, wrong, undecided, votes + undecided * most);
    }
  }
}
