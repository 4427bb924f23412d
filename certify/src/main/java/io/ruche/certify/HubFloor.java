package io.ruche.certify;

import io.ruche.core.Consensus;
import java.math.BigInteger;

/**
 * What the hub asks in any case: whatever is believed off chain, those who then contribute must
 * reach the deal's trust by their own weight, though nobody contributes against them.
 */
final class HubFloor {
  private HubFloor() {}

  /** The decision, or a wish for more copies where the hub would not yet agree to it. */
  static Decision under(Ballot ballot, Decision decision) {
    if (!(decision instanceof Decision.Accept(int group))) {
      return decision;
    }
    int missing = Consensus.copiesMissing(
        ballot.weight(group), BigInteger.ZERO, ballot.trust(), Consensus.FRESH_WEIGHT);
    return missing == 0
        ? decision
        : new Decision.Want(Math.max(0, missing - ballot.running().size()));
  }
}
