package io.ruche.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ruche.core.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetcherTest {
  @TempDir
  Path home;

  @Test
  void fetchesOnceAndThenFromTheCache() throws IOException {
    byte[] bytes = Pattern.bytes(300_000);
    var sha256 = Sha256.of(Hashing.sha256().digest(bytes));
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
    server.start();
    var location = "http://127.0.0.1:" + server.getAddress().getPort() + "/x";
    var request = new FetchRequest(location, new Checksum.Known(sha256));

    try (var cache = DataCache.open(home.resolve("cache"), 1 << 20, InstantSource.system());
        var fetcher = new Fetcher(FetchSettings.development())) {
      try (var datum = fetcher.fetch(request, cache)) {
        assertThat(Files.readAllBytes(datum.file())).isEqualTo(bytes);
      }
      server.stop(0);
      try (var datum = fetcher.fetch(request, cache)) {
        assertThat(datum.sizeBytes()).isEqualTo(bytes.length);
      }
    }
  }
}
