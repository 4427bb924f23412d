package io.ruche.testkit;

import io.ruche.core.Address;
import io.ruche.core.Category;
import io.ruche.core.Consensus;
import io.ruche.core.ContributionHashes;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Hex;
import io.ruche.core.Keccak;
import io.ruche.core.OnChainTask;
import io.ruche.core.Settlement;
import io.ruche.core.Tag;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.scheduler.ChainEvent.ContributionStatus;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The hub's rules without a chain: matching, PoCo, money. It follows the Solidity hub, down to the
 * names of its errors; a shared scenario is replayed on both. Orders and signatures are left out:
 * whoever calls says whether it is authorised. Time and blocks move by {@link #mine}; the newest
 * blocks can be taken back.
 */
public final class InMemoryHub {
  /** Contributions that one task takes. */
  public static final int MAX_CONTRIBUTORS = 64;

  public static final Address KITTY = HubEscrow.KITTY;

  private final List<Category> categories;
  private final Undo undo = new Undo();
  private final HubEscrow escrow = new HubEscrow(undo);
  private final Map<DealId, Deal> deals = new HashMap<>();
  private final Map<TaskId, HubTask> tasks = new HashMap<>();
  private final Map<Address, Long> scores = new TreeMap<>();
  private final HubSettlement settlement;
  private final HubBlocks blocks;
  private long matches;

  public InMemoryHub(List<Category> categories, Instant genesis) {
    this.categories = List.copyOf(categories);
    this.blocks = new HubBlocks(genesis, undo);
    this.settlement = new HubSettlement(escrow, scores, undo, blocks::log);
  }

  // Blocks.

  /** Closes the block; calls from now on are mined at this time. */
  public void mine(Instant time) {
    blocks.mine(time);
  }

  /** Number of the block that calls go into. */
  public int blockNumber() {
    return blocks.number();
  }

  public Instant now() {
    return blocks.now();
  }

  /** All logs so far; the caller remembers how many it has read. */
  public List<HubLog> logs() {
    return blocks.logs();
  }

  public int logCount() {
    return blocks.logCount();
  }

  public List<HubLog> logsFrom(int position) {
    return blocks.logsFrom(position);
  }

  /** Takes the open block and {@code count} mined ones back; returns the logs that are gone. */
  public List<HubLog> rollBack(int count) {
    return blocks.rollBack(count);
  }

  // Money.

  public void deposit(Address account, TokenAmount amount) {
    escrow.deposit(account, amount);
  }

  public void withdraw(Address account, TokenAmount amount) {
    escrow.withdraw(account, amount);
  }

  public Purse viewAccount(Address account) {
    return escrow.purse(account);
  }

  public long viewScore(Address worker) {
    return scores.getOrDefault(worker, 0L);
  }

  /** Deposits less withdrawals; always the sum of {@link #inPurses()}. */
  public TokenAmount deposited() {
    return escrow.deposited();
  }

  /** The same, added up at every move of money and not by looking into each purse. */
  public TokenAmount held() {
    return escrow.held();
  }

  public TokenAmount inPurses() {
    var sum = TokenAmount.ZERO;
    for (var purse : escrow.purses().values()) {
      sum = sum.plus(purse.stake()).plus(purse.locked());
    }
    return sum;
  }

  // Deals and tasks.

  public DealId match(MatchTerms terms) {
    return call(() -> {
      if (terms.category() >= categories.size()) {
        throw new HubRevert("iExecV5-matchOrders-0x01", "category " + terms.category());
      }
      var deal = dealOf(terms);
      undo.step(() -> matches--);
      matches++;
      undo.put(deals, deal.id(), deal);
      escrow.lock(terms.requester(), deal.pricePerTask().times(deal.botSize()));
      escrow.lock(deal.workerpool().owner(), HubSettlement.poolStake(deal).times(deal.botSize()));
      blocks.log(new HubLog.OrdersMatched(deal.id()));
      return deal.id();
    });
  }

  private Deal dealOf(MatchTerms terms) {
    var price = terms.workerpool().price();
    return new Deal(
        DealId.of(Keccak.hashText("deal " + matches)),
        terms.app(),
        terms.dataset(),
        terms.workerpool(),
        Math.max(1, terms.trust()),
        terms.category(),
        Tag.NONE,
        terms.requester(),
        terms.requester(),
        terms.callback(),
        terms.params(),
        blocks.now(),
        0,
        terms.volume(),
        price.percentRoundedDown(terms.workerStakeRatio()),
        terms.schedulerRewardRatio(),
        terms.requester());
  }

  public Optional<Deal> viewDeal(DealId id) {
    return Optional.ofNullable(deals.get(id));
  }

  public Category viewCategory(long id) {
    return categories.get((int) id);
  }

  public TaskId initialize(DealId dealId, long index) {
    return call(() -> {
      var deal = deals.get(dealId);
      if (deal == null) {
        throw new HubRevert("UnknownDeal", dealId.hex());
      }
      if (index < deal.botFirst() || index >= deal.botFirst() + deal.botSize()) {
        throw new HubRevert("IndexOutsideDeal", dealId + " " + index);
      }
      var id = deal.taskId(index);
      if (tasks.containsKey(id)) {
        throw new HubRevert("TaskAlreadyInitialized", id.hex());
      }
      set(HubTask.active(id, deal, index));
      blocks.log(new HubLog.TaskInitialize(id));
      return id;
    });
  }

  /** A contribution with hashes of the worker's digest, as an honest or a lying worker sends it. */
  public void contribute(Address worker, TaskId id, Digest digest, boolean isAuthorized) {
    call(() -> {
      var task = require(id, TaskStatus.ACTIVE, "TaskNotActive");
      blocks.requireBefore(id, contributionDeadline(task));
      if (!isAuthorized) {
        throw new HubRevert("BadAuthorization", id + " " + worker);
      }
      if (task.contributions().size() == MAX_CONTRIBUTORS) {
        throw new HubRevert("TooManyContributors", id.hex());
      }
      if (task.contributions().stream().anyMatch(c -> c.worker().equals(worker))) {
        throw new HubRevert("AlreadyContributed", id + " " + worker);
      }
      escrow.lock(worker, task.deal().workerStake());
      var hashes = ContributionHashes.of(worker, id, digest);
      blocks.log(new HubLog.TaskContribute(id, worker, hashes.resultHash()));
      count(task, worker, hashes);
      return id;
    });
  }

  /** A contribution that ends the task, where one suffices; no stake is locked. */
  public void contributeAndFinalize(
      Address worker, TaskId id, Digest digest, Settlement result, boolean isAuthorized) {
    call(() -> {
      var task = require(id, TaskStatus.ACTIVE, "TaskNotActive");
      blocks.requireBefore(id, contributionDeadline(task));
      if (!task.contributions().isEmpty()) {
        throw new HubRevert("TaskHasContributions", id.hex());
      }
      if (task.deal().trust() != 1) {
        throw new HubRevert("TrustNotOne", id.hex());
      }
      if (!isAuthorized) {
        throw new HubRevert("BadAuthorization", id + " " + worker);
      }
      requireCallbackDigest(task, digest, result.callbackData());
      var hashes = ContributionHashes.of(worker, id, digest);
      var vote = new HubContribution(
          worker, ContributionStatus.CONTRIBUTED, hashes.resultHash(), hashes.resultSeal(), 0);
      var deadline = blocks.now().plus(categoryOf(task).revealTime());
      var agreed = task.contributed(vote).revealing(hashes.resultHash(), deadline);
      set(agreed.revealed(vote.proved(), digest).ended(TaskStatus.COMPLETED, result.results()));
      settlement.finalizedAlone(task, worker);
      blocks.log(new HubLog.TaskContribute(id, worker, hashes.resultHash()));
      blocks.log(new HubLog.TaskConsensus(id, hashes.resultHash(), blocks.now()));
      blocks.log(new HubLog.TaskReveal(id, worker, digest));
      blocks.log(new HubLog.TaskFinalize(id, result.results()));
      return id;
    });
  }

  private void count(HubTask task, Address worker, ContributionHashes hashes) {
    long weight = Consensus.weightOf(viewScore(worker));
    var hash = hashes.resultHash();
    var group = Consensus.join(task.groups().getOrDefault(hash, BigInteger.ZERO), weight);
    var total = task.otherWeight(hash).add(group).add(BigInteger.ONE);
    var grown = task.contributed(new HubContribution(
        worker,
        ContributionStatus.CONTRIBUTED,
        hash,
        hashes.resultSeal(),
        63 - Long.numberOfLeadingZeros(weight)));
    if (Consensus.isReached(group, total, task.deal().trust())) {
      set(grown.revealing(hash, blocks.now().plus(categoryOf(task).revealTime())));
      blocks.log(new HubLog.TaskConsensus(task.id(), hash, blocks.now()));
    } else {
      set(grown.weighing(hash, group));
    }
  }

  public void reveal(Address worker, TaskId id, Digest digest) {
    call(() -> {
      var task = require(id, TaskStatus.REVEALING, "TaskNotRevealing");
      blocks.requireBefore(id, task.revealDeadline());
      var own = task.contributions().stream()
          .filter(c -> c.worker().equals(worker))
          .filter(c -> task.consensus() != null && c.isStanding(task.consensus()))
          .findFirst()
          .orElseThrow(() -> new HubRevert("NotAWinner", id + " " + worker));
      var hashes = ContributionHashes.of(worker, id, digest);
      if (!hashes.resultHash().equals(own.resultHash())
          || !hashes.resultSeal().equals(own.resultSeal())) {
        throw new HubRevert("DigestMismatch", id + " " + worker);
      }
      set(task.revealed(own.proved(), digest));
      blocks.log(new HubLog.TaskReveal(id, worker, digest));
      return id;
    });
  }

  public void reopen(Address caller, TaskId id) {
    call(() -> {
      var task = require(id, TaskStatus.REVEALING, "TaskNotRevealing");
      requireScheduler(caller, task);
      blocks.requireBefore(id, finalDeadline(task));
      if (task.reveals() != 0) {
        throw new HubRevert("AlreadyRevealed", id.hex());
      }
      blocks.requireFrom(id, task.revealDeadline());
      set(task.reopened());
      blocks.log(new HubLog.TaskReopen(id));
      return id;
    });
  }

  /** Ends a task with its result and pays everybody. */
  public void finalizeTask(Address caller, TaskId id, Settlement result) {
    call(() -> {
      var task = require(id, TaskStatus.REVEALING, "TaskNotRevealing");
      requireScheduler(caller, task);
      blocks.requireBefore(id, finalDeadline(task));
      boolean isAllRevealed = task.reveals() == task.winners();
      boolean isOverdue = task.reveals() > 0 && !blocks.now().isBefore(task.revealDeadline());
      if (!isAllRevealed && !isOverdue) {
        throw new HubRevert("RevealsMissing", id.hex());
      }
      requireCallbackDigest(task, task.digest(), result.callbackData());
      set(task.ended(TaskStatus.COMPLETED, result.results()));
      settlement.finalized(task);
      blocks.log(new HubLog.TaskFinalize(id, result.results()));
      return id;
    });
  }

  private static void requireCallbackDigest(
      HubTask task, @Nullable Digest digest, String callbackData) {
    if (!task.deal().hasCallback() && callbackData.isEmpty()) {
      return;
    }
    byte[] data = callbackData.isEmpty() ? new byte[0] : Hex.decode(callbackData);
    if (!Digest.of(Keccak.hash(data)).equals(digest)) {
      throw new HubRevert("CallbackDigestMismatch", task.id().hex());
    }
  }

  public void claim(TaskId id) {
    call(() -> {
      var task = tasks.get(id);
      if (task == null
          || (task.status() != TaskStatus.ACTIVE && task.status() != TaskStatus.REVEALING)) {
        throw new HubRevert("TaskNotOpen", id.hex());
      }
      blocks.requireFrom(id, finalDeadline(task));
      set(task.ended(TaskStatus.FAILED, ""));
      settlement.claimed(task);
      blocks.log(new HubLog.TaskClaimed(id));
      return id;
    });
  }

  public void initializeAndClaim(DealId deal, long index) {
    call(() -> {
      var id = initialize(deal, index);
      claim(id);
      return id;
    });
  }

  // Views.

  /** All zeros but the id when it was never initialised. */
  public OnChainTask viewTask(TaskId id) {
    var task = tasks.get(id);
    return task == null
        ? HubTask.unset(id)
        : task.view(contributionDeadline(task), finalDeadline(task));
  }

  public List<HubContribution> viewContributions(TaskId id) {
    var task = tasks.get(id);
    return task == null ? List.of() : task.contributions();
  }

  // Inside.

  /** A call happens as a whole or not at all. */
  private <T> T call(Supplier<T> body) {
    int mark = undo.mark();
    try {
      return body.get();
    } catch (HubRevert e) {
      undo.backTo(mark);
      throw e;
    }
  }

  private void set(HubTask task) {
    undo.put(tasks, task.id(), task);
  }

  private HubTask require(TaskId id, TaskStatus status, String error) {
    var task = tasks.get(id);
    if (task == null || task.status() != status) {
      throw new HubRevert(error, id + " is " + (task == null ? TaskStatus.UNSET : task.status()));
    }
    return task;
  }

  private static void requireScheduler(Address caller, HubTask task) {
    if (!caller.equals(task.deal().workerpool().owner())) {
      throw new HubRevert("NotScheduler", task.id() + " " + caller);
    }
  }

  private Category categoryOf(HubTask task) {
    return viewCategory(task.deal().categoryId());
  }

  private Instant contributionDeadline(HubTask task) {
    return task.deal().startTime().plus(categoryOf(task).contributionTime());
  }

  private Instant finalDeadline(HubTask task) {
    return task.deal().startTime().plus(categoryOf(task).finalTime());
  }
}
