package io.ruche.certify.formula;

/**
 * Spot checks: runs whose right result is known are mixed with the work; whoever fails one is
 * banned for good (blacklist) and all its results are thrown away (backtrack). Each task is run
 * once, so a result costs {@code 1 + rate} runs. Source: L. Sarmenta (2001/02).
 */
public final class SpotChecks {
  private SpotChecks() {}

  /**
   * Share of wrong results among those that are kept, after every worker returned {@code results}:
   *
   * <p>{@code s f (1-qs)^n / ((1-f) + f (1-qs)^n)}.
   *
   * @param liars f, fraction of workers that lie
   * @param lieRate s, chance that a liar lies in one run
   * @param rate q, checks for each result
   * @param results n, results of each worker
   */
  public static double error(double liars, double lieRate, double rate, int results) {
    Probability.check("liars", liars);
    Probability.check("lieRate", lieRate);
    Probability.check("rate", rate);
    Probability.checkCount("results", results, 0);
    double unseen = liars * Math.pow(1 - rate * lieRate, results);
    return lieRate * unseen / (1 - liars + unseen);
  }

  /**
   * What {@link #error} cannot exceed, whatever the lie rate: {@code f / ((1-f) q n e)}, for any
   * result that comes after n others.
   */
  public static double errorBound(double liars, double rate, int results) {
    Probability.check("liars", liars);
    Probability.check("rate", rate);
    return liars / ((1 - liars) * rate * results * Math.E);
  }

  /** The lie rate that does most harm: {@code min(1, 1 / (q (n+1)))}, for few liars. */
  public static double worstLieRate(double rate, int results) {
    Probability.check("rate", rate);
    return Math.min(1, 1 / (rate * (results + 1)));
  }
}
