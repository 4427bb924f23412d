package io.ruche.agent;

import io.javalin.Javalin;
import io.javalin.websocket.WsContext;
import io.ruche.core.Address;
import io.ruche.core.RunLimits;
import io.ruche.core.TaskId;
import io.ruche.link.AttemptRef;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.LinkCodec;
import io.ruche.link.LinkLimits;
import io.ruche.link.Release;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A pool's origin on a free port: the link, uploads, and files to fetch. */
final class FakePool implements AutoCloseable {
  static final RunLimits LIMITS = new RunLimits(Duration.ofMinutes(1), 64, 1 << 20, 100);
  private static final int WAIT_SECONDS = 20;

  private final LinkCodec codec = new LinkCodec();
  private final BlockingQueue<FromWorker> received = new LinkedBlockingQueue<>();
  final Map<String, byte[]> files = new ConcurrentHashMap<>();
  final BlockingQueue<byte[]> uploads = new LinkedBlockingQueue<>();
  private final Javalin server;
  private final CountDownLatch loggedIn = new CountDownLatch(1);
  private volatile @Nullable WsContext session;

  FakePool() {
    server = Javalin.create(config -> {
          config.routes.get("/files/{name}", context -> {
            var bytes = files.get(context.pathParam("name"));
            if (bytes == null) {
              context.status(404);
            } else {
              context.result(bytes);
            }
          });
          config.routes.put("/results/{task}", context -> {
            uploads.add(context.bodyAsBytes());
            context.status("Bearer t0ken".equals(context.header("Authorization")) ? 201 : 401);
          });
          config.routes.ws(LinkLimits.PATH, ws -> {
            ws.onConnect(context -> session = context);
            ws.onMessage(
                context -> codec.decodeFromWorker(context.message()).forEach(this::message));
          });
        })
        .start("127.0.0.1", 0);
  }

  URI origin() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  String fileUrl(String name) {
    return origin() + "/files/" + name;
  }

  private void message(FromWorker message) {
    switch (message) {
      case FromWorker.Hello hello ->
        say(new FromPool.Challenge(1, "n0nce", 65535, Fixtures.HUB, Fixtures.POOL));
      case FromWorker.Login login -> {
        received.add(login);
        say(new FromPool.Welcome(60_000, "s"));
        loggedIn.countDown();
      }
      default -> received.add(message);
    }
  }

  void say(FromPool message) {
    var current = session;
    if (current == null) {
      throw new IllegalStateException("no worker is connected");
    }
    current.send(codec.encode(message));
  }

  void drop() {
    var current = session;
    if (current != null) {
      current.closeSession();
    }
  }

  static AttemptRef ref(TaskId task, int attempt) {
    return new AttemptRef(task, attempt);
  }

  /** Waits until the first worker is in. */
  void awaitLogin() throws InterruptedException {
    if (!loggedIn.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("expected a login in time");
    }
  }

  /** Gives out a task with the authorization. */
  void assign(long index, int attempt) throws InterruptedException {
    awaitLogin();
    var task = Fixtures.task(index);
    say(new FromPool.Assign(
        ref(task, attempt),
        Fixtures.DEAL,
        index,
        LIMITS,
        Release.WITH_WORK,
        Fixtures.OWNER.authorize(Fixtures.WORKER.address(), task, Address.ZERO).signature(),
        Instant.now().plusSeconds(1_000),
        null));
  }

  void assignAfterCommit(long index, int attempt) throws InterruptedException {
    awaitLogin();
    say(new FromPool.Assign(
        ref(Fixtures.task(index), attempt),
        Fixtures.DEAL,
        index,
        LIMITS,
        Release.AFTER_COMMIT,
        null,
        Instant.now().plusSeconds(1_000),
        null));
  }

  /** Gives out a task that its requester has stopped. */
  void assignCancelled(long index, int attempt) throws InterruptedException {
    awaitLogin();
    var task = Fixtures.task(index);
    say(new FromPool.Assign(
        ref(task, attempt),
        Fixtures.DEAL,
        index,
        LIMITS,
        Release.AFTER_RESULT,
        null,
        Instant.now().plusSeconds(1_000),
        Fixtures.cancellation(Fixtures.REQUESTER, task, Instant.now())));
  }

  /** The next message of this type; others are passed over. */
  <T extends FromWorker> T next(Class<T> type) throws InterruptedException {
    return next(type, message -> true);
  }

  <T extends FromWorker> T next(Class<T> type, Predicate<T> wanted) throws InterruptedException {
    while (true) {
      var message = received.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("expected " + type.getSimpleName() + " in time");
      }
      if (type.isInstance(message) && wanted.test(type.cast(message))) {
        return type.cast(message);
      }
    }
  }

  byte[] upload() throws InterruptedException {
    var bytes = uploads.poll(WAIT_SECONDS, TimeUnit.SECONDS);
    if (bytes == null) {
      throw new AssertionError("expected an upload in time");
    }
    return bytes;
  }

  @Override
  public void close() {
    server.stop();
  }
}
