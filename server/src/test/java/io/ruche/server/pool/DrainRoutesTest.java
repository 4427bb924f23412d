package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.OperatorText;
import io.ruche.core.OperatorText.Action;
import io.ruche.link.FromPool;
import io.ruche.server.ScriptedWorker;
import io.ruche.testkit.Sample;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool's owner, and nobody else, stops the selling; what is sold goes on. */
class DrainRoutesTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir
  Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeChain chain = new FakeChain();
  private PoolFixture fixture;

  @BeforeEach
  void start() {
    var setup = PoolFixture.Setup.standard().withOwner(PoolFixture.OWNER.address());
    fixture = PoolFixture.start(folder, chain, setup);
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    fixture.close();
  }

  private JsonNode ask(HttpRequest.Builder request) throws Exception {
    var complete = request.timeout(Duration.ofSeconds(20)).build();
    return JSON.readTree(http.send(complete, BodyHandlers.ofString()).body());
  }

  private String say(Wallet wallet, Action action, String method) throws Exception {
    var text = new OperatorText(
        action, PoolFixture.CHAIN_ID, Sample.POOL, Address.ZERO, "", Instant.now());
    var answer = ask(HttpRequest.newBuilder(URI.create(fixture.url() + "/pool/drain"))
        .header("Ruche-Address", wallet.address().checksummed())
        .header("Ruche-Time", text.time().toString())
        .header("Ruche-Signature", wallet.signText(text.text()).hex())
        .method(method, BodyPublishers.noBody()));
    return answer.path("code").asText(answer.path("state").asText());
  }

  @Test
  void aDrainedPoolFinishesWhatIsSoldAndTellsWhatIsLeft() throws Exception {
    chain.buy(3, 1);

    assertThat(say(PoolFixture.OWNER, Action.DRAIN, "POST")).isEqualTo("DRAINING");

    assertThat(fixture.pool().isDrained()).isTrue();
    var status = ask(HttpRequest.newBuilder(URI.create(fixture.url() + "/pool/status")));
    assertThat(status.path("drainedSince").asText()).isNotEmpty();
    assertThat(status.path("openTasks").asLong()).isEqualTo(3);
    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      worker.await(FromPool.Assign.class);
    }
  }

  @Test
  void aResumedPoolSellsAgain() throws Exception {
    say(PoolFixture.OWNER, Action.DRAIN, "POST");

    assertThat(say(PoolFixture.OWNER, Action.RESUME, "DELETE")).isEqualTo("SELLING");

    assertThat(fixture.pool().isDrained()).isFalse();
  }

  @Test
  void nobodyElsesWordCountsNorOneForSomethingElse() throws Exception {
    assertThat(say(Wallet.random(), Action.DRAIN, "POST")).isEqualTo("NOT_OPERATOR");
    assertThat(say(PoolFixture.OWNER, Action.RESUME, "POST")).isEqualTo("BAD_SIGNATURE");
    assertThat(fixture.facts()).isEmpty();
  }
}
