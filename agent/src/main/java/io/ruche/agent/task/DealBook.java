package io.ruche.agent.task;

import io.ruche.agent.chain.DealFacts;
import io.ruche.agent.chain.WorkerChain;
import io.ruche.core.DealId;
import io.ruche.core.RucheException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Deals as the chain has them, read once each: a deal never changes. Any thread may call; deals are
 * read one at a time.
 */
public final class DealBook {
  private static final int MAX_DEALS = 256;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final WorkerChain chain;
  private final Duration patience;
  private final Map<DealId, DealCase> cases = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * An empty book.
   *
   * @param patience how long a deal that this node does not know yet is waited for
   */
  public DealBook(WorkerChain chain, Duration patience) {
    this.chain = chain;
    this.patience = patience;
  }

  /**
   * The deal's case.
   *
   * @throws RucheException DEAL_UNKNOWN when the chain does not show it in time
   */
  public synchronized DealCase find(DealId id) throws InterruptedException {
    var known = cases.get(id);
    if (known != null) {
      return known;
    }
    var read = DealCase.of(read(id));
    cases.put(id, read);
    if (cases.size() > MAX_DEALS) {
      var eldest = cases.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
    return read;
  }

  private DealFacts read(DealId id) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      var facts = chain.deal(id);
      if (facts.isPresent()) {
        return facts.get();
      }
      if (System.nanoTime() >= end) {
        throw new RucheException(
            "DEAL_UNKNOWN",
            "this worker's node does not show deal %s within %s.".formatted(id, patience),
            "Check that the node follows the chain.",
            false);
      }
      Thread.sleep(PAUSE);
    }
  }
}
