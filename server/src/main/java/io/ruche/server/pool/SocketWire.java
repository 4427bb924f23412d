package io.ruche.server.pool;

import io.ruche.link.FrameSender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

/** A WebSocket with a bounded queue before it. */
final class SocketWire implements Wire {
  private static final Duration SEND_WITHIN = Duration.ofSeconds(20);
  private static final int MAX_REASON_CHARS = 100;

  private final Session session;
  private final Duration patience;
  private final FrameSender frames;

  SocketWire(Session session, int maxWaiting) {
    this(session, maxWaiting, SEND_WITHIN);
  }

  /** With another time for which the other side may take nothing. */
  SocketWire(Session session, int maxWaiting, Duration patience) {
    this.session = session;
    this.patience = patience;
    this.frames = new FrameSender(maxWaiting, patience, new Frames());
  }

  @Override
  public void join() {
    frames.join();
  }

  @Override
  public boolean send(List<String> messages) {
    return session.isOpen() && frames.offer(messages);
  }

  @Override
  public String addressRange() {
    return AddressRange.of(session.getRemoteSocketAddress());
  }

  @Override
  public void close(String reason) {
    var told = reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS);
    frames.close(() -> session.close(StatusCode.NORMAL, told, Callback.NOOP));
    // Who takes no frames does not hear of the end either.
    CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> {
          if (session.isOpen()) {
            session.disconnect();
          }
        });
  }

  private final class Frames implements FrameSender.Channel {
    @Override
    public void send(String frame, Consumer<@Nullable Throwable> ended) {
      session.sendText(frame, Callback.from(() -> ended.accept(null), ended));
    }

    @Override
    public void failed(Throwable cause) {
      session.disconnect();
    }
  }
}
