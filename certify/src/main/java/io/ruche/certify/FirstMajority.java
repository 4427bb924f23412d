package io.ruche.certify;

/**
 * First-to-m: the first result that m workers returned. It treats all workers alike and bans
 * nobody, so its error stays where it is (Sarmenta).
 *
 * @param matches m, equal results wanted
 */
public record FirstMajority(int matches) implements CertificationMethod {
  public FirstMajority {
    if (matches < 1) {
      throw new IllegalArgumentException("expected matches of at least 1, found " + matches);
    }
  }

  @Override
  public String name() {
    return "first-to-m";
  }

  @Override
  public Authorized authorized() {
    return Authorized.AFTER_COMMIT;
  }

  @Override
  public double checkRate() {
    return 0;
  }

  @Override
  public Decision decide(Ballot ballot) {
    int largest = ballot.largestGroup();
    int size = largest < 0 ? 0 : ballot.groups().get(largest).size();
    return size >= matches
        ? HubFloor.under(ballot, new Decision.Accept(largest))
        : new Decision.Want(Math.max(0, matches - size - ballot.running().size()));
  }

  @Override
  public boolean isBanned(WorkerRecord worker) {
    return false;
  }
}
