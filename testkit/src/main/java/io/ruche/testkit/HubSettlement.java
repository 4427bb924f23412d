package io.ruche.testkit;

import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.TokenAmount;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Consumer;

/** Who gets what when a task ends. */
final class HubSettlement {
  private static final long POOL_STAKE_PERCENT = 30;
  private static final long KITTY_PERCENT = 10;
  private static final TokenAmount KITTY_MIN = TokenAmount.ofNano(1_000_000_000);

  private final HubEscrow escrow;
  private final Map<Address, Long> scores;
  private final Undo undo;
  private final Consumer<HubLog> log;

  HubSettlement(HubEscrow escrow, Map<Address, Long> scores, Undo undo, Consumer<HubLog> log) {
    this.escrow = escrow;
    this.scores = scores;
    this.undo = undo;
    this.log = log;
  }

  static TokenAmount poolStake(Deal deal) {
    return deal.workerpool().price().percentRoundedDown(POOL_STAKE_PERCENT);
  }

  void finalized(HubTask task) {
    settle(task);
    distribute(task);
  }

  /** One worker without stake or score. */
  void finalizedAlone(HubTask task, Address worker) {
    settle(task);
    var deal = task.deal();
    var pot = deal.workerpool().price();
    var reward = pot.percentRoundedDown(100 - deal.schedulerRewardRatio());
    escrow.reward(worker, reward);
    escrow.reward(deal.workerpool().owner(), pot.minus(reward));
  }

  /** The payer is refunded, the pool's stake goes to the kitty, every worker's stake is free. */
  void claimed(HubTask task) {
    var deal = task.deal();
    escrow.unlock(deal.sponsor(), deal.pricePerTask());
    escrow.seize(deal.workerpool().owner(), poolStake(deal));
    escrow.rewardAndLock(HubEscrow.KITTY, poolStake(deal));
    task.contributions().forEach(c -> escrow.unlock(c.worker(), deal.workerStake()));
  }

  private void settle(HubTask task) {
    var deal = task.deal();
    escrow.seize(deal.sponsor(), deal.pricePerTask());
    escrow.reward(deal.app().owner(), deal.app().price());
    if (!deal.dataset().price().isZero()) {
      escrow.reward(deal.dataset().owner(), deal.dataset().price());
    }
    escrow.unlock(deal.workerpool().owner(), poolStake(deal));
    var kitty = escrow.purse(HubEscrow.KITTY).locked();
    if (!kitty.isZero()) {
      var share = min(max(kitty.percentRoundedDown(KITTY_PERCENT), KITTY_MIN), kitty);
      escrow.seize(HubEscrow.KITTY, share);
      escrow.reward(deal.workerpool().owner(), share);
    }
  }

  private void distribute(HubTask task) {
    var deal = task.deal();
    var pot = deal.workerpool().price();
    long totalLogWeight = 0;
    for (var contribution : task.contributions()) {
      if (contribution.isProved()) {
        totalLogWeight += contribution.log2Weight();
      } else {
        pot = pot.plus(deal.workerStake());
      }
    }
    var workersShare = pot.percentRoundedDown(100 - deal.schedulerRewardRatio());
    var left = pot;
    for (var contribution : task.contributions()) {
      if (contribution.isProved()) {
        var reward = new TokenAmount(workersShare
            .nano()
            .multiply(BigInteger.valueOf(contribution.log2Weight()))
            .divide(BigInteger.valueOf(totalLogWeight)));
        left = left.minus(reward);
        payWinner(task, contribution, reward);
      } else {
        punish(task, contribution);
      }
    }
    escrow.reward(deal.workerpool().owner(), left);
  }

  private void payWinner(HubTask task, HubContribution contribution, TokenAmount reward) {
    escrow.unlock(contribution.worker(), task.deal().workerStake());
    escrow.reward(contribution.worker(), reward);
    if (task.contributions().size() > 1) {
      undo.put(scores, contribution.worker(), scoreOf(contribution.worker()) + 1);
      log.accept(new HubLog.AccurateContribution(contribution.worker(), task.id()));
    }
  }

  private void punish(HubTask task, HubContribution contribution) {
    escrow.seize(contribution.worker(), task.deal().workerStake());
    undo.put(scores, contribution.worker(), scoreOf(contribution.worker()) * 2 / 3);
    log.accept(new HubLog.FaultyContribution(contribution.worker(), task.id()));
  }

  private long scoreOf(Address worker) {
    return scores.getOrDefault(worker, 0L);
  }

  private static TokenAmount max(TokenAmount first, TokenAmount second) {
    return first.compareTo(second) >= 0 ? first : second;
  }

  private static TokenAmount min(TokenAmount first, TokenAmount second) {
    return first.compareTo(second) <= 0 ? first : second;
  }
}
