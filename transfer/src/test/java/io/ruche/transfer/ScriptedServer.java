package io.ruche.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A loopback web server whose replies are raw bytes, so that it can break every rule of HTTP. */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Script script;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** What a client sent; header names are in lower case. */
  record Request(String path, Map<String, String> headers) {
    /** First byte that the client asks for. */
    int firstByte() {
      var range = headers.getOrDefault("range", "bytes=0-");
      return Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    }
  }

  /**
   * Writes the reply to the {@code number}th request, counted from 0; the connection then closes.
   */
  interface Script {
    void reply(int number, Request request, OutputStream out) throws IOException;
  }

  ScriptedServer(Script script) throws IOException {
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.script = script;
    Thread.ofVirtual().start(this::serve);
  }

  String url(String path) {
    return origin() + path;
  }

  String origin() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return socket.getLocalPort();
  }

  List<Request> requests() {
    return requests;
  }

  static void head(OutputStream out, String status, String... headers) throws IOException {
    var text = "HTTP/1.1 " + status + "\r\nConnection: close\r\n";
    for (String header : headers) {
      text += header + "\r\n";
    }
    out.write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  static void ok(OutputStream out, byte[] bytes, String... headers) throws IOException {
    var all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Content-Length: " + bytes.length;
    head(out, "200 OK", all);
    out.write(bytes);
  }

  /** The rest of the file from {@code first} on, as a well-behaved server sends it. */
  static void range(OutputStream out, byte[] bytes, int first, String... headers)
      throws IOException {
    var all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Length: " + (bytes.length - first);
    all[headers.length + 1] =
        "Content-Range: bytes %d-%d/%d".formatted(first, bytes.length - 1, bytes.length);
    head(out, "206 Partial Content", all);
    out.write(bytes, first, bytes.length - first);
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        var client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      var request = read(client);
      int number;
      synchronized (requests) {
        number = requests.size();
        requests.add(request);
      }
      script.reply(number, request, client.getOutputStream());
      client.shutdownOutput();
    } catch (IOException e) {
      // The client hung up: for this server a reply like any other.
    }
  }

  private static Request read(Socket client) throws IOException {
    var lines = new BufferedReader(
        new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    var first = String.valueOf(lines.readLine());
    var headers = new TreeMap<String, String>();
    for (var line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    return new Request(first.split(" ", -1)[1], headers);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
