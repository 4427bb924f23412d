package io.ruche.testkit;

import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.TaskId;
import java.time.Instant;

/** What the hub in memory emits, in the order of the chain. */
public sealed interface HubLog {
  record OrdersMatched(DealId deal) implements HubLog {}

  record TaskInitialize(TaskId task) implements HubLog {}

  record TaskContribute(TaskId task, Address worker, Digest resultHash) implements HubLog {}

  /** The block's time goes with it, as a follower would look it up. */
  record TaskConsensus(TaskId task, Digest resultHash, Instant at) implements HubLog {}

  record TaskReveal(TaskId task, Address worker, Digest digest) implements HubLog {}

  record TaskReopen(TaskId task) implements HubLog {}

  record TaskFinalize(TaskId task, String results) implements HubLog {}

  record TaskClaimed(TaskId task) implements HubLog {}

  record AccurateContribution(Address worker, TaskId task) implements HubLog {}

  record FaultyContribution(Address worker, TaskId task) implements HubLog {}
}
