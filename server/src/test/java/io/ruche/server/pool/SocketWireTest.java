package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.Test;

class SocketWireTest {
  private static final long PATIENCE_SECONDS = 10;

  private final LinkedBlockingQueue<String> sent = new LinkedBlockingQueue<>();
  private final Deque<Runnable> held = new ArrayDeque<>();
  private volatile boolean isOpen = true;
  private boolean isSlow;

  /** A connection that notes what is sent, and how it is closed. */
  private final Session session = (Session) Proxy.newProxyInstance(
      Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, values) -> {
        switch (method.getName()) {
          case "isOpen" -> {
            return isOpen;
          }
          case "sendText" -> {
            Runnable taken = () -> {
              sent.add((String) values[0]);
              ((Callback) values[1]).succeed();
            };
            if (isSlow) {
              held.add(taken);
            } else {
              taken.run();
            }
          }
          case "close", "disconnect" -> {
            isOpen = false;
            sent.add(values == null ? "cut off" : "closed: " + values[1]);
          }
          default -> throw new UnsupportedOperationException(method.getName());
        }
        return null;
      });

  @Test
  void whatWasQueuedLeavesInOrderBeforeTheEnd() throws Exception {
    isSlow = true;
    var wire = new SocketWire(session, 10);
    List.of("a", "b", "c").forEach(text -> assertThat(wire.send(text)).isTrue());
    wire.close("BYE");
    assertThat(wire.send("d")).isFalse();
    assertThat(sent).isEmpty();
    takeAll();

    assertThat(next()).isEqualTo("a");
    assertThat(next()).isEqualTo("b");
    assertThat(next()).isEqualTo("c");
    assertThat(next()).isEqualTo("closed: BYE");
  }

  @Test
  void anIdleWireIsClosedWithoutAnotherMessage() throws Exception {
    var wire = new SocketWire(session, 10);
    wire.send("a");
    assertThat(next()).isEqualTo("a");

    wire.close("BYE");

    assertThat(next()).isEqualTo("closed: BYE");
  }

  @Test
  void aFullQueueTakesNothingAndIsClosedAllTheSame() throws Exception {
    isSlow = true;
    var wire = new SocketWire(session, 2);
    int taken = 0;
    while (wire.send("x")) {
      taken++;
    }
    assertThat(taken).as("one on its way and two that wait").isEqualTo(3);

    wire.close("TOO_SLOW");
    takeAll();

    for (int i = 0; i < taken; i++) {
      assertThat(next()).isEqualTo("x");
    }
    assertThat(next()).isEqualTo("closed: TOO_SLOW");
  }

  @Test
  void whoTakesNothingIsCutOffAfterAWhile() throws Exception {
    isSlow = true;
    var wire = new SocketWire(session, 10, Duration.ofMillis(1));
    assertThat(wire.send("a")).isTrue();

    wire.close("TOO_SLOW");

    assertThat(next()).isEqualTo("cut off");
  }

  @Test
  void anotherMessageIsRefusedWhileOneIsStuck() {
    isSlow = true;
    var wire = new SocketWire(session, 10, Duration.ZERO);

    assertThat(wire.send("a")).isTrue();
    assertThat(wire.send("b")).isFalse();
  }

  /** The other side takes what was sent, and what is sent meanwhile. */
  private void takeAll() {
    isSlow = false;
    held.forEach(Runnable::run);
  }

  private String next() throws InterruptedException {
    return sent.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
