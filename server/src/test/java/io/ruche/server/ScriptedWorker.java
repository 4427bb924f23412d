package io.ruche.server;

import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.LinkCodec;
import io.ruche.link.LinkLimits;
import io.ruche.link.LoginText;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A worker that says what a test tells it to, over a real WebSocket. */
public final class ScriptedWorker implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;
  private static final int MAX_BEATS = 200;
  private static final long BEAT_MILLIS = 100;

  private final LinkCodec codec = new LinkCodec();
  private final Wallet wallet;
  private final LinkedBlockingQueue<FromPool> inbox = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final Semaphore pongs = new Semaphore(0);
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;

  private ScriptedWorker(String serverUrl, Wallet wallet) {
    this.wallet = wallet;
    var uri = URI.create(serverUrl.replaceFirst("^http", "ws") + "/link");
    this.socket = client.newWebSocketBuilder().buildAsync(uri, new Inbox()).join();
  }

  public static ScriptedWorker connect(String serverUrl, Wallet wallet) {
    return new ScriptedWorker(serverUrl, wallet);
  }

  /** Connects, logs in with this many slots, and says that all are free; the engine knows. */
  public static ScriptedWorker join(String serverUrl, Wallet wallet, int slots) {
    return join(serverUrl, wallet, slots, LinkLimits.MAX_VERSION);
  }

  /** As {@link #join}, speaking no later version of the link than this. */
  public static ScriptedWorker join(String serverUrl, Wallet wallet, int slots, int maxVersion) {
    var worker = connect(serverUrl, wallet);
    worker.send(FromWorker.Hello.ofWallet(1, maxVersion, wallet.address(), "scripted"));
    var challenge = worker.await(FromPool.Challenge.class);
    worker.login(challenge, slots);
    worker.await(FromPool.Welcome.class);
    worker.send(new FromWorker.Heartbeat(slots, List.of(), null));
    worker.awaitHeard();
    return worker;
  }

  /** As {@link #join}, for an account that lists the wallet. */
  public static ScriptedWorker joinFor(
      String serverUrl, Address account, Wallet machine, int slots) {
    var worker = connect(serverUrl, machine);
    worker.send(new FromWorker.Hello(2, 2, account, machine.address(), "scripted"));
    worker.login(worker.await(FromPool.Challenge.class), account, slots);
    worker.await(FromPool.Welcome.class);
    worker.send(new FromWorker.Heartbeat(slots, List.of(), null));
    worker.awaitHeard();
    return worker;
  }

  /**
   * What was sent is with the engine: the server answers a ping once it is done with all before.
   */
  private void awaitHeard() {
    socket.sendPing(ByteBuffer.allocate(0)).join();
    try {
      if (!pongs.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("no answer to a ping came");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public void login(FromPool.Challenge challenge, int slots) {
    login(challenge, address(), slots);
  }

  public void login(FromPool.Challenge challenge, Address worker, int slots) {
    var signature = wallet.signText(LoginText.of(challenge, worker, address()));
    send(new FromWorker.Login(
        signature, new FromWorker.Offer(slots, 1024, 10_000, List.of("WASM"), 900_000_000L, null)));
  }

  public Address address() {
    return wallet.address();
  }

  /** In one frame. */
  public void send(List<FromWorker> messages) {
    sendText(messages.stream().map(codec::encode).toList().toString());
  }

  public void send(FromWorker message) {
    sendText(codec.encode(message));
  }

  public void sendText(String text) {
    socket.sendText(text, true).join();
  }

  /** The next message of this kind; others on the way are dropped. */
  public <T extends FromPool> T await(Class<T> kind) {
    try {
      while (true) {
        var message = poll();
        if (message == null) {
          throw new AssertionError("no %s came".formatted(kind.getSimpleName()));
        }
        if (kind.isInstance(message)) {
          return kind.cast(message);
        }
        if (message instanceof FromPool.Rejected rejected) {
          throw new AssertionError("rejected: " + rejected);
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The pool's word of refusal. */
  public FromPool.Rejected awaitRejected() {
    try {
      for (var message = poll(); message != null; message = poll()) {
        if (message instanceof FromPool.Rejected rejected) {
          return rejected;
        }
      }
      throw new AssertionError("nothing was rejected");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The next message if it is there and of this kind; null otherwise. */
  public <T extends FromPool> @Nullable T poll(Class<T> kind) {
    var message = inbox.poll();
    return kind.isInstance(message) ? kind.cast(message) : null;
  }

  /** As {@link #await}, with a heartbeat every now and then. */
  public <T extends FromPool> T awaitBeating(Class<T> kind, FromWorker.Heartbeat heartbeat) {
    try {
      for (int beats = 0; beats < MAX_BEATS; beats++) {
        send(heartbeat);
        var message = inbox.poll(BEAT_MILLIS, TimeUnit.MILLISECONDS);
        if (kind.isInstance(message)) {
          return kind.cast(message);
        }
      }
      throw new AssertionError("no %s came".formatted(kind.getSimpleName()));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The next message, whenever it comes. */
  public FromPool next() throws InterruptedException {
    return inbox.take();
  }

  private @Nullable FromPool poll() throws InterruptedException {
    return inbox.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits for what another thread does. */
  public void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not become true");
      }
      Thread.onSpinWait();
    }
  }

  public boolean isClosed() {
    return closed.isDone();
  }

  /** Sends, unless the pool has ended the session meanwhile. */
  public void trySend(FromWorker message) {
    try {
      send(message);
    } catch (CompletionException e) {
      closed.completeOnTimeout("", PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Why the pool ended the session. */
  public String awaitClosed() {
    try {
      return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the session was not closed", e);
    }
  }

  /** Ends the connection without a word. */
  public void drop() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }

  private final class Inbox implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        inbox.addAll(codec.decodeFromPool(text.toString()));
        text.setLength(0);
      }
      ws.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket ws, ByteBuffer message) {
      pongs.release();
      ws.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket ws, int code, String reason) {
      closed.complete(reason);
      return null;
    }

    @Override
    public void onError(WebSocket ws, Throwable error) {
      closed.complete(String.valueOf(error.getMessage()));
    }
  }
}
