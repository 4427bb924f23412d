package io.ruche.certify;

/**
 * BOINC's adaptive replication: results are compared in pairs, but a worker whose last n results in
 * a row were confirmed is believed alone with chance {@code 1 - 1/n} from n = {@code trustedAfter}
 * on. Source: BOINC's documentation; 10 is its own number. Nobody is banned; a wrong result ends
 * the row.
 *
 * @param trustedAfter confirmed results in a row before a worker is ever believed alone
 */
public record AdaptiveReplication(int trustedAfter) implements CertificationMethod {
  public static final int BOINC_TRUSTED_AFTER = 10;

  private static final FirstMajority PAIR = new FirstMajority(2);

  public AdaptiveReplication {
    if (trustedAfter < 1) {
      throw new IllegalArgumentException(
          "expected a row of at least 1 confirmed result, found " + trustedAfter);
    }
  }

  @Override
  public String name() {
    return "adaptive";
  }

  @Override
  public Authorized authorized() {
    return Authorized.AFTER_COMMIT;
  }

  @Override
  public double checkRate() {
    return 0;
  }

  /** The chance is drawn when the first run is given out, as the second one follows at once. */
  @Override
  public Decision decide(Ballot ballot) {
    return switch (ballot.copies()) {
      case 0 -> new Decision.Want(1);
      case 1 -> decideAlone(ballot);
      default -> PAIR.decide(ballot);
    };
  }

  private Decision decideAlone(Ballot ballot) {
    boolean isRunning = ballot.groups().isEmpty();
    var first =
        isRunning ? ballot.running().getFirst() : ballot.groups().getFirst().getFirst();
    if (!isBelieved(first, ballot.draw())) {
      return PAIR.decide(ballot);
    }
    return isRunning ? new Decision.Want(0) : HubFloor.under(ballot, new Decision.Accept(0));
  }

  private boolean isBelieved(WorkerRecord worker, double draw) {
    return worker.streak() >= trustedAfter && draw < 1 - 1.0 / worker.streak();
  }

  @Override
  public boolean isBanned(WorkerRecord worker) {
    return false;
  }
}
