package io.ruche.chain.rpc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A node that answers whatever a test wants, on loopback. */
final class FakeNode implements AutoCloseable {
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange, String body) throws IOException;
  }

  final AtomicInteger requests = new AtomicInteger();
  private final HttpServer server;

  FakeNode(Answer answer) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> {
      requests.incrementAndGet();
      answer.to(
          exchange, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    });
    server.start();
  }

  static FakeNode saying(int status, String body) {
    return new FakeNode((exchange, request) -> send(exchange, status, body));
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  RpcSettings settings() {
    return RpcSettings.of("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
