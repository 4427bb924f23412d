package io.ruche.server.pool;

import io.ruche.link.FrameQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;

/**
 * A WebSocket with a bounded queue and one virtual thread that empties it. Thousands of them idle,
 * so a thread sleeps until there is something to do.
 */
final class SocketWire implements Wire {
  private static final long SEND_WITHIN_SECONDS = 20;
  private static final int MAX_REASON_CHARS = 100;

  /** The end of a connection wakes the thread; this is for one whose end nobody told. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  private final Session session;
  private final FrameQueue queue;
  private volatile String closing = "";

  SocketWire(Session session, int maxWaiting) {
    this.session = session;
    this.queue = new FrameQueue(maxWaiting);
    Thread.ofVirtual().name("link-writer").start(this::write);
  }

  @Override
  public void join() {
    queue.join();
  }

  @Override
  public boolean send(List<String> messages) {
    return closing.isEmpty() && session.isOpen() && queue.offer(messages);
  }

  @Override
  public String addressRange() {
    return AddressRange.of(session.getRemoteSocketAddress());
  }

  @Override
  public void close(String reason) {
    closing = reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS);
    wake();
  }

  /** To be called when the connection has ended. */
  void wake() {
    queue.wake();
  }

  private void write() {
    try {
      while (session.isOpen()) {
        var frame = queue.take(LOOK_AGAIN);
        if (frame != null) {
          sendNow(frame);
        }
        if (!closing.isEmpty() && queue.isEmpty()) {
          session.close(StatusCode.NORMAL, closing, Callback.NOOP);
          return;
        }
      }
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      session.disconnect();
    }
  }

  private void sendNow(String text)
      throws InterruptedException, ExecutionException, TimeoutException {
    var sent = new CompletableFuture<Void>();
    session.sendText(text, Callback.from(() -> sent.complete(null), sent::completeExceptionally));
    sent.get(SEND_WITHIN_SECONDS, TimeUnit.SECONDS);
  }
}
