package io.ruche.transfer;

import static io.ruche.transfer.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCacheTest {
  private static final int CAPACITY = 100;

  @TempDir
  Path home;

  private final AtomicLong seconds = new AtomicLong(1_000_000);

  @Test
  void leastRecentlyUsedGoesFirst() {
    try (var cache = open()) {
      put(cache, 1, 40);
      put(cache, 2, 40);
      assertThat(has(cache, 1)).isTrue();

      put(cache, 3, 40);

      assertThat(has(cache, 2)).isFalse();
      assertThat(has(cache, 1)).isTrue();
      assertThat(has(cache, 3)).isTrue();
      assertThat(cache.usedBytes()).isEqualTo(80);
    }
  }

  @Test
  void datumInUseIsNeverEvicted() {
    try (var cache = open()) {
      var used = obtain(cache, 1, 40);
      put(cache, 2, 40);
      put(cache, 3, 40);

      assertThat(has(cache, 1)).isTrue();
      assertThat(has(cache, 2)).isFalse();
      assertThat(used.file()).exists();

      used.close();
      used.close();
      put(cache, 4, 60);
      put(cache, 5, 40);
      assertThat(has(cache, 1)).isFalse();
    }
  }

  @Test
  void fullOfDataInUseRefusesMore() {
    try (var cache = open()) {
      var first = obtain(cache, 1, 60);
      assertFails(TransferCode.CACHE_FULL, () -> put(cache, 2, 41));
      assertFails(TransferCode.CACHE_FULL, () -> put(cache, 3, CAPACITY + 1));

      first.close();
      put(cache, 2, 41);

      assertThat(has(cache, 1)).isFalse();
      assertThat(has(cache, 2)).isTrue();
    }
  }

  @Test
  void contentAndOrderSurviveARestart() throws IOException {
    try (var cache = open()) {
      put(cache, 1, 40);
      put(cache, 2, 40);
      assertThat(has(cache, 1)).isTrue();
    }
    Files.write(home.resolve("tmp/datum-9.part"), new byte[10]);

    try (var cache = open()) {
      assertThat(cache.usedBytes()).isEqualTo(80);
      assertThat(home.resolve("tmp")).isEmptyDirectory();
      put(cache, 3, 40);
      assertThat(has(cache, 2)).isFalse();
      assertThat(has(cache, 1)).isTrue();
    }
  }

  @Test
  void smallerCacheShrinksWhenOpened() {
    try (var cache = open()) {
      put(cache, 1, 40);
      put(cache, 2, 40);
    }

    try (var cache = DataCache.open(home, 50, this::now)) {
      assertThat(cache.usedBytes()).isEqualTo(40);
      assertThat(has(cache, 1)).isFalse();
      assertThat(has(cache, 2)).isTrue();
    }
  }

  @Test
  void corruptFileIsDroppedAndLoadedAgain() throws IOException {
    try (var cache = open()) {
      put(cache, 1, 40);
    }
    try (var cache = open()) {
      try (var datum = obtain(cache, 1, 40)) {
        damage(datum.file());
      }
      assertThat(has(cache, 1)).isFalse();
      assertThat(cache.usedBytes()).isZero();

      try (var datum = obtain(cache, 1, 40)) {
        assertThat(datum.file()).hasBinaryContent(bytes(1, 40));
      }
    }
  }

  @Test
  void corruptionWhileStoppedIsFound() throws IOException {
    Path file;
    try (var cache = open();
        var datum = obtain(cache, 1, 40)) {
      file = datum.file();
    }
    var time = Files.getLastModifiedTime(file);
    damage(file);
    Files.setLastModifiedTime(file, time);

    try (var cache = open()) {
      assertThat(has(cache, 1)).isFalse();
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void cachedFileIsReadOnly() throws IOException {
    try (var cache = open();
        var datum = obtain(cache, 1, 40)) {
      assertThat(Files.getPosixFilePermissions(datum.file()))
          .doesNotContain(PosixFilePermission.OWNER_WRITE);
    }
  }

  @Test
  void vanishedFileIsLoadedAgain() throws IOException {
    try (var cache = open()) {
      try (var datum = obtain(cache, 1, 40)) {
        Files.delete(datum.file());
      }
      try (var datum = obtain(cache, 1, 40)) {
        assertThat(datum.file()).hasBinaryContent(bytes(1, 40));
      }
    }
  }

  @Test
  void oneProcessAtATime() {
    try (var first = open()) {
      assertFails(TransferCode.CACHE_IN_USE, this::open);
      put(first, 1, 10);
    }
    open().close();
  }

  private DataCache open() {
    return DataCache.open(home, CAPACITY, this::now);
  }

  private Instant now() {
    return Instant.ofEpochSecond(seconds.incrementAndGet());
  }

  private static Datum obtain(DataCache cache, int seed, int size) {
    byte[] bytes = bytes(seed, size);
    return cache.obtain(sha256(bytes), Long.MAX_VALUE, part -> part.append(bytes, bytes.length));
  }

  private static void put(DataCache cache, int seed, int size) {
    obtain(cache, seed, size).close();
  }

  private static boolean has(DataCache cache, int seed) {
    for (int size : new int[] {10, 40, 41, 60}) {
      var found = cache.find(sha256(bytes(seed, size)));
      found.ifPresent(Datum::close);
      if (found.isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static byte[] bytes(int seed, int size) {
    byte[] bytes = new byte[size];
    java.util.Arrays.fill(bytes, (byte) seed);
    return bytes;
  }

  private static Sha256 sha256(byte[] bytes) {
    return Sha256.of(Hashing.sha256().digest(bytes));
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] ^= 1;
    Files.delete(file);
    Files.write(file, bytes);
  }
}
