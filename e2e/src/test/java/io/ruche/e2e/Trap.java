package io.ruche.e2e;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends its own process, or its node, with SIGKILL at the step that {@code trap} in its home names.
 * It knows the steps by what the process logs (on the thread that takes the step, which goes no
 * further when its own process ends) and by what it exchanges with its node, which passes through
 * here:
 *
 * <ul>
 *   <li>{@code log:TEXT} a line with this text
 *   <li>{@code busy:TEXT} soon after such a line, when the children have begun to compute
 *   <li>{@code tx:2:signed}, {@code sent}, {@code mined} a moment of the second transaction
 *   <li>{@code hears:TOPIC} the node's answer has this event, and nobody has read it yet
 * </ul>
 *
 * The file has one step a line. At the last one the process ends; those before it are met in turn,
 * transactions being counted from the one before. A line {@code node:PID} at the end says that the
 * node ends instead, after what it could say of its state at the step before the last, or at the
 * only one, was kept in {@link #STATE}.
 */
final class Trap {
  static final String FILE = "trap";

  /** What the node answered to {@code anvil_dumpState}. */
  static final String STATE = "chain-state";

  static final String NODE = "node:";

  /** What the killed process leaves: the ids of the processes it had started. */
  static final String KILLED = "killed";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration BUSY = Duration.ofMillis(30);
  private static final long LOOK_NANOS = 1_000_000;

  private final Path home;
  private final URI node;
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable String countedFor;
  private int transactions;

  private Trap(Path home, URI node) {
    this.home = home;
    this.node = node;
  }

  /** Gives the arguments with which the program goes to its node through here. */
  static List<String> lay(String[] args) throws IOException {
    System.setProperty("RUCHE_LOG_LEVEL", "DEBUG");
    var trap = new Trap(Path.of(valueOf(args, "--home=")), URI.create(valueOf(args, "--rpc=")));
    System.setErr(new PrintStream(trap.new Lines(System.err), true, StandardCharsets.UTF_8));
    var changed = new ArrayList<>(List.of(args));
    changed.removeIf(argument -> argument.startsWith("--rpc="));
    changed.add("--rpc=" + trap.relay());
    return changed;
  }

  private static String valueOf(String[] args, String flag) {
    for (var argument : args) {
      if (argument.startsWith(flag)) {
        return argument.substring(flag.length());
      }
    }
    throw new IllegalArgumentException("expected " + flag);
  }

  /** The step that is waited for; null when there is none. */
  private @Nullable String trap() {
    var lines = lines();
    return lines.isEmpty() ? null : lines.getFirst();
  }

  private List<String> lines() {
    try {
      var file = home.resolve(FILE);
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The step that was waited for has come: to the next one, or to the end. */
  private synchronized void spring(@Nullable String step) {
    var lines = lines();
    if (lines.isEmpty() || !lines.getFirst().equals(step)) {
      return;
    }
    countedFor = null;
    try {
      if (!lines.getLast().startsWith(NODE)) {
        die();
      } else if (lines.size() > 2) {
        keepState();
        write(FILE, lines.subList(1, lines.size()));
      } else {
        endNode(lines.getLast().substring(NODE.length()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keepState() throws IOException {
    var question =
        "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"anvil_dumpState\", \"params\": []}";
    var state =
        NodeState.whole(() -> JSON.readTree(ask(question)).path("result").asText());
    write(STATE, List.of(state));
  }

  private void endNode(String pid) throws IOException {
    if (!Files.exists(home.resolve(STATE))) {
      keepState();
    }
    Files.delete(home.resolve(FILE));
    try {
      new ProcessBuilder("kill", "-9", pid).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    write(KILLED, List.of());
  }

  private void write(String name, List<String> lines) throws IOException {
    Files.write(home.resolve(name + ".new"), lines);
    Files.move(
        home.resolve(name + ".new"), home.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private void logged(String line) {
    var trap = trap();
    if (trap == null) {
      return;
    }
    if (trap.startsWith("log:") && line.contains(trap.substring("log:".length()))) {
      spring(trap);
    } else if (trap.startsWith("busy:") && line.contains(trap.substring("busy:".length()))) {
      var before = busyTime();
      Thread.ofPlatform().daemon().start(() -> {
        while (busyTime().minus(before).compareTo(BUSY) < 0) {
          LockSupport.parkNanos(LOOK_NANOS);
        }
        spring(trap);
      });
    }
  }

  private static Duration busyTime() {
    return ProcessHandle.current()
        .descendants()
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private void die() throws IOException {
    var me = ProcessHandle.current();
    var left = me.descendants().map(process -> Long.toString(process.pid())).toList();
    Files.delete(home.resolve(FILE));
    write(KILLED, left);
    new ProcessBuilder("kill", "-9", Long.toString(me.pid())).start();
    while (true) {
      LockSupport.park();
    }
  }

  /** A way to the node that looks at the transactions. */
  private URI relay() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.createContext("/", this::relayed);
    server.start();
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void relayed(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var trap = trap();
      var moment = body.contains("eth_sendRawTransaction") ? momentOf(trap) : "";
      if (moment.equals("signed")) {
        spring(trap);
      }
      var answer = ask(body);
      if (body.contains("eth_getLogs") && hears(trap(), answer)) {
        spring(trap());
      }
      if (moment.equals("sent")) {
        spring(trap);
      }
      if (moment.equals("mined")) {
        awaitMined(answer);
        spring(trap);
      }
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static boolean hears(@Nullable String trap, String answer) {
    return trap != null
        && trap.startsWith("hears:")
        && answer.contains(trap.substring("hears:".length()));
  }

  /** Which moment of this transaction is it, as {@code tx:2:sent} says of the second; or none. */
  private synchronized String momentOf(@Nullable String trap) {
    if (trap == null || !trap.startsWith("tx:")) {
      return "";
    }
    if (!trap.equals(countedFor)) {
      countedFor = trap;
      transactions = 0;
    }
    transactions++;
    var parts = trap.split(":", -1);
    return transactions == Integer.parseInt(parts[1]) ? parts[2] : "";
  }

  private void awaitMined(String answer) throws IOException {
    var sent = JSON.readTree(answer);
    var hash = (sent.isArray() ? sent.get(0) : sent).path("result").asText();
    var question = """
        {"jsonrpc": "2.0", "id": 1, "method": "eth_getTransactionReceipt", "params": ["%s"]}
        """.formatted(hash);
    while (JSON.readTree(ask(question)).path("result").isNull()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private String ask(String body) throws IOException {
    var request = HttpRequest.newBuilder(node)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Passes lines on and looks at each. */
  private final class Lines extends OutputStream {
    private final OutputStream to;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int octet) throws IOException {
      to.write(octet);
      line.write(octet);
      if (octet == '\n') {
        to.flush();
        var text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        logged(text);
      }
    }
  }
}
