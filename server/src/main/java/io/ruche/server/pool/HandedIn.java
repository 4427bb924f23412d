package io.ruche.server.pool;

import io.ruche.core.Address;
import io.ruche.scheduler.AttemptId;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Small results that workers sent before they were asked. In memory only and bounded: what is
 * missing here is asked for. Any thread may call.
 */
final class HandedIn {
  /** The oldest give way. */
  static final int MAX_BYTES = 32 << 20;

  private final LinkedHashMap<Key, byte[]> archives = new LinkedHashMap<>();
  private int bytes;

  private record Key(Address machine, AttemptId attempt) {}

  /** Keeps it, in place of an earlier one of the same attempt. */
  synchronized void keep(Address machine, AttemptId attempt, byte[] archive) {
    remove(new Key(machine, attempt));
    archives.put(new Key(machine, attempt), archive);
    bytes += archive.length;
    while (bytes > MAX_BYTES) {
      remove(archives.firstEntry().getKey());
    }
  }

  /** What the machine handed in for the attempt; null when there is nothing. Given once. */
  synchronized byte @Nullable [] take(Address machine, AttemptId attempt) {
    return remove(new Key(machine, attempt));
  }

  private byte @Nullable [] remove(Key key) {
    byte[] archive = archives.remove(key);
    bytes -= archive == null ? 0 : archive.length;
    return archive;
  }
}
