package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.FailureCode;
import io.ruche.core.RequesterText;
import io.ruche.core.RequesterText.Action;
import io.ruche.core.TaskId;
import io.ruche.link.AttemptRef;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.Phase;
import io.ruche.scheduler.CancelState;
import io.ruche.scheduler.ChainEvent;
import io.ruche.server.ScriptedWorker;
import io.ruche.testkit.MatchTerms;
import io.ruche.testkit.Sample;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may stop a task, and what the worker and the requester are told. */
class CancelRoutesTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir
  Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeChain chain = new FakeChain();
  private final Wallet requester = chain.deposited();
  private final PoolFixture.Setup setup = PoolFixture.Setup.standard();
  private PoolFixture fixture;
  private ScriptedWorker worker;
  private AttemptRef ref;

  private record Answer(int status, JsonNode json) {
    String code() {
      return json.path("code").asText();
    }
  }

  private void assign(int maxVersion) {
    fixture = PoolFixture.start(folder, chain, setup);
    worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1, maxVersion);
    chain.buy(MatchTerms.standard().withRequester(requester.address()));
    ref = worker.await(FromPool.Assign.class).ref();
  }

  @AfterEach
  void stop() {
    worker.close();
    http.shutdownNow();
    fixture.close();
  }

  private Answer cancel(Wallet wallet, TaskId task) throws Exception {
    var text =
        new RequesterText(Action.CANCEL, PoolFixture.CHAIN_ID, Sample.POOL, task, Instant.now());
    var request = HttpRequest.newBuilder(URI.create(fixture.url() + "/tasks/" + task + "/cancel"))
        .timeout(Duration.ofSeconds(20))
        .header("Ruche-Address", wallet.address().checksummed())
        .header("Ruche-Time", text.time().toString())
        .header("Ruche-Signature", wallet.signText(text.text()).hex())
        .POST(BodyPublishers.noBody())
        .build();
    var answer = http.send(request, BodyHandlers.ofString());
    return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
  }

  @Test
  void theWorkerGetsTheRequestersOwnWordAndSaysThatItStopped() throws Exception {
    assign(3);

    var answer = cancel(requester, ref.task());

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("state").asText()).isEqualTo("CANCELLING");
    assertThat(answer.json().path("running").asInt()).isEqualTo(1);
    var told = worker.await(FromPool.Cancel.class);
    assertThat(told.ref()).isEqualTo(ref);
    var text = told.cancellation().text(PoolFixture.CHAIN_ID, Sample.POOL, ref.task());
    assertThat(requester.signText(text.text())).isEqualTo(told.cancellation().signature());

    worker.send(new FromWorker.Failed(ref, FailureCode.CANCELLED, 0, "stopped"));
    var certify = worker.await(FromPool.CertifyFailure.class);
    assertThat(certify.failure().code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(certify.authorization()).isNotNull();
  }

  @Test
  void saidAgainItSucceedsAndSaysSo() throws Exception {
    assign(3);
    cancel(requester, ref.task());

    var answer = cancel(requester, ref.task());

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("isRepeated").asBoolean()).isTrue();
  }

  @Test
  void theWordIsOnDiskBeforeTheAnswer() throws Exception {
    assign(3);
    cancel(requester, ref.task());
    worker.close();
    fixture.close();

    fixture = PoolFixture.start(folder, chain, setup);
    worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1);

    assertThat(cancel(requester, ref.task()).json().path("isRepeated").asBoolean())
        .isTrue();
  }

  @Test
  void aStrangerIsRefusedAndAnUnknownTaskIsNamed() throws Exception {
    assign(3);

    var stranger = cancel(Wallet.random(), ref.task());
    assertThat(stranger.status()).isEqualTo(403);
    assertThat(stranger.code()).isEqualTo("NOT_REQUESTER");
    var unknown = cancel(requester, new TaskId("0x" + "ab".repeat(32)));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.code()).isEqualTo("TASK_UNKNOWN");
  }

  @Test
  void aRunThatIsPastItsResultIsTooLate() throws Exception {
    assign(3);
    worker.send(new FromWorker.Heartbeat(
        0, List.of(new FromWorker.Running(ref, Phase.CONTRIBUTING)), null));
    worker.await(() -> fixture.pool.cancelState(ref.task()) instanceof CancelState.TooLate);

    var answer = cancel(requester, ref.task());

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("TOO_LATE");
  }

  @Test
  void aWorkerOfAnOlderVersionIsNotToldWhatItDoesNotKnow() throws Exception {
    assign(2);

    var answer = cancel(requester, ref.task());

    assertThat(answer.code()).isEqualTo("TOO_LATE");
    assertThat(worker.poll(FromPool.Cancel.class)).isNull();
  }

  @Test
  void aSettledTaskIsNotCancelled() throws Exception {
    assign(3);
    fixture.pool.put(new ChainEvent.TaskFinalized(ref.task()));

    var answer = cancel(requester, ref.task());

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("ALREADY_SETTLED");
  }
}
