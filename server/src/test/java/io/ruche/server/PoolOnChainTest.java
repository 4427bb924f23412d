package io.ruche.server;

import static io.ruche.server.OnChainFixture.FIRST_WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.Authorization;
import io.ruche.core.CallbackKind;
import io.ruche.core.Digest;
import io.ruche.core.Hex;
import io.ruche.core.TaskStatus;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.Phase;
import io.ruche.server.chain.HubPoolChain;
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
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server against a real hub, with workers that a test plays. */
class PoolOnChainTest {
  private static final OutputLimits LIMITS = new OutputLimits(1 << 20, 10);
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir
  static Path folder;

  private static OnChainFixture fixture;
  private static HttpClient http;

  @BeforeAll
  static void startChain() {
    fixture = OnChainFixture.start(folder);
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stopChain() {
    if (fixture != null) {
      fixture.close();
      http.shutdownNow();
    }
  }

  @Test
  void boughtTaskIsAssignedContributedRevealedUploadedAndFinalized() throws Exception {
    try (var server = fixture.server("one");
        var worker = ScriptedWorker.join(server.url(), wallet(0), 2)) {
      var deal = fixture.buy(1, 1);

      var assign = worker.await(FromPool.Assign.class);
      var zip = contribute(worker, 0, assign, "42");
      var upload = reveal(worker, 0, assign, zip);
      var answer = put(server, upload, Files.readAllBytes(zip));
      fixture.awaitStatus(assign.ref().task(), TaskStatus.COMPLETED);

      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(assign.deal()).isEqualTo(deal);
      var task = fixture.hub.task(assign.ref().task());
      assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
      var results = new String(Hex.decode(task.results()), StandardCharsets.UTF_8);
      var location = JSON.readTree(results).path("location").asText();
      var stored = get(server, location);
      assertThat(stored.statusCode()).isEqualTo(200);
      assertThat(stored.headers().firstValue("Content-Type")).contains("application/zip");
      assertThat(stored.body()).isEqualTo(Files.readAllBytes(zip));
      var shown = json(server, "/tasks/" + assign.ref().task());
      // The server follows the chain a block behind what the fixture reads.
      for (int polls = 0;
          polls < 500 && shown.path("status").asText().equals("REVEALING");
          polls++) {
        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        shown = json(server, "/tasks/" + assign.ref().task());
      }
      assertThat(shown.path("status").asText()).isEqualTo("COMPLETED");
      assertThat(shown.path("attempts").get(0).path("worker").asText())
          .isEqualToIgnoringCase(worker.address().hex());
      assertThat(json(server, "/deals/" + deal).path("counts").path("COMPLETED").asInt())
          .isEqualTo(1);
      assertThat(json(server, "/workerpoolorders?chainId=65535").path("count").asInt())
          .isEqualTo(1);
      assertThat(json(server, "/ready").path("ok").asBoolean()).isTrue();
    }
  }

  @Test
  void closedOrderCannotBeMatchedAnyMore() throws Exception {
    var order = fixture.poolOrder();
    var hash = order.hash(fixture.hub.domain());
    var sender = fixture.sender(OnChainFixture.POOL_OWNER);
    var chain = new HubPoolChain(fixture.hub, listener -> sender);

    chain.closeOrder(order);
    chain.closeOrder(order);

    fixture.await(() -> fixture.hub.consumed(hash) == order.volume());
    fixture.stopSender(OnChainFixture.POOL_OWNER);
  }

  @Test
  void restartedServerGoesOnWhereItWas() throws Exception {
    FromPool.Assign assign;
    Path zip;
    try (var server = fixture.server("two");
        var worker = ScriptedWorker.join(server.url(), wallet(1), 1)) {
      fixture.buy(1, 1);
      assign = worker.await(FromPool.Assign.class);
      zip = contribute(worker, 1, assign, "43");
    }

    try (var server = fixture.server("two");
        var worker = ScriptedWorker.join(server.url(), wallet(1), 1)) {
      var upload = reveal(worker, 1, assign, zip);
      assertThat(put(server, upload, "no zip".getBytes(StandardCharsets.UTF_8)).statusCode())
          .isEqualTo(422);
      var again = worker.await(FromPool.Upload.class);
      assertThat(put(server, again, Files.readAllBytes(zip)).statusCode()).isEqualTo(201);

      fixture.awaitStatus(assign.ref().task(), TaskStatus.COMPLETED);
    }
  }

  private static Path contribute(
      ScriptedWorker worker, int number, FromPool.Assign assign, String output) throws Exception {
    var out = Files.createDirectories(folder.resolve("out-" + assign.ref().task()));
    Files.writeString(out.resolve("result.txt"), output);
    var zip = folder.resolve(assign.ref().task() + ".zip");
    ResultArchive.write(out, LIMITS, zip);
    var digest = digest(zip);
    var authorization = new Authorization(
        worker.address(),
        assign.ref().task(),
        Address.ZERO,
        Objects.requireNonNull(assign.authorization()));
    worker.send(new FromWorker.Progress(assign.ref(), Phase.CONTRIBUTING, ""));
    var sent = fixture
        .sender(FIRST_WORKER + number)
        .sendAndWait(
            "contribute " + assign.ref(),
            fixture.hub.calls().contribute(authorization, digest),
            Duration.ofSeconds(10));
    worker.send(new FromWorker.Contributed(assign.ref(), sent.hash(), null));
    return zip;
  }

  private static FromPool.Upload reveal(
      ScriptedWorker worker, int number, FromPool.Assign assign, Path zip) {
    var order = worker.await(FromPool.Reveal.class);
    assertThat(order.ref()).isEqualTo(assign.ref());
    var sent = fixture
        .sender(FIRST_WORKER + number)
        .sendAndWait(
            "reveal " + assign.ref(),
            fixture.hub.calls().reveal(assign.ref().task(), digest(zip)),
            Duration.ofSeconds(10));
    worker.send(new FromWorker.Revealed(assign.ref(), sent.hash()));
    return worker.await(FromPool.Upload.class);
  }

  private static Digest digest(Path zip) {
    return FolderDigest.ofArchive(zip, LIMITS, CallbackKind.NONE).digest();
  }

  private static HttpResponse<byte[]> put(Server server, FromPool.Upload upload, byte[] body)
      throws Exception {
    var request = HttpRequest.newBuilder(URI.create(server.url() + upload.path()))
        .header("Authorization", "Bearer " + upload.token())
        .PUT(BodyPublishers.ofByteArray(body))
        .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> get(Server server, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
        BodyHandlers.ofByteArray());
  }

  private static JsonNode json(Server server, String path) throws Exception {
    return JSON.readTree(get(server, path).body());
  }

  private static Wallet wallet(int number) {
    return OnChainFixture.wallet(FIRST_WORKER + number);
  }
}
