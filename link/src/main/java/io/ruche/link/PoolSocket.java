package io.ruche.link;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket to a pool as two bounded queues of messages. One thread reads, any thread writes; a
 * slow pool never holds up who writes.
 */
final class PoolSocket implements AutoCloseable {
  private static final int MAX_INCOMING = 256;
  private static final int MAX_OUTGOING = 4_096;
  private static final Duration FAREWELL = Duration.ofMillis(500);

  /** What arrives: a frame, or the reason why nothing more will. */
  private sealed interface Arrival {
    record Frame(String text) implements Arrival {}

    record Alive() implements Arrival {}

    record End(RucheException reason) implements Arrival {}
  }

  private final URI pool;
  private final LinkCodec codec;
  private final Duration answer;
  private final BlockingQueue<Arrival> incoming = new ArrayBlockingQueue<>(MAX_INCOMING);
  private final Deque<FromPool> unread = new ArrayDeque<>();
  private final FrameSender outgoing;
  private final WebSocket socket;
  private volatile boolean isClosed;

  private PoolSocket(HttpClient http, URI pool, LinkCodec codec, Duration answer)
      throws InterruptedException {
    this.pool = pool;
    this.codec = codec;
    this.answer = answer;
    this.outgoing = new FrameSender(MAX_OUTGOING, answer, new Outbox());
    this.socket = connect(http);
  }

  static PoolSocket open(HttpClient http, URI pool, LinkCodec codec, Duration answer)
      throws InterruptedException {
    return new PoolSocket(http, pool, codec, answer);
  }

  /** The WebSocket's address below the origin of a pool. */
  static URI endpointOf(URI origin) {
    var scheme = "https".equals(origin.getScheme()) ? "wss" : "ws";
    var base = origin.getRawPath() == null ? "" : origin.getRawPath().replaceAll("/+$", "");
    return URI.create(scheme + "://" + origin.getRawAuthority() + base + LinkLimits.PATH);
  }

  private WebSocket connect(HttpClient http) throws InterruptedException {
    var opening =
        http.newWebSocketBuilder().connectTimeout(answer).buildAsync(endpointOf(pool), new Inbox());
    try {
      return opening.get(answer.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw LinkErrors.unreachable(pool, reasonOf(e.getCause()), e);
    } catch (TimeoutException e) {
      opening.cancel(true);
      throw LinkErrors.unreachable(pool, "no answer within " + answer, e);
    }
  }

  private static String reasonOf(@Nullable Throwable cause) {
    return switch (cause) {
      case WebSocketHandshakeException e ->
        "it answered HTTP status %d instead of a WebSocket"
            .formatted(e.getResponse().statusCode());
      case IOException e when e.getMessage() != null -> e.getMessage();
      case IOException e -> "connection refused";
      case null -> "unknown";
      default -> cause.toString();
    };
  }

  /** The pool takes several messages in one frame. */
  void join() {
    outgoing.join();
  }

  /** Queues messages; false when the session is over or the pool takes nothing any more. */
  boolean send(List<? extends FromWorker> messages) {
    if (isClosed) {
      return false;
    }
    if (!outgoing.offer(messages.stream().map(codec::encode).toList())) {
      end(LinkErrors.closed(
          pool, "it took none for %s, or %d wait".formatted(answer, MAX_OUTGOING)));
      return false;
    }
    return true;
  }

  /** Nothing waits and nothing is being written. */
  boolean isIdle() {
    return outgoing.isIdle();
  }

  /** Asks for a sign of life. */
  void ping() {
    var _ = socket.sendPing(ByteBuffer.allocate(0));
  }

  /**
   * The next message; null when none came in this time, or only a sign of life.
   *
   * @throws RucheException when the session is over
   */
  @Nullable
  Received receive(Duration timeout) throws InterruptedException {
    if (!unread.isEmpty()) {
      return new Received(unread.removeFirst());
    }
    var arrival = incoming.poll(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
    return switch (arrival) {
      case null -> null;
      case Arrival.End(var reason) -> throw reason;
      case Arrival.Alive _ -> new Received(null);
      case Arrival.Frame(var text) -> {
        socket.request(1);
        unread.addAll(codec.decodeFromPool(text));
        yield new Received(unread.removeFirst());
      }
    };
  }

  /** Something came: a message, or null for a mere sign of life. */
  record Received(@Nullable FromPool message) {}

  private final class Outbox implements FrameSender.Channel {
    @Override
    public void send(String frame, Consumer<@Nullable Throwable> ended) {
      var _ = socket.sendText(frame, true).whenComplete((_, failure) -> ended.accept(failure));
    }

    @Override
    public void failed(Throwable cause) {
      end(LinkErrors.closed(pool, reasonOf(cause)));
    }
  }

  /** The session is over; {@link #receive} says why. */
  void end(RucheException reason) {
    isClosed = true;
    outgoing.abandon();
    if (!incoming.offer(new Arrival.End(reason))) {
      incoming.clear();
      incoming.offer(new Arrival.End(reason));
    }
  }

  /** What is queued still leaves, for a short while. */
  @Override
  public void close() {
    isClosed = true;
    try {
      outgoing.awaitIdle(FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    socket.abort();
  }

  /** Fills the incoming queue; asks for the next frame only when one was taken. */
  private final class Inbox implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public void onOpen(WebSocket webSocket) {
      webSocket.request(MAX_INCOMING / 2);
    }

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean isLast) {
      partial.append(data);
      if (partial.length() > LinkLimits.MAX_FRAME_BYTES) {
        end(LinkErrors.closed(pool, LinkCodec.FRAME_TOO_LARGE));
        webSocket.abort();
      } else if (isLast) {
        offer(new Arrival.Frame(partial.toString()));
        partial.setLength(0);
      } else {
        webSocket.request(1);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(
        WebSocket webSocket, ByteBuffer data, boolean isLast) {
      end(LinkErrors.closed(pool, "it sent a binary frame"));
      webSocket.abort();
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
      webSocket.request(1);
      offer(new Arrival.Alive());
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
      webSocket.request(1);
      offer(new Arrival.Alive());
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(
        WebSocket webSocket, int statusCode, String reason) {
      end(LinkErrors.closed(pool, "status %d %s".formatted(statusCode, reason).strip()));
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      end(LinkErrors.closed(pool, reasonOf(error)));
    }

    private void offer(Arrival arrival) {
      if (!isClosed && !incoming.offer(arrival) && !(arrival instanceof Arrival.Alive)) {
        end(LinkErrors.closed(pool, "more frames than were asked for"));
      }
    }
  }
}
