package io.ruche.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What an operator's load balancer does: one address in front of several servers. Connections go to
 * the one that says at {@code /ready} that it is, and are cut when it no longer does.
 */
final class FrontDoor implements AutoCloseable {
  private static final Duration PROBE_EVERY = Duration.ofMillis(100);
  private static final Duration PROBE_WITHIN = Duration.ofSeconds(1);
  private static final int NOBODY = 0;

  private final ServerSocket door;
  private final List<Integer> ports;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(PROBE_WITHIN).build();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int ready = NOBODY;
  private volatile boolean isClosed;

  FrontDoor(List<Integer> ports) {
    this.ports = List.copyOf(ports);
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::watch);
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /** Port of the server that is ready; 0 for none. */
  int ready() {
    return ready;
  }

  /** What each server says at {@code /ready}. */
  Stream<String> answers() {
    return ports.stream().map(this::answerOf);
  }

  private String answerOf(int port) {
    try {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/ready".formatted(port)))
          .timeout(PROBE_WITHIN)
          .build();
      var reply = http.send(request, BodyHandlers.ofString());
      return reply.statusCode() + " " + reply.body();
    } catch (IOException e) {
      return "no answer";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "no answer";
    }
  }

  @Override
  public void close() throws IOException {
    isClosed = true;
    door.close();
    cut();
    http.close();
  }

  private void watch() {
    while (!isClosed) {
      int found = ports.stream()
          .filter(port -> answerOf(port).startsWith("200"))
          .findFirst()
          .orElse(NOBODY);
      if (found != ready) {
        ready = found;
        cut();
      }
      LockSupport.parkNanos(PROBE_EVERY.toNanos());
    }
  }

  private void accept() {
    while (!isClosed) {
      try {
        var from = door.accept();
        open.add(from);
        Thread.ofVirtual().start(() -> connect(from));
      } catch (IOException e) {
        cut();
      }
    }
  }

  private void connect(Socket from) {
    try (from;
        var to = new Socket(InetAddress.getLoopbackAddress(), ready)) {
      open.add(to);
      var back = Thread.ofVirtual().start(() -> pump(to, from));
      pump(from, to);
      back.join();
      open.remove(to);
    } catch (IOException e) {
      // Nobody is ready: the caller tries again.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(from);
    }
  }

  private static void pump(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // One side has gone; so does the other.
    }
  }

  private void cut() {
    for (var socket : open) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    open.clear();
  }
}
