package io.ruche.certify.formula;

/**
 * What one run returns, as chances that sum to 1.
 *
 * @param right the right result
 * @param colluding the one wrong result that all colluding liars return
 * @param alone a wrong result that nobody else returns
 */
public record Answers(double right, double colluding, double alone) {
  private static final double ROUNDING = 1e-9;

  public Answers {
    Probability.check("right", right);
    Probability.check("colluding", colluding);
    Probability.check("alone", alone);
    if (Math.abs(right + colluding + alone - 1) > ROUNDING) {
      throw new IllegalArgumentException(
          "expected chances that sum to 1, found " + right + " + " + colluding + " + " + alone);
    }
  }

  /**
   * What a run returns when only some of the wrong results agree.
   *
   * @param wrong chance that a run is wrong: fraction of liars times the rate at which one lies
   * @param collusion chance that a wrong result is the one that liars agreed on
   */
  public static Answers of(double wrong, double collusion) {
    Probability.check("wrong", wrong);
    Probability.check("collusion", collusion);
    return new Answers(1 - wrong, wrong * collusion, wrong * (1 - collusion));
  }
}
