package io.ruche.transfer;

import io.ruche.core.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A cache, a fetcher with fake time and the scripted servers of one test. */
abstract class FetcherFixture {
  static final byte[] FILE = Pattern.bytes(400_000);
  static final Sha256 FILE_SHA256 = Sha256.of(Hashing.sha256().digest(FILE));
  static final Checksum FILE_CHECKSUM = new Checksum.Known(FILE_SHA256);
  static final int TRIES = 4;
  private static final long CACHE_BYTES = 2_000_000;

  @TempDir
  Path home;

  FakeWaiting waiting = new FakeWaiting(Duration.ZERO);
  HostResolver resolver = HostResolver.system();
  private final ArrayList<AutoCloseable> open = new ArrayList<>();

  private @Nullable DataCache cache;

  @BeforeEach
  void openCache() {
    cache = DataCache.open(home.resolve("cache"), CACHE_BYTES, InstantSource.system());
    open.add(cache);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  DataCache cache() {
    return Objects.requireNonNull(cache);
  }

  ScriptedServer server(ScriptedServer.Script script) throws IOException {
    var server = new ScriptedServer(script);
    open.add(server);
    return server;
  }

  Fetcher fetcher(FetchSettings settings) {
    var fetcher = new Fetcher(settings, waiting, resolver);
    open.add(fetcher);
    return fetcher;
  }

  /** Lets tests reach loopback, with few tries and short silences. */
  static FetchSettings lenient() {
    return settings(true, List.of());
  }

  /** As a worker runs by default, and gateways. */
  static FetchSettings strict(URI... gateways) {
    return settings(false, List.of(gateways));
  }

  private static FetchSettings settings(boolean isLenient, List<URI> gateways) {
    return new FetchSettings(
        isLenient,
        isLenient,
        gateways,
        1_000_000,
        3,
        new FetchSettings.Retries(TRIES, Duration.ofSeconds(1), Duration.ofSeconds(3)),
        new FetchSettings.Timeouts(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(10)));
  }

  /** Fetches the file and gives its bytes back. */
  byte[] fetch(String location) throws IOException {
    return fetch(location, FILE_CHECKSUM);
  }

  byte[] fetch(String location, Checksum checksum) throws IOException {
    return fetch(lenient(), location, checksum);
  }

  byte[] fetch(FetchSettings settings, String location, Checksum checksum) throws IOException {
    try (var datum = fetcher(settings).fetch(new FetchRequest(location, checksum), cache())) {
      return Files.readAllBytes(datum.file());
    }
  }

  /** All files that the cache's folder holds, but its lock. */
  List<Path> cachedFiles() throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("cache"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("lock"))
          .toList();
    }
  }
}
