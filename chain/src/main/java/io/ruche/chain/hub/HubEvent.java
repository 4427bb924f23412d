package io.ruche.chain.hub;

import io.ruche.chain.rpc.BlockRef;
import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.OrderHash;
import io.ruche.core.RequestOrder;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;

/** An event of the hub, with where it stands on the chain. */
public sealed interface HubEvent {
  /** Place of a log; unique on one branch of the chain. */
  record Position(BlockRef block, TxHash transaction, int logIndex) {}

  Position position();

  /** A deal for this pool. */
  record SchedulerNotice(Position position, Address workerpool, DealId deal) implements HubEvent {}

  record OrdersMatched(
      Position position,
      DealId deal,
      OrderHash app,
      OrderHash dataset,
      OrderHash workerpool,
      OrderHash request,
      long volume)
      implements HubEvent {}

  /** Somebody announced a request; nothing about it was checked. */
  record RequestBroadcast(Position position, RequestOrder order) implements HubEvent {}

  record DealSponsored(Position position, DealId deal, Address sponsor) implements HubEvent {}

  record TaskInitialize(Position position, TaskId task, Address workerpool) implements HubEvent {}

  /** A worker committed; {@code resultHash} is equal for workers that agree. */
  record TaskContribute(Position position, TaskId task, Address worker, Digest resultHash)
      implements HubEvent {}

  record TaskConsensus(Position position, TaskId task, Digest consensus) implements HubEvent {}

  record TaskReveal(Position position, TaskId task, Address worker, Digest digest)
      implements HubEvent {}

  record TaskReopen(Position position, TaskId task) implements HubEvent {}

  /** A task was completed; {@code results} are the bytes given at finalize, 0x-hex. */
  record TaskFinalize(Position position, TaskId task, String results) implements HubEvent {}

  record TaskClaimed(Position position, TaskId task) implements HubEvent {}

  record AccurateContribution(Position position, Address worker, TaskId task) implements HubEvent {}

  record FaultyContribution(Position position, Address worker, TaskId task) implements HubEvent {}

  /** A move of free deposit; minted from or burnt to the zero address at deposit and withdrawal. */
  record Transfer(Position position, Address from, Address to, TokenAmount amount)
      implements HubEvent {}

  record Lock(Position position, Address owner, TokenAmount amount) implements HubEvent {}

  record Unlock(Position position, Address owner, TokenAmount amount) implements HubEvent {}

  /** Money earned; {@code ref} is the task that it is for, 0x-hex. */
  record Reward(Position position, Address owner, TokenAmount amount, String ref)
      implements HubEvent {}

  /** A stake lost; {@code ref} is the task that it is for, 0x-hex. */
  record Seize(Position position, Address owner, TokenAmount amount, String ref)
      implements HubEvent {}

  record CategoryCreated(Position position, long id) implements HubEvent {}
}
