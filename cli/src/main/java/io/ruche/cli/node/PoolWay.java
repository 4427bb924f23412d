package io.ruche.cli.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The way to a pool.
 *
 * @param answerMillis median of a few questions on one connection
 * @param bytesPerSecond of a download; null where the pool offers none
 */
record PoolWay(long answerMillis, @Nullable Long bytesPerSecond) {
  private static final int ASKED = 5;
  private static final int OK = 200;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** What a download may take, of bytes and of time. */
  private static final int BYTES = 8 << 20;

  private static final Duration DOWNLOAD = Duration.ofSeconds(3);
  private static final int PIECE = 64 << 10;

  static PoolWay measure(URI pool) throws InterruptedException {
    try (var http = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
      return new PoolWay(answerMillis(http, pool), bytesPerSecond(http, pool));
    } catch (IOException e) {
      throw PoolTerms.unreachable(pool, e);
    }
  }

  /** The first question also opens the connection. */
  private static long answerMillis(HttpClient http, URI pool)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(pool.resolve("/health")).timeout(LIMIT).build();
    var times = new ArrayList<Long>();
    for (int i = 0; i < ASKED; i++) {
      long start = System.nanoTime();
      var _ = http.send(request, BodyHandlers.discarding());
      times.add((System.nanoTime() - start) / 1_000_000);
    }
    return times.stream().sorted().toList().get(ASKED / 2);
  }

  private static @Nullable Long bytesPerSecond(HttpClient http, URI pool)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(pool.resolve("/measure?bytes=" + BYTES))
        .timeout(LIMIT)
        .build();
    var answer = http.send(request, BodyHandlers.ofInputStream());
    try (var body = answer.body()) {
      if (answer.statusCode() != OK) {
        return null;
      }
      long start = System.nanoTime();
      long read = 0;
      int piece = 0;
      while (piece >= 0 && read < BYTES && System.nanoTime() - start < DOWNLOAD.toNanos()) {
        read += piece;
        piece = body.readNBytes(PIECE).length;
        piece = piece == 0 ? -1 : piece;
      }
      return Math.round(read * 1e9 / Math.max(1, System.nanoTime() - start));
    }
  }
}
