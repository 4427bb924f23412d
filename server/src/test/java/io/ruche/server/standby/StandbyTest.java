package io.ruche.server.standby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.RucheException;
import io.ruche.server.http.HttpSettings;
import io.ruche.store.Database;
import io.ruche.store.PostgresUrl;
import io.ruche.store.SqlFacts;
import io.ruche.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandbyTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch stop = new CountDownLatch(1);

  @TempDir
  Path folder;

  private Database first;
  private Database second;

  @BeforeEach
  void open() {
    var reason = TestPostgres.whyNot();
    Assumptions.assumeTrue(
        reason.isEmpty() || System.getenv("RUCHE_REQUIRE_ALL") != null, () -> reason.orElse(""));
    var url = new PostgresUrl(TestPostgres.freshDatabase(), "");
    first = Database.open(url);
    second = Database.open(url);
  }

  @AfterEach
  void close() {
    stop.countDown();
    if (first != null) {
      first.close();
      second.close();
    }
    client.close();
  }

  @Test
  void firstOneIsMasterWithoutWaiting() {
    var http = HttpSettings.defaults();

    assertThat(new Standby(first, http, "first").untilMaster(stop)).contains(http);
    assertThat(first.epoch()).isEqualTo(1);
  }

  @Test
  void standbySaysSoAndTakesOverAtOnceFromAMasterThatStops() throws Exception {
    new Standby(first, HttpSettings.defaults(), "first").untilMaster(stop);
    var http = HttpSettings.defaults().withPort(freePort());
    var waiting = inBackground(http);
    var health = untilAnswered(http.port(), "/health");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).contains("\"role\":\"standby\"");
    var ready = untilAnswered(http.port(), "/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("STANDBY").contains("the master is first");

    first.close();

    assertThat(waiting.join()).contains(http);
    assertThat(second.epoch()).isEqualTo(2);
    new ServerSocket(http.port()).close();
  }

  @Test
  void standbyEndsWhenItIsTold() {
    new Standby(first, HttpSettings.defaults(), "first").untilMaster(stop);
    var waiting = inBackground(HttpSettings.defaults());

    stop.countDown();

    assertThat(waiting.join()).isEmpty();
    assertThat(second.epoch()).isZero();
  }

  @Test
  void homeThatIsNotTheMastersIsRefused() {
    first.becomeMaster("first");
    new SharedHome(first, folder.resolve("one")).claim();

    new SharedHome(second, folder.resolve("one")).check();
    assertThatThrownBy(() -> new SharedHome(second, folder.resolve("two")).check())
        .isInstanceOfSatisfying(RucheException.class, e -> {
          assertThat(e.code()).isEqualTo("HOME_NOT_SHARED");
          assertThat(e.getMessage()).contains(folder.resolve("two").toString());
        });
    new SqlFacts(first).put("home mark", "another");
    assertThatThrownBy(() -> new SharedHome(second, folder.resolve("one")).check())
        .hasMessageContaining("another");
  }

  private CompletableFuture<Optional<HttpSettings>> inBackground(HttpSettings http) {
    return CompletableFuture.supplyAsync(
        () -> new Standby(second, http, "second").untilMaster(stop), Thread::startVirtualThread);
  }

  private HttpResponse<String> untilAnswered(int port, String path) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    while (true) {
      try {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
