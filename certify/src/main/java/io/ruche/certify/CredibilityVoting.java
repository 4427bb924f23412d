package io.ruche.certify;

import io.ruche.certify.formula.Credibility;
import io.ruche.core.Consensus;
import java.util.ArrayList;
import java.util.List;

/**
 * Sarmenta's credibility-based voting: a result is accepted when its group is credible enough,
 * which takes several unknown workers or one that passed many checks. Who fails a check, or is
 * outvoted, is banned.
 *
 * @param threshold theta = 1 - accepted error, from 0.5 to below 1
 * @param assumedLiars f, a guess from above of the fraction of liars; above 0, below 0.5
 * @param checkRate q, checks for each result; 0 leaves workers without credit
 */
public record CredibilityVoting(double threshold, double assumedLiars, double checkRate)
    implements CertificationMethod {
  public static final double DEFAULT_THRESHOLD = 0.99;
  public static final double DEFAULT_LIARS = 0.2;
  public static final double DEFAULT_CHECK_RATE = 0.1;

  public CredibilityVoting {
    if (!(threshold >= 0.5 && threshold < 1)) {
      throw new IllegalArgumentException(
          "expected a threshold from 0.5 to below 1, found " + threshold);
    }
    if (!(assumedLiars > 0 && assumedLiars < 0.5)) {
      throw new IllegalArgumentException(
          "expected a fraction of liars above 0 and below 0.5, found " + assumedLiars);
    }
    if (!(checkRate >= 0 && checkRate <= 1)) {
      throw new IllegalArgumentException("expected a check rate from 0 to 1, found " + checkRate);
    }
  }

  @Override
  public String name() {
    return "credibility";
  }

  @Override
  public Authorized authorized() {
    return Authorized.AFTER_COMMIT;
  }

  @Override
  public Decision decide(Ballot ballot) {
    var groups = new ArrayList<List<Double>>();
    for (var members : ballot.groups()) {
      groups.add(members.stream().map(this::credibility).toList());
    }
    int best = best(groups);
    if (best >= 0 && isCredible(groups, best)) {
      return HubFloor.under(ballot, new Decision.Accept(best));
    }
    return new Decision.Want(missing(groups, best, ballot));
  }

  /** Fewest copies by unknown workers, if they and all who run agree with the best group. */
  private int missing(List<List<Double>> groups, int best, Ballot ballot) {
    var grown = new ArrayList<>(best < 0 ? List.<Double>of() : groups.get(best));
    ballot.running().forEach(worker -> grown.add(credibility(worker)));
    var expected = new ArrayList<>(groups);
    if (best < 0) {
      expected.add(grown);
    } else {
      expected.set(best, grown);
    }
    int index = best < 0 ? expected.size() - 1 : best;
    int copies = 0;
    while (copies < Consensus.MAX_COPIES && !isCredible(expected, index)) {
      grown.add(credibility(WorkerRecord.FRESH));
      copies++;
    }
    return copies;
  }

  private boolean isCredible(List<List<Double>> groups, int group) {
    return !groups.get(group).isEmpty() && Credibility.ofGroups(groups).get(group) >= threshold;
  }

  private static int best(List<List<Double>> groups) {
    var credibilities = Credibility.ofGroups(groups);
    int best = -1;
    for (int group = 0; group < groups.size(); group++) {
      if (best < 0 || credibilities.get(group) > credibilities.get(best)) {
        best = group;
      }
    }
    return best;
  }

  private double credibility(WorkerRecord worker) {
    return Credibility.ofWorker(assumedLiars, worker.checksPassed());
  }

  @Override
  public boolean isBanned(WorkerRecord worker) {
    return worker.wrong() > 0;
  }
}
