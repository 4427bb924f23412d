package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.OperatorText;
import io.ruche.core.OperatorText.Action;
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

/** The pool's owner, and nobody else, says who gets no work. */
class BanRoutesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Address WORKER = Sample.worker(3);

  @TempDir
  Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private PoolFixture fixture;

  @BeforeEach
  void start() {
    var setup = PoolFixture.Setup.standard().withOwner(PoolFixture.OWNER.address());
    fixture = PoolFixture.start(folder, new FakeChain(), setup);
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    fixture.close();
  }

  private String say(Wallet wallet, Action action, String reason, Instant time) throws Exception {
    var text = new OperatorText(action, PoolFixture.CHAIN_ID, Sample.POOL, WORKER, reason, time);
    var query = reason.isEmpty() ? "" : "?reason=" + reason;
    var request = HttpRequest.newBuilder(URI.create(fixture.url() + "/pool/bans/" + WORKER + query))
        .timeout(Duration.ofSeconds(20))
        .header("Ruche-Address", wallet.address().checksummed())
        .header("Ruche-Time", text.time().toString())
        .header("Ruche-Signature", wallet.signText(text.text()).hex())
        .method(action == Action.BAN ? "POST" : "DELETE", BodyPublishers.noBody())
        .build();
    var answer = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    return answer.path("code").asText(answer.path("state").asText());
  }

  @Test
  void theOwnersWordIsOnDiskWithTheAnswer() throws Exception {
    assertThat(say(PoolFixture.OWNER, Action.BAN, "overheats", Instant.now())).isEqualTo("BANNED");

    assertThat(fixture.facts()).anyMatch(fact -> fact.toString().contains("overheats"));
    assertThat(say(PoolFixture.OWNER, Action.READMIT, "", Instant.now())).isEqualTo("ADMITTED");
  }

  @Test
  void nobodyElsesWordCounts() throws Exception {
    assertThat(say(Wallet.random(), Action.BAN, "rival", Instant.now())).isEqualTo("NOT_OPERATOR");
    assertThat(fixture.facts()).isEmpty();
  }

  @Test
  void anOldWordIsNotTaken() throws Exception {
    var longAgo = Instant.now().minus(OperatorText.VALID_FOR).minusSeconds(2);

    assertThat(say(PoolFixture.OWNER, Action.BAN, "overheats", longAgo))
        .isEqualTo("SIGNATURE_EXPIRED");
  }

  @Test
  void aBanNeedsAReason() throws Exception {
    assertThat(say(PoolFixture.OWNER, Action.BAN, "", Instant.now())).isEqualTo("BAD_PARAMETER");
  }
}
