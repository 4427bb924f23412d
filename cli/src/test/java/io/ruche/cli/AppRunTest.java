package io.ruche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real chess app in the real sandbox. */
class AppRunTest {
  private static final Path CHESS =
      Path.of("../examples/chess/build/chess.wasm").toAbsolutePath().normalize();
  private static final String MATE =
      "0x4235632411111001000001000000001d000090000000000099990999cab0ebac";
  private static final String MATE_CALL = "0x021df747" + MATE.substring(2) + "0".repeat(62) + "1e";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir
  Path folder;

  private Cli cli;

  @BeforeEach
  void requireApp() {
    if (System.getenv("RUCHE_REQUIRE_ALL") == null) {
      Assumptions.assumeTrue(Files.exists(CHESS), "the examples are not built");
    }
    cli = Cli.inPipe(folder.resolve("home"));
  }

  @Test
  void answerIsShownUnderItsName() throws Exception {
    var called = cli.run(
        "app", "call", CHESS.toString(), "--function", "outcome", "--arg", MATE, "--arg", "30");
    var raw = cli.run("app", "call", CHESS.toString(), "--args", MATE_CALL, "-o", "json");

    assertThat(called.code()).as(called.err()).isEqualTo(ExitCode.OK);
    assertThat(called.out()).contains("outcome\t1\tuint8");
    assertThat(JSON.readTree(raw.out()).path("answer").asText()).endsWith("01").hasSize(66);
  }

  @Test
  void failureIsWhatAContractWouldBeTold() throws Exception {
    var called = cli.run("app", "call", CHESS.toString(), "--args", "0x1234", "-o", "json");

    assertThat(called.code()).isEqualTo(ExitCode.FAILED);
    var failure = JSON.readTree(called.out()).path("failure");
    assertThat(failure.path("code").asInt()).isEqualTo(1);
    assertThat(failure.path("detail").asText()).startsWith("EXIT ");
    assertThat(JSON.readTree(called.out()).path("log").asText()).isNotBlank();
  }

  @Test
  void serverAnswersProgramsOnlyAndStopsWhenIdle() throws Exception {
    var portFile = folder.resolve("run/port.json");
    var server = new FutureTask<>(() -> cli.run(
        "app", "serve", CHESS.toString(), "--port-file", portFile.toString(), "--idle", "2"));
    Thread.ofPlatform().daemon().start(server);
    var origin = "http://127.0.0.1:" + await(portFile, server).path("port").asInt();

    var answer = post(origin, "{\"args\":\"%s\"}".formatted(MATE_CALL));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("answer").asText()).endsWith("01");
    var failure = JSON.readTree(post(origin, "{\"args\":\"0x\"}").body());
    assertThat(failure.path("failure").path("detail").asText()).startsWith("EXIT ");
    assertThat(post(origin, "{\"arg\":\"0x\"}").statusCode()).isEqualTo(400);
    assertThat(post(origin, "[]").statusCode()).isEqualTo(400);
    assertThat(post(origin, " ".repeat(40_000)).statusCode()).isEqualTo(413);
    assertThat(
            send(request(origin, "{}").header("Origin", "http://evil.example")).statusCode())
        .isEqualTo(403);
    assertThat(send(HttpRequest.newBuilder(URI.create(origin + "/health"))).body())
        .contains("\"name\":\"chess\"");

    assertThat(server.get().code()).isEqualTo(ExitCode.OK);
    assertThat(portFile).doesNotExist();
  }

  private static JsonNode await(Path file, FutureTask<?> server) throws Exception {
    while (!Files.exists(file)) {
      assertThat(server.isDone()).isFalse();
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    return JSON.readTree(Files.readString(file));
  }

  private static HttpResponse<String> post(String origin, String body) throws Exception {
    return send(request(origin, body));
  }

  private static HttpRequest.Builder request(String origin, String body) {
    return HttpRequest.newBuilder(URI.create(origin + "/call"))
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
