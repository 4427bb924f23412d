package io.ruche.agent.chain;

import io.ruche.chain.tx.OutboxEntry;
import io.ruche.chain.tx.OutboxStore;
import io.ruche.chain.tx.TxState;
import io.ruche.core.Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Transactions that are still open, in memory. A worker needs no more: what may be sent is in its
 * journal, and after a start the chain is asked before anything is sent again.
 */
final class OpenOutbox implements OutboxStore {
  private final Map<String, OutboxEntry> open = new LinkedHashMap<>();

  @Override
  public List<OutboxEntry> loadOpen(long chainId, Address sender) {
    return List.of();
  }

  @Override
  public synchronized Optional<OutboxEntry> find(long chainId, Address sender, String actionKey) {
    return Optional.ofNullable(open.get(actionKey));
  }

  @Override
  public synchronized void save(List<OutboxEntry> entries) {
    for (var entry : entries) {
      if (entry.state() instanceof TxState.Settled) {
        open.remove(entry.actionKey());
      } else {
        open.put(entry.actionKey(), entry);
      }
    }
  }
}
