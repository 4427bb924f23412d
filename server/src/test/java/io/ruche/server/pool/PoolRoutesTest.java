package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.link.FromPool;
import io.ruche.server.ScriptedWorker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool as its operator sees it. */
class PoolRoutesTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir
  Path folder;

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeChain chain = new FakeChain();
  private PoolFixture fixture;

  @BeforeEach
  void start() {
    fixture = PoolFixture.start(folder, chain, PoolFixture.Setup.standard().withClock(now::get));
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    fixture.close();
  }

  private JsonNode get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(fixture.url() + path))
        .timeout(Duration.ofSeconds(20))
        .build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
  }

  @Test
  void workersAndTasksAreShownAsTheEngineSeesThem() throws Exception {
    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 2)) {
      chain.buy(3, 1);
      var ref = worker.await(FromPool.Assign.class).ref();
      worker.await(FromPool.Assign.class);

      var status = get("/pool/status");
      var machines = get("/pool/workers").path("workers");
      var running = get("/pool/tasks?stage=running");
      var one = get("/pool/tasks?stage=running&limit=1");

      assertThat(status.path("workers").asInt()).isEqualTo(1);
      assertThat(status.path("slots").asInt()).isEqualTo(2);
      assertThat(status.path("freeSlots").asInt()).isZero();
      assertThat(status.path("openDeals").asInt()).isEqualTo(1);
      assertThat(status.path("tasks").path("running").asInt()).isEqualTo(2);
      assertThat(machines.get(0).path("machine").asText())
          .isEqualTo(worker.address().checksummed());
      assertThat(machines.get(0).path("state").asText()).isEqualTo("busy");
      assertThat(running.path("tasks").findValuesAsText("task"))
          .contains(ref.task().hex());
      assertThat(running.path("further").asInt()).isZero();
      assertThat(one.path("tasks")).hasSize(1);
      assertThat(one.path("further").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aPictureIsDrawnAgainAfterASecondOnly() throws Exception {
    get("/pool/status");
    chain.buy(1, 1);

    assertThat(get("/pool/status").path("openDeals").asInt()).isZero();
    now.updateAndGet(time -> time.plusSeconds(2));
    assertThat(get("/pool/status").path("openDeals").asInt()).isEqualTo(1);
  }
}
