package io.ruche.chain.tx;

import io.ruche.core.Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An outbox that forgets on exit: for tests and for commands that wait for their transaction. */
public final class MemoryOutbox implements OutboxStore {
  private record Id(long chainId, Address sender, String actionKey) {}

  private static final int MAX_ENTRIES = 100_000;

  private final Map<Id, OutboxEntry> entries = new LinkedHashMap<>();

  @Override
  public synchronized List<OutboxEntry> loadOpen(long chainId, Address sender) {
    return entries.values().stream()
        .filter(entry -> entry.chainId() == chainId && entry.sender().equals(sender))
        .filter(entry -> !(entry.state() instanceof TxState.Settled))
        .toList();
  }

  @Override
  public synchronized Optional<OutboxEntry> find(long chainId, Address sender, String actionKey) {
    return Optional.ofNullable(entries.get(new Id(chainId, sender, actionKey)));
  }

  @Override
  public synchronized void save(List<OutboxEntry> changed) {
    for (var entry : changed) {
      entries.put(new Id(entry.chainId(), entry.sender(), entry.actionKey()), entry);
    }
    if (entries.size() > MAX_ENTRIES) {
      entries.values().removeIf(entry -> entry.state() instanceof TxState.Settled);
    }
  }
}
