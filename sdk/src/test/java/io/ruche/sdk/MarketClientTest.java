package io.ruche.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ruche.chain.wallet.DevelopmentKeys;
import io.ruche.chain.wallet.Signatures;
import io.ruche.core.OrderJson;
import io.ruche.core.RucheException;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarketClientTest {
  private static final String CHALLENGE = """
      {"ok":true,"data":{"types":{},"primaryType":"Challenge",
       "domain":{"name":"iExec Gateway","version":"1","chainId":65535},
       "message":{"challenge":"0123abcd"}}}""";

  /**
   * Of that challenge by the first development account, made by another tool (cast wallet sign).
   */
  private static final String SIGNATURE =
      "0xf61eb90b4ef68b3d12259ab94edaff4e93fcb50dded370f436267b8e2be0c931"
          + "19727d78a669f089ef8606b97c7566960f56a56c9de7a629d2ee39e9ac8a260d1b";

  @TempDir
  Path folder;

  private final List<String> requests = new ArrayList<>();
  private final FakeWorld world = FakeWorld.withOffers();
  private HttpServer server;
  private MarketClient market;
  private int status = 200;
  private String answer = "{\"ok\":true}";
  private String authorization = "";
  private Signature uploadSignature = Signature.EMPTY;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    market = new MarketClient(origin(), 65_535, new WalletSigner(DevelopmentKeys.wallet(0)));
  }

  @AfterEach
  void stopServer() {
    market.close();
    server.stop(0);
  }

  @Test
  void ordersAreReadFromTheBook() {
    var order = world.appOrder("1.5", 7);
    answer =
        "{\"ok\":true,\"count\":1,\"orders\":[{\"order\":%s}]}".formatted(OrderJson.write(order));

    assertThat(market.appOrders(FakeWorld.APP)).containsExactly(order);
    assertThat(requests.getFirst())
        .startsWith("GET /apporders?chainId=65535&pageSize=50&requester=any&app=0xa1a1");
  }

  @Test
  void publishingAnswersTheChallengeAsOtherToolsDo() {
    var order = world.appOrder("1", 7);
    answer = "{\"ok\":true,\"published\":{\"orderHash\":\"0x%s\"}}".formatted("5e".repeat(32));

    market.publish(order);

    assertThat(authorization.split("_"))
        .hasSize(3)
        .contains(SIGNATURE, DevelopmentKeys.wallet(0).address().checksummed());
    assertThat(requests.getLast()).startsWith("POST /apporders?chainId=65535");
  }

  @Test
  void boardThatAsksForAnotherKindOfSignatureGetsNone() {
    var trap = CHALLENGE.replace("\"Challenge\"", "\"RequestOrder\"");

    assertThatThrownBy(() -> Challenge.read(new JsonMapper().readTree(trap)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RequestOrder");
  }

  @Test
  void uploadIsSignedForThisChainAndFile() throws Exception {
    var file = Files.writeString(folder.resolve("app.wasm"), "module");
    var sha256 = Sources.sha256(file);
    answer = "{\"ok\":true,\"cid\":\"b\",\"path\":\"/ipfs/b\"}";

    var location = market.upload(file, sha256);

    assertThat(location).isEqualTo(origin().resolve("/ipfs/b"));
    assertThat(requests.getLast()).isEqualTo("PUT /data/" + sha256 + " module");
    var text = "Ruche file publication\nchain: 65535\nsha256: " + sha256;
    assertThat(Signatures.recoverText(text, uploadSignature))
        .contains(DevelopmentKeys.wallet(0).address());
  }

  @Test
  void whatTheServerRefusesKeepsItsCodeAndHint() {
    status = 403;
    answer =
        "{\"ok\":false,\"error\":\"no files\",\"code\":\"PUBLISHING_CLOSED\",\"hint\":\"Use a URL.\"}";

    assertThatThrownBy(() -> market.status())
        .isInstanceOfSatisfying(RucheException.class, failure -> {
          assertThat(failure.code()).isEqualTo("PUBLISHING_CLOSED");
          assertThat(failure.hint()).isEqualTo("Use a URL.");
          assertThat(failure.isRetryable()).isFalse();
        });
  }

  @Test
  void strangeAnswersAndSilenceAreNamed() {
    answer = "<html>";
    assertFails("MARKET_BAD_ANSWER", () -> market.status());
    answer = "{\"ok\":true,\"orders\":[{\"order\":{\"app\":7}}]}";
    assertFails("MARKET_BAD_ANSWER", () -> market.appOrders(FakeWorld.APP));
    server.stop(0);
    assertFails("MARKET_UNREACHABLE", () -> market.status());
  }

  @Test
  void taskThatThePoolDoesNotKnowIsEmpty() {
    status = 404;
    answer = "{\"ok\":false,\"error\":\"unknown\"}";

    assertThat(market.task(new TaskId("0x" + "12".repeat(32)))).isEmpty();
  }

  private static void assertFails(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RucheException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  private URI origin() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var line = "%s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(), body);
    requests.add(line.strip());
    var headers = exchange.getRequestHeaders();
    if (headers.containsKey("Authorization")) {
      authorization = headers.getFirst("Authorization");
    }
    if (headers.containsKey("Ruche-Signature")) {
      uploadSignature = new Signature(headers.getFirst("Ruche-Signature"));
    }
    boolean isChallenge = exchange.getRequestURI().getPath().equals("/challenge");
    byte[] bytes = (isChallenge ? CHALLENGE : answer).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
