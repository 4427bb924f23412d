package io.ruche.link;

import io.javalin.Javalin;
import io.javalin.websocket.WsContext;
import io.ruche.core.Address;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A pool's end of the link on a free port: what arrives is queued, the test answers. */
final class LoopbackPool implements AutoCloseable {
  static final FromPool.Challenge CHALLENGE = new FromPool.Challenge(
      LinkLimits.MAX_VERSION,
      "n0nce",
      65535,
      new Address("0x" + "aa".repeat(20)),
      new Address("0x" + "90".repeat(20)));

  private final LinkCodec codec = new LinkCodec();
  private final BlockingQueue<WsContext> sessions = new LinkedBlockingQueue<>();
  private final BlockingQueue<FromWorker> received = new LinkedBlockingQueue<>();
  private final AtomicInteger frames = new AtomicInteger();
  private final Javalin server;

  LoopbackPool() {
    server = Javalin.create(config -> config.routes.ws(LinkLimits.PATH, ws -> {
          ws.onConnect(sessions::add);
          ws.onMessage(context -> {
            frames.incrementAndGet();
            received.addAll(codec.decodeFromWorker(context.message()));
          });
        }))
        .start("127.0.0.1", 0);
  }

  URI origin() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** The next session that a worker opens. */
  WsContext session() throws InterruptedException {
    return required(sessions.poll(10, TimeUnit.SECONDS), "a session");
  }

  /** The next message of any worker. */
  FromWorker message() throws InterruptedException {
    return required(received.poll(10, TimeUnit.SECONDS), "a message");
  }

  /** Frames that came so far, of all workers. */
  int frames() {
    return frames.get();
  }

  void say(WsContext session, FromPool message) {
    session.send(codec.encode(message));
  }

  /** Brings a new session to its welcome. */
  WsContext welcome(long heartbeatMillis) throws InterruptedException {
    return welcome(heartbeatMillis, CHALLENGE);
  }

  WsContext welcome(long heartbeatMillis, FromPool.Challenge challenge)
      throws InterruptedException {
    var session = session();
    message();
    say(session, challenge);
    message();
    say(session, new FromPool.Welcome(heartbeatMillis, "s"));
    return session;
  }

  static <T> T required(@Nullable T value, String what) {
    if (value == null) {
      throw new AssertionError("expected " + what + " within 10 s");
    }
    return value;
  }

  @Override
  public void close() {
    server.stop();
  }
}
