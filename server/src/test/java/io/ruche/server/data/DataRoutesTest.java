package io.ruche.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.chain.wallet.Signatures;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Sha256;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpSettings;
import io.ruche.store.Database;
import io.ruche.store.SqlPublishedFiles;
import io.ruche.store.SqlResultIndex;
import io.ruche.transfer.Cid;
import io.ruche.transfer.ContentStore;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataRoutesTest {
  private static final long CHAIN_ID = 65_535;
  private static final DataSettings LIMITS =
      new DataSettings(1_000_000, true, 100_000, 150_000, 400_000);
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir
  static Path folder;

  private static Database database;
  private static ContentStore store;
  private static HttpOrigin origin;
  private static HttpClient http;

  @BeforeAll
  static void start() {
    database = Database.open(folder.resolve("ruche.db"));
    store = ContentStore.open(folder.resolve("content"), LIMITS.maxBlobBytes());
    origin = HttpOrigin.start(
        HttpSettings.defaults(),
        65_536,
        List.of(
            new ContentRoutes(store, new SqlResultIndex(database)::archive),
            new PublishRoutes(parts(LIMITS))));
    http = HttpClient.newHttpClient();
  }

  private static PublishRoutes.Parts parts(DataSettings settings) {
    return new PublishRoutes.Parts(
        store,
        new SqlPublishedFiles(database),
        settings,
        CHAIN_ID,
        (text, signature) -> Signatures.recoverText(text, signature).orElse(null),
        InstantSource.system());
  }

  @AfterAll
  static void stop() {
    http.shutdownNow();
    origin.close();
    database.close();
  }

  @Test
  void publishedFileIsServedUnderItsContentAddress() throws Exception {
    byte[] file = "\0asm and more".getBytes(StandardCharsets.ISO_8859_1);

    var answer = publish(Wallet.random(), sha256(file), file);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(json(answer).path("path").asText()).isEqualTo("/ipfs/" + Cid.of(file));
    var served = get(json(answer).path("path").asText());
    assertThat(served.body()).isEqualTo(file);
    assertThat(served.headers().firstValue("Content-Type")).contains("application/wasm");
    assertThat(served.headers().firstValue("Cache-Control"))
        .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
    assertThat(served.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  @Test
  void rangesAreCutExactly() throws Exception {
    var path = stored("0123456789");

    var middle = get(path, "Range", "bytes=2-4");
    var tail = get(path, "Range", "bytes=-3");
    var rest = get(path, "Range", "bytes=7-");
    var beyond = get(path, "Range", "bytes=10-");

    assertThat(middle.statusCode()).isEqualTo(206);
    assertThat(text(middle)).isEqualTo("234");
    assertThat(middle.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
    assertThat(text(tail)).isEqualTo("789");
    assertThat(text(rest)).isEqualTo("789");
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(text(get(path, "Range", "lines=1-2"))).isEqualTo("0123456789");
  }

  @Test
  void headAndConditionalRequestsSendNoBody() throws Exception {
    var path = stored("abcdef");

    var head = http.send(
        request(path).method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());
    var cached = get(path, "If-None-Match", head.headers().firstValue("ETag").orElseThrow());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).contains("6");
    assertThat(head.body()).isEmpty();
    assertThat(cached.statusCode()).isEqualTo(304);
    assertThat(cached.body()).isEmpty();
  }

  @Test
  void whatIsNoCidOrUnknownIsNamed() throws Exception {
    assertThat(get("/ipfs/not-a-cid").statusCode()).isEqualTo(400);
    assertThat(get("/ipfs/..%2f..%2fruche.db").statusCode()).isBetween(400, 404);
    var unknown = get("/ipfs/" + Cid.of(new byte[] {1, 2, 3}));
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(json(unknown).path("code").asText()).isEqualTo("BLOB_MISSING");
  }

  @Test
  void fileThatIsNotWhatWasSignedIsRefused() throws Exception {
    byte[] signed = {1, 2, 3};
    byte[] sent = {1, 2, 4};

    var answer = publish(Wallet.random(), sha256(signed), sent);

    assertThat(json(answer).path("code").asText()).isEqualTo("CHECKSUM_MISMATCH");
    assertThat(store.has(Cid.of(sent))).isFalse();
  }

  @Test
  void uploadOfAnotherSignerIsRefused() throws Exception {
    byte[] file = {9, 9, 9};
    var signature =
        Wallet.random().signText(UploadText.of(CHAIN_ID, sha256(file))).hex();
    var request = request("/data/" + sha256(file))
        .header("Ruche-Address", Wallet.random().address().hex())
        .header("Ruche-Signature", signature)
        .PUT(BodyPublishers.ofByteArray(file))
        .build();

    var answer = http.send(request, BodyHandlers.ofByteArray());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(json(answer).path("code").asText()).isEqualTo("BAD_SIGNATURE");
  }

  @Test
  void uploadWithoutSignatureIsRefused() throws Exception {
    var request =
        request("/data/" + sha256(new byte[0])).PUT(BodyPublishers.noBody()).build();

    assertThat(http.send(request, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(401);
  }

  @Test
  void tooLargeFileIsRefusedBeforeItIsRead() throws Exception {
    byte[] file = new byte[100_001];

    assertThat(publish(Wallet.random(), sha256(file), file).statusCode()).isEqualTo(413);
  }

  @Test
  void ownerStaysWithinItsQuotaAndSameFileCountsOnce() throws Exception {
    var owner = Wallet.random();
    byte[] first = new byte[80_000];
    byte[] second = new byte[80_001];

    assertThat(publish(owner, sha256(first), first).statusCode()).isEqualTo(201);
    var answer = publish(owner, sha256(second), second);

    assertThat(json(answer).path("code").asText()).isEqualTo("QUOTA_USED_UP");
    assertThat(new SqlPublishedFiles(database).bytesOf(owner.address())).isEqualTo(80_000);
  }

  @Test
  void closedServerTakesNoFiles() throws Exception {
    try (var closed = HttpOrigin.start(
        HttpSettings.defaults(),
        65_536,
        List.of(new PublishRoutes(parts(LIMITS.withPublishing(false)))))) {
      var request = HttpRequest.newBuilder(
              URI.create(closed.url() + "/data/" + sha256(new byte[0])))
          .PUT(BodyPublishers.noBody())
          .build();

      assertThat(http.send(request, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void secondServerOnThePortIsTold() {
    var taken = new HttpSettings("127.0.0.1", origin.port(), 1_000, 10, 10);

    assertThatThrownBy(() -> HttpOrigin.start(taken, 1_000, List.of()))
        .hasMessageContaining(Integer.toString(origin.port()))
        .extracting("code")
        .isEqualTo("PORT_IN_USE");
  }

  private static String stored(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return store.put(new ByteArrayInputStream(bytes)).path();
  }

  private static HttpResponse<byte[]> publish(Wallet owner, Sha256 sha256, byte[] file)
      throws Exception {
    var request = request("/data/" + sha256)
        .header("Ruche-Address", owner.address().hex())
        .header(
            "Ruche-Signature", owner.signText(UploadText.of(CHAIN_ID, sha256)).hex())
        .PUT(BodyPublishers.ofByteArray(file))
        .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    var request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(origin.url() + path));
  }

  private static Sha256 sha256(byte[] bytes) throws Exception {
    return Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws Exception {
    return JSON.readTree(answer.body());
  }
}
