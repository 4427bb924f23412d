package io.ruche.cli.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import io.ruche.core.RucheException;
import io.ruche.core.Workerpool;
import io.ruche.sdk.RucheClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pool asks of workers and keeps of rewards.
 *
 * @param workerStake percent of the pool's price that a worker stakes with each contribution
 * @param poolShare percent of each reward that the pool keeps
 */
record Policy(long workerStake, long poolShare) {
  /** The hub allows more; asking ten times the price is surely a slip. */
  static final long MAX_WORKER_STAKE = 1_000;

  static final long MAX_POOL_SHARE = 100;

  static Policy of(Workerpool pool) {
    return new Policy(pool.workerStakeRatio(), pool.schedulerRewardRatio());
  }

  static void requireRange(String option, @Nullable Long percent, long max) {
    if (percent != null && (percent < 0 || percent > max)) {
      throw new RucheException(
          "USAGE",
          "expected %s from 0 to %d percent, found: %d.".formatted(option, max, percent),
          "See `ruche workerpool policy --help`.",
          false);
    }
  }

  Policy with(@Nullable Long newWorkerStake, @Nullable Long newPoolShare) {
    return new Policy(
        newWorkerStake == null ? workerStake : newWorkerStake,
        newPoolShare == null ? poolShare : newPoolShare);
  }

  /** Makes this the pool's policy, and says what was done. */
  String change(RucheClient client, Workerpool pool) {
    if (equals(of(pool))) {
      return "This is the pool's policy already; nothing was sent.";
    }
    if (!pool.owner().equals(client.wallet().address())) {
      throw new RucheException(
          "NOT_OWNER",
          "workerpool %s belongs to %s, but the wallet is %s."
              .formatted(
                  pool.address().checksummed(),
                  pool.owner().checksummed(),
                  client.wallet().address().checksummed()),
          "Choose its owner's wallet with --wallet.",
          false);
    }
    client.transactions().changePolicy(pool.address(), workerStake, poolShare);
    return "The policy is changed for deals from now on; running deals keep theirs.";
  }

  Answer answer(Workerpool pool) {
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("address", pool.address().checksummed())
        .put("workerStakePercent", workerStake)
        .put("schedulerRewardPercent", poolShare);
    return new Answer(
        json,
        List.of(Fields.of(
            Fields.field("workerpool", pool.address().checksummed()),
            Fields.field(
                "worker stake",
                "%d %% of the price: a worker risks it with each contribution, and loses it when"
                        .formatted(workerStake)
                    + " it is out-voted or does not reveal"),
            Fields.field(
                "pool's share",
                "%d %% of the reward stay with the pool, %d %% go to the workers"
                    .formatted(poolShare, 100 - poolShare)))),
        List.of(pool.address().checksummed()));
  }
}
