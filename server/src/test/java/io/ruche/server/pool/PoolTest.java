package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.CallbackKind;
import io.ruche.core.Digest;
import io.ruche.core.FailureCode;
import io.ruche.core.RucheException;
import io.ruche.core.TaskStatus;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.Phase;
import io.ruche.scheduler.Fact;
import io.ruche.scheduler.Journal;
import io.ruche.server.ScriptedWorker;
import io.ruche.server.pool.PoolFixture.Setup;
import io.ruche.transfer.FolderDigest;
import io.ruche.transfer.OutputLimits;
import io.ruche.transfer.ResultArchive;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool end to end on a hub in memory: real sockets, real journal, real store. */
class PoolTest {
  private static final OutputLimits LIMITS = new OutputLimits(1 << 20, 10);
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir
  Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeChain chain = new FakeChain();
  private PoolFixture fixture;

  /** A result as its worker holds it. */
  private record Result(Path zip, Digest digest) {}

  @AfterEach
  void stop() {
    fixture.close();
    http.shutdownNow();
  }

  @Test
  void resultOfAnAssignedTaskIsStoredAndFinalized() throws Exception {
    fixture = PoolFixture.start(folder, chain);
    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      var deal = chain.buy(1, 1);

      var assign = worker.await(FromPool.Assign.class);
      var result = contribute(worker, assign, "42");
      var answer = put(reveal(worker, result), Files.readAllBytes(result.zip()));

      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(chain.awaitFinalized()).isEqualTo(assign.ref().task());
      var cid = json(answer).path("cid").asText();
      assertThat(get("/ipfs/" + cid).body()).isEqualTo(Files.readAllBytes(result.zip()));
      assertThat(json(get("/results/" + assign.ref().task())).path("cid").asText())
          .isEqualTo(cid);
      worker.await(() -> chain.task(assign.ref().task()).status() == TaskStatus.COMPLETED);
      var shown = json(get("/deals/" + deal));
      assertThat(shown.path("counts").path("COMPLETED").asInt()).isEqualTo(1);
      assertThat(
              shown.path("tasks").get(0).path("attempts").get(0).path("worker").asText())
          .isEqualToIgnoringCase(worker.address().hex());
    }
  }

  @Test
  void threeCopiesAreGivenToThreeWorkersAndTheLiarIsOutvoted() throws Exception {
    fixture = PoolFixture.start(folder, chain);
    try (var liar = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      chain.buy(1, 3);
      var lie = liar.await(FromPool.Assign.class);
      contribute(liar, lie, "a lie");
      try (var first = ScriptedWorker.join(fixture.url(), fixture.worker(), 1);
          var second = ScriptedWorker.join(fixture.url(), fixture.worker(), 1);
          var third = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
        var honest = List.of(first, second, third);
        Result result = null;
        for (var worker : honest) {
          result = contribute(worker, worker.await(FromPool.Assign.class), "42");
        }
        for (var worker : honest) {
          assertThat(worker.await(FromPool.Reveal.class).ref().task())
              .isEqualTo(lie.ref().task());
          chain.reveal(worker.address(), lie.ref().task(), result.digest());
        }
        var upload = firstUpload(honest);
        assertThat(put(upload, Files.readAllBytes(result.zip())).statusCode()).isEqualTo(201);

        assertThat(chain.awaitFinalized()).isEqualTo(lie.ref().task());
        assertThat(chain.task(lie.ref().task()).resultDigest()).isEqualTo(result.digest());
      }
    }
  }

  @Test
  void uploadWithAnotherDigestIsRefusedAndNeverStored() throws Exception {
    fixture = PoolFixture.start(folder, chain);
    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      chain.buy(1, 1);
      var assign = worker.await(FromPool.Assign.class);
      var result = contribute(worker, assign, "42");
      var upload = reveal(worker, result);

      var other = archive("another", "43");
      var refused = put(upload, Files.readAllBytes(other.zip()));
      var noZip = put(upload, "no zip".getBytes(StandardCharsets.UTF_8));

      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(json(refused).path("code").asText()).isEqualTo("DIGEST_MISMATCH");
      assertThat(noZip.statusCode()).isEqualTo(422);
      assertThat(get("/results/" + assign.ref().task()).statusCode()).isEqualTo(404);
      var again = worker.await(FromPool.Upload.class);
      assertThat(put(again, Files.readAllBytes(result.zip())).statusCode()).isEqualTo(201);
      assertThat(chain.awaitFinalized()).isEqualTo(assign.ref().task());
    }
  }

  @Test
  void aSmallResultMayComeInAMessage() throws Exception {
    fixture = PoolFixture.start(folder, chain);
    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      chain.buy(1, 1);
      var assign = worker.await(FromPool.Assign.class);
      var result = contribute(worker, assign, "42");
      var zip = Files.readAllBytes(result.zip());

      var upload = reveal(worker, result);
      worker.send(FromWorker.Result.of(upload.ref(), upload.token(), zip));

      assertThat(worker.await(FromPool.ResultStored.class).ref()).isEqualTo(assign.ref());
      assertThat(chain.awaitFinalized()).isEqualTo(assign.ref().task());
      var cid = json(get("/results/" + assign.ref().task())).path("cid").asText();
      assertThat(get("/ipfs/" + cid).body()).isEqualTo(zip);
      assertThat(Files.exists(folder.resolve("content/blobs/" + cid.substring(cid.length() - 2))))
          .as("a small archive is in the database alone")
          .isFalse();
    }
  }

  @Test
  void aMessageIsHeldToWhatARequestIs() throws Exception {
    fixture = PoolFixture.start(folder, chain);
    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1);
        var stranger = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      chain.buy(2, 1);
      var assign = worker.await(FromPool.Assign.class);
      var result = contribute(worker, assign, "42");
      var zip = Files.readAllBytes(result.zip());
      var upload = reveal(worker, result);

      worker.send(FromWorker.Result.of(upload.ref(), "x".repeat(43), zip));
      assertThat(worker.await(FromPool.ResultRefused.class).detail())
          .contains("UPLOAD_NOT_ALLOWED");
      stranger.send(FromWorker.Result.of(upload.ref(), upload.token(), zip));
      assertThat(stranger.await(FromPool.ResultRefused.class).detail())
          .contains("UPLOAD_NOT_ALLOWED");
      var other = Files.readAllBytes(archive("another", "43").zip());
      worker.send(FromWorker.Result.of(upload.ref(), upload.token(), other));
      var refused = worker.await(FromPool.ResultRefused.class);
      assertThat(refused.detail()).startsWith("DIGEST_MISMATCH");
      assertThat(refused.retryable()).isFalse();
      assertThat(get("/results/" + assign.ref().task()).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void uploadNeedsTheTokenOfItsTask() throws Exception {
    fixture = PoolFixture.start(folder, chain);
    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      chain.buy(1, 1);
      var assign = worker.await(FromPool.Assign.class);
      var result = contribute(worker, assign, "42");
      var upload = reveal(worker, result);
      var bytes = Files.readAllBytes(result.zip());

      var forged = new FromPool.Upload(upload.ref(), upload.path(), "x".repeat(43));
      var elsewhere =
          new FromPool.Upload(upload.ref(), "/results/0x" + "ab".repeat(32), upload.token());
      var noId = new FromPool.Upload(upload.ref(), "/results/../../x", upload.token());

      assertThat(put(forged, bytes).statusCode()).isEqualTo(401);
      assertThat(put(elsewhere, bytes).statusCode()).isEqualTo(401);
      assertThat(put(noId, bytes).statusCode()).isBetween(400, 404);
    }
  }

  @Test
  void restartedPoolAsksForWhatIsMissingAndPaysOnce() throws Exception {
    var wallet = chain.deposited();
    fixture = PoolFixture.start(folder, chain);
    FromPool.Assign assign;
    Result result;
    try (var worker = ScriptedWorker.join(fixture.url(), wallet, 1)) {
      chain.buy(1, 1);
      assign = worker.await(FromPool.Assign.class);
      result = contribute(worker, assign, "42");
      worker.await(FromPool.Reveal.class);
    }

    fixture.close();
    chain.reveal(wallet.address(), assign.ref().task(), result.digest());
    fixture = PoolFixture.start(folder, chain);
    try (var worker = ScriptedWorker.join(fixture.url(), wallet, 1)) {
      var upload = worker.await(FromPool.Upload.class);
      assertThat(upload.ref()).isEqualTo(assign.ref());
      put(upload, Files.readAllBytes(result.zip()));

      assertThat(chain.awaitFinalized()).isEqualTo(assign.ref().task());
    }
  }

  @Test
  void taskOfAWorkerThatDiesIsGivenToAnother() {
    fixture = PoolFixture.start(folder, chain);
    try (var first = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      chain.buy(1, 1);
      var lost = first.await(FromPool.Assign.class);
      first.drop();
      try (var second = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
        var again = second.await(FromPool.Assign.class);

        assertThat(again.ref().task()).isEqualTo(lost.ref().task());
        assertThat(again.ref().attempt()).isGreaterThan(lost.ref().attempt());
      }
    }
  }

  @Test
  void taskPageSaysWhoRanItAndWhyItWaits() throws Exception {
    fixture = PoolFixture.start(folder, chain);
    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      chain.buy(1, 1);
      var assign = worker.await(FromPool.Assign.class);
      worker.send(new FromWorker.Progress(assign.ref(), Phase.FETCHING, "app \u0007 12 %"));
      worker.send(new FromWorker.Failed(assign.ref(), FailureCode.INFRASTRUCTURE, 0, "disk full"));
      worker.await(() -> attempt(assign).path("end").asText().contains("INFRASTRUCTURE"));

      var page = json(get("/tasks/" + assign.ref().task()));

      assertThat(page.path("status").asText()).isEqualTo("ACTIVE");
      assertThat(page.path("stage").asText()).isNotEmpty();
      assertThat(attempt(assign).path("detail").asText()).isEqualTo("app ? 12 %");
    }
  }

  @Test
  void commandsStayWhenTheJournalCannotBeWritten() throws Exception {
    fixture = PoolFixture.start(folder, chain, Setup.standard().withJournal(new FullDisk()));
    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      chain.buy(1, 1);

      var cause = fixture.fatal.get(20, TimeUnit.SECONDS);

      assertThat(cause).isInstanceOf(RucheException.class).hasMessageContaining("no room");
      assertThat(worker.poll(FromPool.Assign.class)).as("an authorization").isNull();
    }
  }

  private Result contribute(ScriptedWorker worker, FromPool.Assign assign, String output)
      throws Exception {
    var result = archive(worker.address() + "-" + assign.ref().attempt(), output);
    chain.contribute(worker.address(), assign.ref().task(), result.digest());
    return result;
  }

  private FromPool.Upload reveal(ScriptedWorker worker, Result result) {
    var order = worker.await(FromPool.Reveal.class);
    chain.reveal(worker.address(), order.ref().task(), result.digest());
    return worker.await(FromPool.Upload.class);
  }

  private static FromPool.Upload firstUpload(List<ScriptedWorker> workers) {
    for (int i = 0; ; i = (i + 1) % workers.size()) {
      var upload = workers.get(i).poll(FromPool.Upload.class);
      if (upload != null) {
        return upload;
      }
    }
  }

  private Result archive(String name, String output) throws Exception {
    var out = Files.createDirectories(folder.resolve("out-" + name));
    Files.writeString(out.resolve("result.txt"), output);
    var zip = folder.resolve(name + ".zip");
    ResultArchive.write(out, LIMITS, zip);
    return new Result(
        zip, FolderDigest.ofArchive(zip, LIMITS, CallbackKind.NONE).digest());
  }

  private HttpResponse<byte[]> put(FromPool.Upload upload, byte[] body) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(fixture.url() + upload.path()))
        .header("Authorization", "Bearer " + upload.token())
        .PUT(BodyPublishers.ofByteArray(body))
        .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(fixture.url() + path)).build(),
        BodyHandlers.ofByteArray());
  }

  private JsonNode attempt(FromPool.Assign assign) {
    try {
      return json(get("/tasks/" + assign.ref().task())).path("attempts").path(0);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws Exception {
    return JSON.readTree(answer.body());
  }

  /**
   * A journal whose disk has no room for the first fact because of which something binding would
   * leave.
   */
  private static final class FullDisk implements Journal {
    @Override
    public void append(List<Fact> facts) {
      if (facts.stream().anyMatch(Fact::bindsPool)) {
        throw new RucheException("STORE_FULL", "no room left.", "", false);
      }
    }

    @Override
    public List<Fact> replay() {
      return List.of();
    }

    @Override
    public void compact(List<Fact> snapshot) {
      append(snapshot);
    }
  }
}
