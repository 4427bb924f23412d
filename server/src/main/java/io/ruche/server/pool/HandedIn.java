package io.ruche.server.pool;

import io.ruche.core.Address;
import io.ruche.scheduler.AttemptId;
import io.ruche.server.data.SmallResult;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Small results that workers sent before they were asked. In memory only and bounded: what is
 * missing here is asked for. Any thread may call.
 */
final class HandedIn {
  /** The oldest give way. */
  static final int MAX_BYTES = 32 << 20;

  private final LinkedHashMap<Key, SmallResult> results = new LinkedHashMap<>();
  private int bytes;

  private record Key(Address machine, AttemptId attempt) {}

  /** Keeps it, in place of an earlier one of the same attempt. */
  synchronized void keep(Address machine, AttemptId attempt, SmallResult result) {
    remove(new Key(machine, attempt));
    results.put(new Key(machine, attempt), result);
    bytes += result.sizeBytes();
    while (bytes > MAX_BYTES) {
      remove(results.firstEntry().getKey());
    }
  }

  /** What the machine handed in for the attempt; null when there is nothing. Given once. */
  synchronized @Nullable SmallResult take(Address machine, AttemptId attempt) {
    return remove(new Key(machine, attempt));
  }

  private @Nullable SmallResult remove(Key key) {
    var result = results.remove(key);
    bytes -= result == null ? 0 : result.sizeBytes();
    return result;
  }
}
