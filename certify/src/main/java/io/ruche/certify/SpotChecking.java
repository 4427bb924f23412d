package io.ruche.certify;

/**
 * Each task is run once and believed; runs with a known result are mixed in, and who fails one is
 * banned (Sarmenta). What was settled before a liar is caught stays settled: money that was paid on
 * chain does not come back, so the closed form, which throws such results away, is a lower limit
 * here.
 *
 * @param checkRate q, checks for each result, above 0
 */
public record SpotChecking(double checkRate) implements CertificationMethod {
  private static final FirstMajority ONE_RUN = new FirstMajority(1);

  public SpotChecking {
    if (!(checkRate > 0 && checkRate <= 1)) {
      throw new IllegalArgumentException(
          "expected a check rate above 0 and at most 1, found " + checkRate);
    }
  }

  @Override
  public String name() {
    return "spot-checks";
  }

  @Override
  public Authorized authorized() {
    return Authorized.AFTER_COMMIT;
  }

  @Override
  public Decision decide(Ballot ballot) {
    return ONE_RUN.decide(ballot);
  }

  @Override
  public boolean isBanned(WorkerRecord worker) {
    return worker.wrong() > 0;
  }
}
