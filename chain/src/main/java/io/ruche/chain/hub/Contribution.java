package io.ruche.chain.hub;

import io.ruche.core.Address;
import io.ruche.core.Digest;

/** What one worker committed for one task, as the hub's {@code viewContribution} gives it. */
public record Contribution(
    Status status, Digest resultHash, Digest resultSeal, Address enclaveChallenge, long weight) {
  /** In the hub's numbering. */
  public enum Status {
    UNSET,
    CONTRIBUTED,
    PROVED,
    REJECTED;

    static Status of(int number) {
      if (number >= values().length) {
        throw new IllegalArgumentException(
            "expected a contribution status from 0 to 3, found: " + number);
      }
      return values()[number];
    }
  }
}
