package io.ruche.cli.app;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ruche.core.DealParams;
import io.ruche.core.Hex;
import io.ruche.core.RucheException;
import io.ruche.manifest.Manifest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Answers calls of one app to programs of this machine. Listens on loopback only; pages in a
 * browser are refused, as they send an Origin or reach us under another host's name.
 */
final class AppServer implements AutoCloseable {
  /** An argument in hex fits an order's params; JSON around it is short. */
  static final int MAX_BODY_BYTES = 2 * DealParams.MAX_LENGTH;

  private static final int MAX_WAITING = 32;
  private static final JsonMapper JSON = new JsonMapper();

  private final LocalApp app;
  private final LastUse lastUse;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore waiting = new Semaphore(MAX_WAITING);

  private AppServer(LocalApp app, LastUse lastUse, HttpServer http) {
    this.app = app;
    this.lastUse = lastUse;
    this.http = http;
  }

  /** Listens on a free port. */
  static AppServer start(LocalApp app, LastUse lastUse) throws IOException {
    var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    var server = new AppServer(app, lastUse, HttpServer.create(address, MAX_WAITING));
    server.http.setExecutor(server.threads);
    server.http.createContext("/", server::respond);
    server.http.start();
    return server;
  }

  int port() {
    return http.getAddress().getPort();
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private record Reply(int status, ObjectNode json) {}

  private void respond(HttpExchange exchange) throws IOException {
    lastUse.begin();
    try (exchange) {
      var reply = reply(exchange);
      byte[] body = JSON.writeValueAsBytes(reply.json());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    } finally {
      lastUse.end();
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    if (headers.containsKey("Origin") || !hosts().contains(headers.getFirst("Host"))) {
      return error(403, "ORIGIN_REFUSED", "expected a program of this machine, found a page");
    }
    var request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    return switch (request) {
      case "GET /health" -> health();
      case "POST /call" -> call(exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1));
      default -> error(404, "UNKNOWN", "expected GET /health or POST /call");
    };
  }

  private Set<String> hosts() {
    return Set.of("127.0.0.1:" + port(), "localhost:" + port());
  }

  private Reply health() {
    var json = JSON.createObjectNode().put("status", "ready");
    app.manifest().ifPresent(manifest -> describe(manifest, json));
    return new Reply(200, json);
  }

  private static void describe(Manifest manifest, ObjectNode json) {
    json.put("name", manifest.name())
        .put("version", manifest.version())
        .put("manifestHash", manifest.hash().hex());
  }

  private Reply call(byte[] body) {
    if (body.length > MAX_BODY_BYTES) {
      return error(413, "TOO_LARGE", "expected at most %d bytes".formatted(MAX_BODY_BYTES));
    }
    if (!waiting.tryAcquire()) {
      return error(503, "BUSY", "%d calls wait already".formatted(MAX_WAITING));
    }
    try {
      return outcome(app.call(List.of(argument(body))));
    } catch (IllegalArgumentException e) {
      return error(400, "USAGE", String.valueOf(e.getMessage()));
    } catch (RucheException e) {
      return error(500, e.code(), e.getMessage() + " " + e.hint());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return error(503, "STOPPED", "the server stops");
    } finally {
      waiting.release();
    }
  }

  /** The calldata, as the only word of the app's command line. */
  private static String argument(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      if (json.size() == 1 && json.path("args").isTextual()) {
        return Hex.encode(Hex.decode(json.path("args").textValue()));
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("expected JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory cannot fail", e);
    }
    throw new IllegalArgumentException("expected {\"args\":\"0x…\"}");
  }

  private static Reply outcome(LocalOutcome outcome) {
    var json = JSON.createObjectNode();
    switch (outcome) {
      case LocalOutcome.Answered(var answer, var log, var _) -> json.put("answer", answer.hex());
      case LocalOutcome.Failed(var failure, var reason, var log, var _) -> {
        json.putObject("failure").put("code", failure.code()).put("detail", failure.detail());
        json.put("reason", reason).put("log", log);
      }
    }
    return new Reply(200, json);
  }

  private static Reply error(int status, String code, String message) {
    var json = JSON.createObjectNode();
    json.putObject("error").put("code", code).put("message", message);
    return new Reply(status, json);
  }
}
