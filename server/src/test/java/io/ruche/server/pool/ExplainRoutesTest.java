package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.link.FromPool;
import io.ruche.server.ScriptedWorker;
import io.ruche.testkit.MatchTerms;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainRoutesTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir
  Path folder;

  private static JsonNode get(String url) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url))
          .timeout(Duration.ofSeconds(20))
          .build();
      return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }
  }

  @Test
  void aPoolSaysWhyItsTasksWaitAndWhatItsWorkersDo() throws Exception {
    var chain = new FakeChain();
    var wallet = chain.deposited();
    try (var pool = PoolFixture.start(folder, chain);
        var worker = ScriptedWorker.join(pool.url(), wallet, 1, 3)) {
      chain.buy(MatchTerms.standard());
      worker.await(FromPool.Assign.class);

      var answer = get(pool.url() + "/pool/explain");

      assertThat(answer.path("ok").asBoolean()).isTrue();
      assertThat(answer.path("connected").asInt()).isEqualTo(1);
      assertThat(answer.path("idle").asInt()).isZero();
      var groups = answer.path("workers");
      assertThat(groups).hasSize(1);
      assertThat(groups.get(0).path("kind").asText()).isEqualTo("Alike");
      assertThat(groups.get(0).path("sentence").asText())
          .isEqualTo("1 worker (%s): are busy.".formatted(wallet.address()));
    }
  }
}
