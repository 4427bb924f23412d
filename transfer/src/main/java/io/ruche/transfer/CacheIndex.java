package io.ruche.transfer;

import io.ruche.core.RucheException;
import io.ruche.core.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a {@link DataCache} knows of its files: sizes, who is in use, who was used longest ago. */
final class CacheIndex {
  /** A cache with more files than this is not ours. */
  private static final int MAX_FILES = 1_000_000;

  private final long maxBytes;
  /** Least recently used first. */
  private final LinkedHashMap<Sha256, Item> items = new LinkedHashMap<>(16, 0.75f, true);

  private final Map<Sha256, Integer> pins = new HashMap<>();
  private long usedBytes;

  /** One file, and its stamp when its bytes were last hashed in this process. */
  private record Item(long sizeBytes, @Nullable FileStamp verified) {}

  private record Found(Sha256 sha256, FileStamp stamp) {}

  CacheIndex(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Reads names, sizes and times of all files; bytes are verified later, at first use. */
  synchronized void readFolder(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data, 2)) {
      List<Path> named =
          files.filter(CacheIndex::isNamedByHash).limit(MAX_FILES).toList();
      named.stream()
          .map(CacheIndex::found)
          .sorted(Comparator.comparing(found -> found.stamp().modified()))
          .forEach(found -> put(found.sha256(), new Item(found.stamp().sizeBytes(), null)));
    }
  }

  long maxBytes() {
    return maxBytes;
  }

  synchronized long usedBytes() {
    return usedBytes;
  }

  synchronized boolean isVerified(Sha256 sha256, FileStamp stamp) {
    var item = items.get(sha256);
    return item != null && stamp.equals(item.verified());
  }

  /** Records that the bytes of a file were just hashed. */
  synchronized void markVerified(Sha256 sha256, FileStamp stamp) {
    put(sha256, new Item(stamp.sizeBytes(), stamp));
  }

  /** Protects a file from eviction, when it is here. */
  synchronized boolean pin(Sha256 sha256) {
    if (!items.containsKey(sha256)) {
      return false;
    }
    pins.merge(sha256, 1, Integer::sum);
    return true;
  }

  synchronized void unpin(Sha256 sha256) {
    pins.computeIfPresent(sha256, (key, count) -> count == 1 ? null : count - 1);
  }

  synchronized void forget(Sha256 sha256) {
    var old = items.remove(sha256);
    usedBytes -= old == null ? 0 : old.sizeBytes();
  }

  /**
   * Makes room for a file about to arrive, counts it and pins it. {@code delete} is called for each
   * file that has to go.
   *
   * @throws RucheException CACHE_FULL when what is in use leaves too little room
   */
  synchronized void admit(Sha256 sha256, long sizeBytes, Consumer<Sha256> delete) {
    refuseWithoutRoom(sizeBytes);
    evictFor(sizeBytes, delete);
    put(sha256, new Item(sizeBytes, null));
    pins.merge(sha256, 1, Integer::sum);
  }

  /** Deletes least recently used files until {@code wanted} further bytes fit. */
  synchronized void evictFor(long wanted, Consumer<Sha256> delete) {
    var oldestFirst = items.entrySet().iterator();
    while (usedBytes > maxBytes - wanted && oldestFirst.hasNext()) {
      var entry = oldestFirst.next();
      if (!pins.containsKey(entry.getKey())) {
        delete.accept(entry.getKey());
        usedBytes -= entry.getValue().sizeBytes();
        oldestFirst.remove();
      }
    }
  }

  private void refuseWithoutRoom(long wanted) {
    long pinnedBytes = 0;
    for (var item : items.entrySet()) {
      pinnedBytes += pins.containsKey(item.getKey()) ? item.getValue().sizeBytes() : 0;
    }
    if (wanted > maxBytes - pinnedBytes) {
      throw TransferCode.CACHE_FULL.error(
          "The data cache of %d bytes cannot take %d more: %d are in use."
              .formatted(maxBytes, wanted, pinnedBytes),
          "Raise the cache's limit, or run fewer tasks at a time.");
    }
  }

  private void put(Sha256 sha256, Item item) {
    var old = items.put(sha256, item);
    usedBytes += item.sizeBytes() - (old == null ? 0 : old.sizeBytes());
  }

  private static boolean isNamedByHash(Path file) {
    return Files.isRegularFile(file) && file.getFileName().toString().matches("[0-9a-f]{64}");
  }

  private static Found found(Path file) {
    try {
      return new Found(new Sha256("0x" + file.getFileName()), FileStamp.of(file));
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot read " + file, e);
    }
  }
}
