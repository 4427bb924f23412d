package io.ruche.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.RucheException;
import io.ruche.core.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever is fetched and released: the cache stays within its bytes and keeps what is in use. */
class DataCachePropertyTest {
  private static final int CAPACITY = 100;

  @Property(tries = 40)
  void boundsAndUsersHold(@ForAll @Size(max = 30) List<@IntRange(max = 24) Integer> steps)
      throws IOException {
    var home = Files.createTempDirectory("cache-property");
    Deque<Datum> inUse = new ArrayDeque<>();
    long time = 0;
    var cache = open(home, time);
    try {
      for (int step : steps) {
        time++;
        if (step == 24) {
          inUse.forEach(Datum::close);
          inUse.clear();
          cache.close();
          cache = open(home, time);
        } else if (step >= 20 && !inUse.isEmpty()) {
          inUse.removeFirst().close();
        } else {
          obtain(cache, step % 20, inUse);
        }
        check(home, cache, inUse);
      }
    } finally {
      cache.close();
      DurableFiles.deleteTree(home);
    }
  }

  private static void obtain(DataCache cache, int seed, Deque<Datum> inUse) {
    byte[] bytes = new byte[5 + seed * 3];
    Arrays.fill(bytes, (byte) seed);
    var sha256 = Sha256.of(Hashing.sha256().digest(bytes));
    try {
      inUse.add(cache.obtain(sha256, CAPACITY, part -> part.append(bytes, bytes.length)));
    } catch (RucheException e) {
      long pinned = inUse.stream()
          .collect(Collectors.toMap(Datum::sha256, Datum::sizeBytes, (a, b) -> a))
          .values()
          .stream()
          .mapToLong(size -> size)
          .sum();
      assertThat(e.code()).isEqualTo(TransferCode.CACHE_FULL.name());
      assertThat(pinned + bytes.length).isGreaterThan(CAPACITY);
    }
  }

  private static void check(Path home, DataCache cache, Deque<Datum> inUse) throws IOException {
    long onDisk = 0;
    try (var files = Files.walk(home.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        onDisk += Files.size(file);
      }
    }
    assertThat(onDisk).isEqualTo(cache.usedBytes()).isLessThanOrEqualTo(CAPACITY);
    for (Datum datum : inUse) {
      assertThat(Hashing.sha256Of(datum.file())).isEqualTo(datum.sha256());
    }
  }

  private static DataCache open(Path home, long time) {
    return DataCache.open(home, CAPACITY, () -> Instant.ofEpochSecond(time));
  }
}
