package io.ruche.chain.tx;

import io.ruche.core.Address;
import java.util.List;
import java.util.Optional;

/**
 * Where signed transactions are kept before they leave, so that a restart sends the same ones
 * again.
 */
public interface OutboxStore {
  /** Entries that are not {@link TxState.Settled}, in any order. */
  List<OutboxEntry> loadOpen(long chainId, Address sender);

  /** The entry of an action, settled or not; the store may forget settled ones after a while. */
  Optional<OutboxEntry> find(long chainId, Address sender, String actionKey);

  /**
   * Adds or replaces entries by (chain, sender, action key): all or none, synced to disk when it
   * returns. Called by one thread at a time per sender.
   */
  void save(List<OutboxEntry> entries);
}
