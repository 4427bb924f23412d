package io.ruche.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureRoutesTest {
  private static HttpResponse<byte[]> ask(HttpOrigin origin, long bytes) throws Exception {
    var uri = URI.create(origin.url()).resolve("/measure?bytes=" + bytes);
    try (var http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    }
  }

  @Test
  void asManyBytesAsAskedAreSentWithinBounds() throws Exception {
    try (var origin =
        HttpOrigin.start(HttpSettings.defaults(), 65_536, List.of(new MeasureRoutes()))) {
      assertThat(ask(origin, 100_001).body()).hasSize(100_001);
      assertThat(ask(origin, (8 << 20) + 1).statusCode()).isEqualTo(400);
      for (int i = 0; i < 5; i++) {
        assertThat(ask(origin, 1).statusCode()).isEqualTo(200);
      }
      assertThat(ask(origin, 1).statusCode()).isEqualTo(429);
    }
  }
}
