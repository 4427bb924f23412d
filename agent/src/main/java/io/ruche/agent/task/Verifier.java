package io.ruche.agent.task;

import static io.ruche.core.RequesterText.VALID_FOR;

import io.ruche.agent.chain.DealFacts;
import io.ruche.agent.chain.WorkerChain;
import io.ruche.chain.wallet.Signatures;
import io.ruche.core.Address;
import io.ruche.core.Authorization;
import io.ruche.core.Cancellation;
import io.ruche.core.Deal;
import io.ruche.core.Digest;
import io.ruche.core.RucheException;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.worker.ChainView;
import io.ruche.worker.Command;
import io.ruche.worker.Event;
import io.ruche.worker.Refusal;
import io.ruche.worker.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Compares what the pool says with what the chain says, before anything is fetched or signed. */
public final class Verifier {
  private static final Digest ANY = Digest.of(new byte[32]);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final DealBook deals;
  private final WorkerChain chain;
  private final Address worker;
  private final long chainId;
  private final Duration patience;
  private final InstantSource clock;

  /**
   * For one worker.
   *
   * @param patience how long a node that does not answer is asked again; as long as it is away,
   *     another attempt would fare no better
   */
  public Verifier(
      DealBook deals,
      WorkerChain chain,
      Address worker,
      long chainId,
      Duration patience,
      InstantSource clock) {
    this.deals = deals;
    this.chain = chain;
    this.worker = worker;
    this.chainId = chainId;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * {@link Event.Verified} or {@link Event.Mismatched}.
   *
   * @throws RucheException that the chain cannot be read
   */
  public Event verify(Command.Verify command) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return compared(command);
      } catch (RucheException e) {
        if (!e.isRetryable()) {
          return new Event.Mismatched(command.id(), e.code(), String.valueOf(e.getMessage()));
        }
        if (System.nanoTime() >= end) {
          throw e;
        }
      }
      Thread.sleep(PAUSE);
    }
  }

  private Event.Verified compared(Command.Verify command) throws InterruptedException {
    var id = command.id();
    var facts = deals.find(command.deal()).facts();
    var deal = facts.deal();
    requireTaskOf(deal, command.index(), id.task());
    if (command.authorization() != null) {
      requireAuthorization(deal, id.task(), command.authorization());
    }
    if (command.wasContributed()) {
      requireForgotten(id.task());
    }
    var stake = deal.workerStake();
    return new Event.Verified(
        id, terms(facts, stake.isZero() ? TokenAmount.ZERO : chain.freeStake(stake)));
  }

  /** The chain tells whether an earlier contribution is there, whatever its digest. */
  private void requireForgotten(TaskId task) {
    var standing = chain.look(task, ANY).standing();
    if (standing != ChainView.Standing.NONE) {
      throw new RucheException(
          Refusal.ALREADY_CONTRIBUTED,
          "the chain has a contribution of this worker to task %s.".formatted(task),
          "",
          false);
    }
  }

  private static Terms terms(DealFacts facts, TokenAmount freeStake) {
    return new Terms(
        facts.deal().startTime().plus(facts.category().contributionTime()),
        facts.deal().startTime().plus(facts.category().finalTime()),
        facts.deal().workerStake(),
        freeStake);
  }

  /**
   * The requester's word, checked by the deal on chain: so no pool can stop what it likes.
   *
   * @throws RucheException BAD_CANCELLATION, or that the chain cannot be read
   */
  public Event checkCancel(Command.CheckCancel command) throws InterruptedException {
    var facts = deals.find(command.deal()).facts();
    var deal = facts.deal();
    var task = command.id().task();
    requireTaskOf(deal, command.index(), task);
    var cancellation = command.cancellation();
    if (cancellation.signature().isEmpty()) {
      requireLongWait(deal, task);
      return new Event.CancelChecked(command.id(), terms(facts, TokenAmount.ZERO));
    }
    var text = cancellation.text(chainId, deal.workerpool().address(), task);
    var end = deal.startTime().plus(facts.category().finalTime());
    boolean isOfItsTime = !cancellation.time().isBefore(deal.startTime().minus(VALID_FOR))
        && !cancellation.time().isAfter(end);
    var signer = Signatures.recoverText(text.text(), cancellation.signature());
    if (!isOfItsTime || signer.filter(deal.requester()::equals).isEmpty()) {
      throw new RucheException(
          "BAD_CANCELLATION",
          "expected the word of requester %s about task %s, of %s to %s, found signer %s, of %s."
              .formatted(
                  deal.requester(),
                  task,
                  deal.startTime(),
                  end,
                  signer.map(Address::hex).orElse("none"),
                  cancellation.time()),
          "",
          false);
    }
    return new Event.CancelChecked(command.id(), terms(facts, TokenAmount.ZERO));
  }

  /** What the order says of waiting holds by this machine's own clock. */
  private void requireLongWait(Deal deal, TaskId task) {
    var end = Cancellation.queueEnd(deal);
    var now = clock.instant();
    if (now.isBefore(end)) {
      throw new RucheException(
          "BAD_CANCELLATION",
          "expected the word of requester %s about task %s, or %s to be past by its order, found no"
                  .formatted(
                      deal.requester(), task, end.equals(Instant.MAX) ? "a longest wait" : end)
              + " signature, and it is %s here.".formatted(now),
          "",
          false);
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
