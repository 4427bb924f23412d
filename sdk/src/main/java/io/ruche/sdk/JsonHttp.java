package io.ruche.sdk;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/** JSON over HTTP with one server: bounded answers, and every failure one sentence. */
final class JsonHttp implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

  /** The server gives a sign of life well within it. */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);

  private static final int MAX_ANSWER_BYTES = 8 << 20;

  private final URI origin;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();

  private record Reply(int status, String body) {}

  JsonHttp(URI origin) {
    this.origin = origin;
  }

  URI origin() {
    return origin;
  }

  /** A request to a path of the server, to be completed. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(origin.resolve(path)).timeout(ANSWER_LIMIT);
  }

  JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  /** As {@link #get}; empty when the server knows nothing under the path. */
  Optional<JsonNode> find(String path) {
    var request = request(path).GET().build();
    var reply = exchange(request);
    return reply.status() == 404
        ? Optional.empty()
        : Optional.of(accepted(request.uri().getPath(), reply));
  }

  JsonNode send(HttpRequest request) {
    return accepted(request.uri().getPath(), exchange(request));
  }

  /**
   * Reads an answer of one JSON object a line while it comes, however long that takes; empty lines
   * are signs of life.
   *
   * @throws io.ruche.core.RucheException also when nothing came for too long
   */
  void lines(HttpRequest request, BiConsumer<String, JsonNode> each) {
    var path = request.uri().getPath();
    try {
      var response = http.send(request, BodyHandlers.ofInputStream());
      try (var stream = response.body()) {
        if (response.statusCode() != 200) {
          byte[] bytes = stream.readNBytes(MAX_ANSWER_BYTES);
          accepted(
              path, new Reply(response.statusCode(), new String(bytes, StandardCharsets.UTF_8)));
          throw SdkErrors.marketAnswer(path, "status %d".formatted(response.statusCode()));
        }
        new LineReader(stream, SILENCE_LIMIT).each(line -> each.accept(line, parse(path, line)));
      }
    } catch (HttpTimeoutException e) {
      throw SdkErrors.marketUnreachable(origin.toString(), "it did not answer in time", e);
    } catch (IOException e) {
      throw SdkErrors.logBroken(origin.toString(), reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SdkErrors.marketUnreachable(origin.toString(), "the call was interrupted", e);
    }
  }

  private static JsonNode parse(String path, String line) {
    try {
      return JSON.readTree(line);
    } catch (JacksonException e) {
      throw SdkErrors.marketAnswer(path, "a line is not JSON");
    }
  }

  private Reply exchange(HttpRequest request) {
    try {
      var response = http.send(request, BodyHandlers.ofInputStream());
      try (var stream = response.body()) {
        byte[] bytes = stream.readNBytes(MAX_ANSWER_BYTES);
        return new Reply(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (HttpTimeoutException e) {
      throw SdkErrors.marketUnreachable(origin.toString(), "it did not answer in time", e);
    } catch (IOException e) {
      throw SdkErrors.marketUnreachable(origin.toString(), reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SdkErrors.marketUnreachable(origin.toString(), "the call was interrupted", e);
    }
  }

  private static String reason(IOException failure) {
    var message = failure.getMessage();
    if (failure instanceof ConnectException && message == null) {
      return "connection refused";
    }
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static JsonNode accepted(String path, Reply reply) {
    JsonNode json;
    try {
      json = JSON.readTree(reply.body());
    } catch (JacksonException e) {
      throw SdkErrors.marketAnswer(path, "it is not JSON (status %d)".formatted(reply.status()));
    }
    if (reply.status() >= 400 || !json.path("ok").asBoolean(true)) {
      throw SdkErrors.marketRefused(path, reply.status(), json);
    }
    return json;
  }

  @Override
  public void close() {
    http.close();
  }
}
