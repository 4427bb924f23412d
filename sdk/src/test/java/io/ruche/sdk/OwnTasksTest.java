package io.ruche.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ruche.chain.wallet.DevelopmentKeys;
import io.ruche.chain.wallet.Signatures;
import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.RequesterText;
import io.ruche.core.RequesterText.Action;
import io.ruche.core.Resource;
import io.ruche.core.RucheException;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnTasksTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final TaskId TASK = new TaskId("0x" + "2a".repeat(32));
  private static final String FIRST = """
      {"attempt":2,"worker":"0x1","phase":"RUNNING","detail":"42 % half"}
      {"stream":"stdout","offset":0,"next":4,"text":"one\\n"}
      """;
  private static final String END =
      "{\"end\":\"finished\",\"next\":8,\"note\":\"see the archive\"}\n";

  private final List<String> requests = new ArrayList<>();
  private final List<String> signers = new ArrayList<>();
  private final ArrayDeque<Reply> replies = new ArrayDeque<>();
  private final Deal deal = deal();
  private HttpServer server;
  private OwnTasks tasks;

  private record Reply(int status, String body) {}

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    var origin = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    tasks = new OwnTasks(
        origin, 65_535, new WalletSigner(DevelopmentKeys.wallet(0)), InstantSource.fixed(NOW));
  }

  @AfterEach
  void stopServer() {
    tasks.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    var action = exchange.getRequestMethod().equals("POST") ? Action.CANCEL : Action.READ_LOGS;
    var time = Instant.parse(exchange.getRequestHeaders().getFirst("Ruche-Time"));
    var text = new RequesterText(action, 65_535, deal.workerpool().address(), TASK, time).text();
    var signature = new Signature(exchange.getRequestHeaders().getFirst("Ruche-Signature"));
    signers.add(Signatures.recoverText(text, signature).orElseThrow().checksummed());
    var reply = replies.removeFirst();
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void reply(int status, String body) {
    replies.add(new Reply(status, body));
  }

  private String read(int from, boolean isFollowed) {
    var text = new StringBuilder();
    tasks.log(deal, TASK, new TaskLog.Part(null, from, isFollowed)).read(line -> {
      if (line.content() instanceof LogLine.Text piece) {
        text.append(piece.text());
      }
    });
    return text.toString();
  }

  @Test
  void aCancelIsSignedByTheRequesterAndToldBack() {
    reply(202, "{\"ok\":true,\"state\":\"CANCELLING\",\"isRepeated\":true,\"running\":3}");

    var stopping = tasks.cancel(deal, TASK);

    assertThat(stopping).isEqualTo(new OwnTasks.Stopping(TASK, true, 3));
    assertThat(requests).containsExactly("POST /tasks/" + TASK + "/cancel");
    assertThat(signers).containsExactly(DevelopmentKeys.wallet(0).address().checksummed());
  }

  @Test
  void whyAPoolRefusesIsPassedOn() {
    reply(
        409,
        "{\"ok\":false,\"code\":\"TOO_LATE\",\"error\":\"it has its result\",\"hint\":\"Wait.\"}");

    assertThatThrownBy(() -> tasks.cancel(deal, TASK))
        .isInstanceOfSatisfying(RucheException.class, e -> {
          assertThat(e.code()).isEqualTo("TOO_LATE");
          assertThat(e.isRetryable()).isFalse();
        });
  }

  @Test
  void aLogThatBreaksIsTakenUpWhereItBroke() {
    reply(200, FIRST);
    reply(503, "{\"ok\":false,\"code\":\"POOL_BUSY\",\"error\":\"busy\"}");
    reply(200, "{\"stream\":\"stderr\",\"offset\":4,\"next\":8,\"text\":\"two\\n\"}\n" + END);

    assertThat(read(0, true)).isEqualTo("one\ntwo\n");
    assertThat(requests)
        .containsExactly(
            "GET /tasks/" + TASK + "/logs?from=0&follow=true",
            "GET /tasks/" + TASK + "/logs?from=4&follow=true&attempt=2",
            "GET /tasks/" + TASK + "/logs?from=4&follow=true&attempt=2");
  }

  @Test
  void withoutFollowItEndsWhereTheLogStands() {
    reply(200, FIRST + "\n{\"next\":4}\n");

    assertThat(read(0, false)).isEqualTo("one\n");
    assertThat(requests).hasSize(1);
  }

  @Test
  void aRefusalIsNotTriedAgain() {
    reply(403, "{\"ok\":false,\"code\":\"NOT_REQUESTER\",\"error\":\"another's\"}");

    assertThatThrownBy(() -> read(0, true))
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("NOT_REQUESTER"));
    assertThat(requests).hasSize(1);
  }

  private static Deal deal() {
    return new Deal(
        new DealId("0x" + "de".repeat(32)),
        new Resource(FakeWorld.APP, FakeWorld.OWNER, TokenAmount.ZERO),
        Resource.NONE,
        new Resource(FakeWorld.POOL, FakeWorld.POOL_OWNER, TokenAmount.ZERO),
        1,
        0,
        Tag.NONE,
        DevelopmentKeys.wallet(0).address(),
        Address.ZERO,
        Address.ZERO,
        "{}",
        NOW,
        0,
        1,
        TokenAmount.ZERO,
        1,
        Address.ZERO);
  }
}
