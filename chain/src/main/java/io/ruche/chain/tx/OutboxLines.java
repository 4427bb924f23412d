package io.ruche.chain.tx;

import io.ruche.core.Address;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries that the lines of a file stand for: the last of each action, and not too many settled
 * ones.
 */
final class OutboxLines {
  private record Id(long chainId, Address sender, String actionKey) {}

  private final int keptSettled;
  private final Map<Id, OutboxEntry> entries = new LinkedHashMap<>();
  private int settled;

  OutboxLines(int keptSettled) {
    this.keptSettled = keptSettled;
  }

  /**
   * A last line that a crash cut off was never acted on, so it is dropped; any other must be whole.
   */
  void readAll(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      try {
        put(OutboxJson.read(lines.get(i)));
      } catch (IllegalArgumentException e) {
        if (i < lines.size() - 1) {
          throw new IllegalArgumentException(
              "line %d is broken: %s".formatted(i + 1, e.getMessage()), e);
        }
      }
    }
  }

  Collection<OutboxEntry> all() {
    return entries.values();
  }

  Optional<OutboxEntry> find(long chainId, Address sender, String actionKey) {
    return Optional.ofNullable(entries.get(new Id(chainId, sender, actionKey)));
  }

  void put(OutboxEntry entry) {
    var id = new Id(entry.chainId(), entry.sender(), entry.actionKey());
    var before = entries.remove(id);
    settled -= isSettled(before) ? 1 : 0;
    entries.put(id, isSettled(entry) ? entry.slim() : entry);
    settled += isSettled(entry) ? 1 : 0;
    if (settled > 2 * keptSettled) {
      dropOldest();
    }
  }

  private void dropOldest() {
    var oldest = entries.entrySet().iterator();
    while (settled > keptSettled && oldest.hasNext()) {
      if (isSettled(oldest.next().getValue())) {
        oldest.remove();
        settled--;
      }
    }
  }

  private static boolean isSettled(@Nullable OutboxEntry entry) {
    return entry != null && entry.state() instanceof TxState.Settled;
  }
}
