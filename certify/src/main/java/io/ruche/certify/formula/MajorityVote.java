package io.ruche.certify.formula;

/**
 * Votes that weigh every worker alike. First-to-m accepts the first result that m runs returned.
 * Source: L. Sarmenta, "Sabotage-Tolerance Mechanisms for Volunteer Computing Systems" (2001/02);
 * the expected number of copies and the case of liars who do not all agree are derived here.
 */
public final class MajorityVote {
  private MajorityVote() {}

  /**
   * Chance that first-to-m accepts a wrong result when all wrong runs agree:
   *
   * <p>{@code sum for j = m .. 2m-1 of C(2m-1, j) wrong^j (1-wrong)^(2m-1-j)}.
   *
   * @param matches m, how many equal results are wanted
   * @param wrong chance that one run is wrong
   */
  public static double error(int matches, double wrong) {
    Probability.checkCount("matches", matches, 1);
    Probability.check("wrong", wrong);
    int runs = 2 * matches - 1;
    double error = 0;
    for (int j = matches; j <= runs; j++) {
      error += Probability.choose(runs, j) * Math.pow(wrong, j) * Math.pow(1 - wrong, runs - j);
    }
    return error;
  }

  /**
   * Runs that first-to-m needs on average when all wrong runs agree:
   *
   * <p>{@code sum for j = 0 .. m-1 of (m+j) C(m+j-1, j) [(1-wrong)^m wrong^j + wrong^m
   * (1-wrong)^j]}.
   */
  public static double copies(int matches, double wrong) {
    Probability.checkCount("matches", matches, 1);
    Probability.check("wrong", wrong);
    double right = 1 - wrong;
    double copies = 0;
    for (int j = 0; j < matches; j++) {
      double ends = Math.pow(right, matches) * Math.pow(wrong, j)
          + Math.pow(wrong, matches) * Math.pow(right, j);
      copies += (matches + j) * Probability.choose(matches + j - 1, j) * ends;
    }
    return copies;
  }

  /** As {@link #error(int, double)} for m of at least 2: a wrong result alone never wins. */
  public static double error(int matches, Answers answers) {
    Probability.checkCount("matches", matches, 2);
    return error(matches, shareOfColluders(answers));
  }

  /** As {@link #copies(int, double)} for m of at least 2: a wrong result alone is one run lost. */
  public static double copies(int matches, Answers answers) {
    Probability.checkCount("matches", matches, 2);
    return copies(matches, shareOfColluders(answers)) / (1 - answers.alone());
  }

  private static double shareOfColluders(Answers answers) {
    return answers.colluding() / (answers.right() + answers.colluding());
  }

  /**
   * The smallest m whose error is at most {@code accepted}, when all wrong runs agree.
   *
   * @param most the largest m to try
   * @return m, or {@code most + 1} when none up to {@code most} will do
   */
  public static int matchesFor(double accepted, double wrong, int most) {
    for (int matches = 1; matches <= most; matches++) {
      if (error(matches, wrong) <= accepted) {
        return matches;
      }
    }
    return most + 1;
  }

  /**
   * Chance that the most frequent of a fixed number of results is wrong; among equally frequent
   * ones each is taken with the same chance.
   *
   * @param runs how many results are compared, always all of them
   */
  public static double pluralityError(int runs, Answers answers) {
    Probability.checkCount("runs", runs, 1);
    double error = 0;
    for (int right = 0; right <= runs; right++) {
      for (int colluding = 0; colluding <= runs - right; colluding++) {
        int alone = runs - right - colluding;
        error += Probability.choose(runs, right)
            * Probability.choose(runs - right, colluding)
            * Math.pow(answers.right(), right)
            * Math.pow(answers.colluding(), colluding)
            * Math.pow(answers.alone(), alone)
            * wrongShare(right, colluding, alone);
      }
    }
    return error;
  }

  /** Share of wrong results among the most frequent ones. */
  private static double wrongShare(int right, int colluding, int alone) {
    int top = Math.max(Math.max(right, colluding), Math.min(alone, 1));
    int wrong = (colluding == top ? 1 : 0) + (top == 1 ? alone : 0);
    return right == top ? wrong / (wrong + 1.0) : 1;
  }
}
