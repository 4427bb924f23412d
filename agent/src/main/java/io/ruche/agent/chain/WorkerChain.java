package io.ruche.agent.chain;

import io.ruche.core.Authorization;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Settlement;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;
import io.ruche.worker.AttemptId;
import io.ruche.worker.ChainView;
import java.util.Optional;

/**
 * The chain as a worker needs it. Reads may be behind what the pool has seen on another node. All
 * calls block; any thread may call. Failures are {@code RucheException}s.
 */
public interface WorkerChain {

  /** The deal and what it names; empty when this node does not know the deal (yet). */
  Optional<DealFacts> deal(DealId id);

  /**
   * What this machine may lock of the worker's deposit; may be a few seconds old.
   *
   * @param needed by one contribution
   * @throws io.ruche.core.RucheException STAKE_CAP_REACHED when the machine's cap leaves less
   */
  TokenAmount freeStake(TokenAmount needed);

  /** Contributes, and returns once mined; asking again for the same attempt sends nothing new. */
  TxHash contribute(AttemptId id, Authorization authorization, Digest digest);

  /** The same with the result, which ends the task; only where one run suffices. */
  TxHash contributeAndFinalize(
      AttemptId id, Authorization authorization, Digest digest, Settlement settlement);

  /** Reveals, and returns once mined; asking again for the same attempt sends nothing new. */
  TxHash reveal(AttemptId id, Digest digest);

  ChainView look(TaskId task, Digest digest);
}
