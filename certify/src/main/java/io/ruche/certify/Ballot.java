package io.ruche.certify;

import io.ruche.core.Consensus;
import java.math.BigInteger;
import java.util.List;

/**
 * Where one task stands.
 *
 * @param trust of the deal: what the hub will ask of those who contribute
 * @param groups for each different result, the workers that returned it; no group is empty
 * @param running workers whose result is not known yet
 * @param draw a number from 0 to below 1, drawn once for the task and unknown to workers
 */
public record Ballot(
    long trust, List<List<WorkerRecord>> groups, List<WorkerRecord> running, double draw) {
  public Ballot {
    groups = groups.stream().map(List::copyOf).toList();
    running = List.copyOf(running);
  }

  /** The first of the largest groups, or -1 when there is no result. */
  int largestGroup() {
    int largest = -1;
    for (int group = 0; group < groups.size(); group++) {
      if (largest < 0 || groups.get(group).size() > groups.get(largest).size()) {
        largest = group;
      }
    }
    return largest;
  }

  /** Runs that were given out, ended or not. */
  int copies() {
    return running.size() + groups.stream().mapToInt(List::size).sum();
  }

  /** Weight of a group in the hub's vote. */
  BigInteger weight(int group) {
    return weight(groups.get(group));
  }

  static BigInteger weight(List<WorkerRecord> members) {
    var weight = BigInteger.ZERO;
    for (var member : members) {
      weight = Consensus.join(weight, Consensus.weightOf(member.score()));
    }
    return weight;
  }
}
