package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.RequesterText;
import io.ruche.core.RequesterText.Action;
import io.ruche.core.TaskId;
import io.ruche.link.AttemptRef;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.LogStream;
import io.ruche.server.ScriptedWorker;
import io.ruche.testkit.MatchTerms;
import io.ruche.testkit.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read what a run writes, and that a dropped line costs nothing of it. */
class LogRoutesTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir
  Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeChain chain = new FakeChain();
  private final Wallet requester = chain.deposited();
  private final Wallet stranger = Wallet.random();
  private PoolFixture fixture;
  private Wallet workerWallet;
  private ScriptedWorker worker;
  private AttemptRef ref;

  @BeforeEach
  void assign() {
    fixture = PoolFixture.start(folder, chain);
    workerWallet = fixture.worker();
    worker = ScriptedWorker.join(fixture.url(), workerWallet, 1);
    chain.buy(MatchTerms.standard().withRequester(requester.address()));
    ref = worker.await(FromPool.Assign.class).ref();
  }

  @AfterEach
  void stop() {
    worker.close();
    http.shutdownNow();
    fixture.close();
  }

  @Test
  void withoutASignatureNothingIsShown() throws Exception {
    var answer =
        http.send(HttpRequest.newBuilder(uri(ref.task(), "")).build(), BodyHandlers.ofString());

    assertRefused(answer, 401, "SIGNATURE_MISSING");
  }

  @Test
  void aStrangerIsRefusedWhoeverHeClaimsToBe() throws Exception {
    var text = text(Action.READ_LOGS, ref.task(), Instant.now());

    assertRefused(ask(signed(stranger, text)), 403, "NOT_REQUESTER");
    assertRefused(ask(signedAs(requester, stranger, text)), 401, "BAD_SIGNATURE");
    assertRefused(ask(signedAs(stranger, requester, text)), 401, "BAD_SIGNATURE");
  }

  @Test
  void aTextIsTakenAroundItsTimeOnly() throws Exception {
    var tooFar = RequesterText.VALID_FOR.plusSeconds(30);
    var old = text(Action.READ_LOGS, ref.task(), Instant.now().minus(tooFar));
    var early = text(Action.READ_LOGS, ref.task(), Instant.now().plus(tooFar));

    assertRefused(ask(signed(requester, old)), 401, "SIGNATURE_EXPIRED");
    assertRefused(ask(signed(requester, early)), 401, "SIGNATURE_EXPIRED");
  }

  @Test
  void aTextServesForNothingElse() throws Exception {
    var now = Instant.now();
    var otherTask = text(Action.READ_LOGS, new TaskId("0x" + "ab".repeat(32)), now);
    var otherAction = text(Action.CANCEL, ref.task(), now);
    var otherChain = new RequesterText(Action.READ_LOGS, 1, Sample.POOL, ref.task(), now);
    var otherPool = new RequesterText(
        Action.READ_LOGS, PoolFixture.CHAIN_ID, Sample.address(0xbb), ref.task(), now);

    assertRefused(ask(signed(requester, otherTask)), 401, "BAD_SIGNATURE");
    assertRefused(ask(signed(requester, otherAction)), 401, "BAD_SIGNATURE");
    assertRefused(ask(signed(requester, otherChain)), 401, "BAD_SIGNATURE");
    assertRefused(ask(signed(requester, otherPool)), 401, "BAD_SIGNATURE");
  }

  @Test
  void mangledHeadersAndUnknownTasksAreToldApart() throws Exception {
    var nobody = new TaskId("0x" + "ab".repeat(32));
    var text = text(Action.READ_LOGS, nobody, Instant.now());
    var headers = signed(requester, text(Action.READ_LOGS, ref.task(), Instant.now()));

    assertRefused(ask(headers(nobody, "", requester, requester, text)), 404, "TASK_UNKNOWN");
    assertRefused(ask(headers.setHeader("Ruche-Time", "noon")), 400, "BAD_PARAMETER");
    assertRefused(ask(headers.setHeader("Ruche-Signature", "0x")), 400, "BAD_PARAMETER");
  }

  @Test
  void theRequesterReadsWhatIsThereAndWhereItEnds() throws Exception {
    try (var lines = open(0, false)) {
      worker.await(FromPool.Watch.class);
      write(0, 10, "one\n");
      assertThat(lines.text()).isEqualTo("one\n");
      write(4, 10, "two\nth");

      assertThat(lines.text()).isEqualTo("two\nth");
      assertThat(lines.next().path("next").asInt()).isEqualTo(10);
      assertThat(lines.isAtEnd()).isTrue();
    }
  }

  @Test
  void whoFollowsSeesEachPieceAndHowItEnded() throws Exception {
    try (var lines = open(0, true)) {
      assertThat(worker.await(FromPool.Watch.class).from()).isZero();
      write(0, 4, "one\n");
      assertThat(lines.text()).isEqualTo("one\n");
      worker.send(new FromWorker.Output(ref, LogStream.STDERR, 4, 7, base64("bad"), "finished"));

      var last = lines.next();
      assertThat(last.path("stream").asText()).isEqualTo("stderr");
      assertThat(last.path("offset").asInt()).isEqualTo(4);
      assertThat(lines.next().path("end").asText()).isEqualTo("finished");
      assertThat(lines.isAtEnd()).isTrue();
    }
  }

  @Test
  void afterADropTheReaderGoesOnAtItsOffset() throws Exception {
    int next;
    try (var lines = open(0, true)) {
      worker.await(FromPool.Watch.class);
      write(0, 4, "one\n");
      next = lines.piece().path("next").asInt();
    }
    worker.await(FromPool.Unwatch.class);

    try (var lines = open(next, true)) {
      assertThat(worker.await(FromPool.Watch.class).from()).isEqualTo(4);
      write(4, 8, "two\n");

      assertThat(lines.text()).isEqualTo("two\n");
    }
  }

  @Test
  void whoWasNeverHereMayStartInTheMiddle() throws Exception {
    try (var lines = open(6, true)) {
      assertThat(worker.await(FromPool.Watch.class).from()).isZero();
      write(0, 8, "one\n");
      write(4, 8, "two\n");

      assertThat(lines.text()).isEqualTo("o\n");
    }
  }

  @Test
  void afterTheWorkerLostItsLineNothingIsMissingOrDouble() throws Exception {
    try (var lines = open(0, true)) {
      worker.await(FromPool.Watch.class);
      write(0, 4, "one\n");
      assertThat(lines.text()).isEqualTo("one\n");
      worker.drop();
      worker = ScriptedWorker.join(fixture.url(), workerWallet, 1);

      assertThat(worker.await(FromPool.Watch.class).from()).isEqualTo(4);
      write(0, 8, "one\ntwo\n");

      assertThat(lines.text()).isEqualTo("two\n");
    }
  }

  @Test
  void twoWhoWatchAreServedByOneWatchOfTheWorker() throws Exception {
    try (var first = open(0, true)) {
      worker.await(FromPool.Watch.class);
      write(0, 4, "one\n");
      assertThat(first.text()).isEqualTo("one\n");
      try (var second = open(0, true)) {
        assertThat(second.text()).isEqualTo("one\n");
      }
      write(4, 8, "two\n");

      assertThat(first.text()).isEqualTo("two\n");
    }
    assertThat(worker.await(FromPool.Unwatch.class).ref()).isEqualTo(ref);
  }

  @Test
  void anAttemptThatNeverWasIsNotWaitedFor() throws Exception {
    var text = text(Action.READ_LOGS, ref.task(), Instant.now());

    var answer = ask(headers(ref.task(), "?attempt=7", requester, requester, text));

    assertRefused(answer, 409, "NOT_STARTED");
  }

  private void write(int offset, int total, String text) {
    worker.send(new FromWorker.Output(ref, LogStream.STDOUT, offset, total, base64(text), null));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static RequesterText text(Action action, TaskId task, Instant time) {
    return new RequesterText(action, PoolFixture.CHAIN_ID, Sample.POOL, task, time);
  }

  private HttpRequest.Builder signed(Wallet wallet, RequesterText text) {
    return signedAs(wallet, wallet, text);
  }

  private HttpRequest.Builder signedAs(Wallet named, Wallet signer, RequesterText text) {
    return headers(ref.task(), "", named, signer, text);
  }

  private HttpRequest.Builder headers(
      TaskId task, String query, Wallet named, Wallet signer, RequesterText text) {
    return HttpRequest.newBuilder(uri(task, query))
        .timeout(Duration.ofSeconds(20))
        .header("Ruche-Address", named.address().checksummed())
        .header("Ruche-Time", text.time().toString())
        .header("Ruche-Signature", signer.signText(text.text()).hex());
  }

  private URI uri(TaskId task, String query) {
    return URI.create(fixture.url() + "/tasks/" + task + "/logs" + query);
  }

  private HttpResponse<String> ask(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private Lines open(int from, boolean isFollowed) throws Exception {
    var text = text(Action.READ_LOGS, ref.task(), Instant.now());
    var query = "?from=%d&follow=%s".formatted(from, isFollowed);
    var request = headers(ref.task(), query, requester, requester, text).build();
    var answer = http.send(request, BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return new Lines(answer.body());
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code)
      throws IOException {
    assertThat(JSON.readTree(answer.body()).path("code").asText()).isEqualTo(code);
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  /** The lines of an answer, as they come. */
  private record Lines(InputStream stream, BufferedReader reader) implements AutoCloseable {
    Lines(InputStream stream) {
      this(stream, new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
    }

    JsonNode next() throws IOException {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        var json = JSON.readTree(line);
        if (!line.isBlank() && !json.has("phase")) {
          return json;
        }
      }
      throw new AssertionError("the answer has ended");
    }

    JsonNode piece() throws IOException {
      var json = next();
      assertThat(json.has("text")).as("%s", json).isTrue();
      return json;
    }

    String text() throws IOException {
      return piece().path("text").asText();
    }

    boolean isAtEnd() throws IOException {
      return reader.readLine() == null;
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
