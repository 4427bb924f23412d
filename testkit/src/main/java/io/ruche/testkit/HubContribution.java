package io.ruche.testkit;

import io.ruche.core.Address;
import io.ruche.core.Digest;
import io.ruche.scheduler.ChainEvent.ContributionStatus;

/** One contribution as the hub in memory keeps it. */
public record HubContribution(
    Address worker,
    ContributionStatus status,
    Digest resultHash,
    Digest resultSeal,
    long log2Weight) {

  boolean isStanding(Digest hash) {
    return status == ContributionStatus.CONTRIBUTED && resultHash.equals(hash);
  }

  boolean isProved() {
    return status == ContributionStatus.PROVED;
  }

  HubContribution proved() {
    return new HubContribution(
        worker, ContributionStatus.PROVED, resultHash, resultSeal, log2Weight);
  }

  HubContribution rejected() {
    return new HubContribution(
        worker, ContributionStatus.REJECTED, resultHash, resultSeal, log2Weight);
  }
}
