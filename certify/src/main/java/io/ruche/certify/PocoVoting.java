package io.ruche.certify;

import io.ruche.core.Consensus;
import java.math.BigInteger;

/**
 * The hub's vote: everybody is authorised with the work, and the deal's trust decides. It asks for
 * the fewest copies that would settle the task if all who run, and all who are added, agree with
 * the heaviest group.
 */
public record PocoVoting() implements CertificationMethod {
  @Override
  public String name() {
    return "poco";
  }

  @Override
  public Authorized authorized() {
    return Authorized.WITH_WORK;
  }

  @Override
  public double checkRate() {
    return 0;
  }

  @Override
  public Decision decide(Ballot ballot) {
    int best = -1;
    var largest = BigInteger.ZERO;
    var all = BigInteger.ZERO;
    for (int group = 0; group < ballot.groups().size(); group++) {
      var weight = ballot.weight(group);
      all = all.add(weight);
      if (weight.compareTo(largest) > 0) {
        largest = weight;
        best = group;
      }
    }
    if (best >= 0 && Consensus.isReached(largest, all.add(BigInteger.ONE), ballot.trust())) {
      return new Decision.Accept(best);
    }
    return new Decision.Want(missing(ballot, largest, all.subtract(largest)));
  }

  private static int missing(Ballot ballot, BigInteger largest, BigInteger others) {
    var expected = largest;
    for (var worker : ballot.running()) {
      expected = Consensus.join(expected, Consensus.weightOf(worker.score()));
    }
    return Consensus.copiesMissing(expected, others, ballot.trust(), Consensus.FRESH_WEIGHT);
  }

  /** Nobody: a liar pays by its stake and its score. */
  @Override
  public boolean isBanned(WorkerRecord worker) {
    return false;
  }
}
