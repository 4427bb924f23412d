package io.ruche.agent;

import io.ruche.agent.chain.DealFacts;
import io.ruche.agent.chain.WorkerChain;
import io.ruche.core.Authorization;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.RucheException;
import io.ruche.core.Settlement;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;
import io.ruche.worker.AttemptId;
import io.ruche.worker.ChainView;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One hub with one worker, in memory. A reveal is refused unless the task revealed, as on chain.
 */
public final class FakeChain implements WorkerChain {
  static final TxHash TX = new TxHash("0x" + "01".repeat(32));

  final Map<DealId, DealFacts> deals = new ConcurrentHashMap<>();
  final Map<TaskId, Digest> contributed = new ConcurrentHashMap<>();
  final Map<TaskId, Boolean> revealing = new ConcurrentHashMap<>();
  final Map<TaskId, Digest> revealed = new ConcurrentHashMap<>();
  final Map<TaskId, Settlement> settled = new ConcurrentHashMap<>();
  final AtomicInteger contributions = new AtomicInteger();
  final AtomicInteger dealReads = new AtomicInteger();
  private final AtomicInteger missedStakes = new AtomicInteger();
  volatile TokenAmount stake = TokenAmount.ofNano(100);
  volatile boolean isDown;

  /** Contributions are mined, but the worker hears of it only once this is open. */
  volatile CountDownLatch answers = new CountDownLatch(0);

  /** The stake cannot be read so many times. */
  public void missStakes(int count) {
    missedStakes.set(count);
  }

  public void sell(DealFacts facts) {
    deals.put(facts.deal().id(), facts);
  }

  @Override
  public Optional<DealFacts> deal(DealId id) {
    dealReads.incrementAndGet();
    return Optional.ofNullable(deals.get(id));
  }

  @Override
  public TokenAmount freeStake(TokenAmount needed) {
    if (missedStakes.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
      throw new RucheException("CHAIN_UNREACHABLE", "no answer.", "", true);
    }
    return stake;
  }

  @Override
  public TxHash contribute(AttemptId id, Authorization authorization, Digest digest) {
    requireUp();
    contributions.incrementAndGet();
    if (contributed.putIfAbsent(id.task(), digest) != null) {
      throw new RucheException("TX_REVERTED", "contributed already.", "", false);
    }
    awaitAnswers();
    return TX;
  }

  private void awaitAnswers() {
    try {
      answers.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RucheException("TX_PENDING", "interrupted.", "", true, e);
    }
  }

  @Override
  public TxHash contributeAndFinalize(
      AttemptId id, Authorization authorization, Digest digest, Settlement settlement) {
    var tx = contribute(id, authorization, digest);
    settled.put(id.task(), settlement);
    revealed.put(id.task(), digest);
    return tx;
  }

  @Override
  public TxHash reveal(AttemptId id, Digest digest) {
    requireUp();
    if (!revealing.containsKey(id.task()) || !digest.equals(contributed.get(id.task()))) {
      throw new RucheException("TX_REVERTED", "not to be revealed.", "", false);
    }
    revealed.put(id.task(), digest);
    return TX;
  }

  @Override
  public ChainView look(TaskId task, Digest digest) {
    requireUp();
    var standing = revealed.containsKey(task)
        ? ChainView.Standing.PROVED
        : contributed.containsKey(task) ? ChainView.Standing.CONTRIBUTED : ChainView.Standing.NONE;
    boolean isRevealing = revealing.containsKey(task);
    return new ChainView(
        isRevealing ? TaskStatus.REVEALING : TaskStatus.ACTIVE, standing, isRevealing);
  }

  private void requireUp() {
    if (isDown) {
      throw new RucheException("CHAIN_UNREACHABLE", "no answer.", "", true);
    }
  }
}
