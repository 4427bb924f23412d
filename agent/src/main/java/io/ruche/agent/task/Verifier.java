package io.ruche.agent.task;

import io.ruche.agent.chain.WorkerChain;
import io.ruche.chain.wallet.Signatures;
import io.ruche.core.Address;
import io.ruche.core.Authorization;
import io.ruche.core.Deal;
import io.ruche.core.RucheException;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.worker.Command;
import io.ruche.worker.Event;
import io.ruche.worker.Terms;

/** Compares what the pool says with what the chain says, before anything is fetched or signed. */
public final class Verifier {
  private final DealBook deals;
  private final WorkerChain chain;
  private final Address worker;

  public Verifier(DealBook deals, WorkerChain chain, Address worker) {
    this.deals = deals;
    this.chain = chain;
    this.worker = worker;
  }

  /** {@link Event.Verified} or {@link Event.Mismatched}. */
  public Event verify(Command.Verify command) throws InterruptedException {
    var id = command.id();
    try {
      var facts = deals.find(command.deal()).facts();
      var deal = facts.deal();
      requireTaskOf(deal, command.index(), id.task());
      if (command.authorization() != null) {
        requireAuthorization(deal, id.task(), command.authorization());
      }
      return new Event.Verified(
          id,
          new Terms(
              deal.startTime().plus(facts.category().contributionTime()),
              deal.startTime().plus(facts.category().finalTime()),
              deal.workerStake(),
              deal.workerStake().isZero()
                  ? TokenAmount.ZERO
                  : chain.freeStake(deal.workerStake())));
    } catch (RucheException e) {
      if (e.isRetryable()) {
        throw e;
      }
      return new Event.Mismatched(id, e.code(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * The pool's leave, checked as the hub will check it.
   *
   * @throws RucheException BAD_AUTHORIZATION
   */
  public Authorization requireAuthorization(Deal deal, TaskId task, Signature signature) {
    var owner = deal.workerpool().owner();
    var message = Authorization.message(worker, task, Address.ZERO);
    var signer = Signatures.recoverMessage(message, signature);
    if (signer.filter(owner::equals).isEmpty()) {
      throw new RucheException(
          "BAD_AUTHORIZATION",
          "expected an authorization for task %s signed by the pool's owner %s, found signer %s."
              .formatted(task, owner, signer.map(Address::hex).orElse("none")),
          "",
          false);
    }
    return new Authorization(worker, task, Address.ZERO, signature);
  }

  private static void requireTaskOf(Deal deal, long index, TaskId task) {
    boolean isInBag = index >= deal.botFirst() && index - deal.botFirst() < deal.botSize();
    if (!isInBag || !deal.taskId(index).equals(task)) {
      throw new RucheException(
          "TASK_MISMATCH",
          "task %s is not task %d of deal %s, which has tasks %d to %d."
              .formatted(
                  task, index, deal.id(), deal.botFirst(), deal.botFirst() + deal.botSize() - 1),
          "",
          false);
    }
  }
}
