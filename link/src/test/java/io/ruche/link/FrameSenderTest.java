package io.ruche.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameSenderTest {
  private static final int ROOM = 200;

  private final Line line = new Line();
  private final FrameSender frames = new FrameSender(ROOM, Duration.ofDays(1), line);

  /** Frames leave at once, or, while it is held, one by one when {@link #end} says so. */
  private static final class Line implements FrameSender.Channel {
    private final List<String> sent = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private @Nullable Consumer<@Nullable Throwable> underWay;
    private boolean isHeld;

    @Override
    public void send(String frame, Consumer<@Nullable Throwable> ended) {
      assertThat(underWay).as("the frame before").isNull();
      sent.add(frame);
      if (isHeld) {
        underWay = ended;
      } else {
        ended.accept(null);
      }
    }

    @Override
    public void failed(Throwable cause) {
      failures.add(cause);
    }

    void end(@Nullable Throwable failure) {
      var ended = Objects.requireNonNull(underWay);
      underWay = null;
      ended.accept(failure);
    }
  }

  /** One is under way, so that the next ones wait. */
  private void hold() {
    line.isHeld = true;
    frames.offer(List.of("{0}"));
    line.sent.clear();
  }

  private void release() {
    line.isHeld = false;
    line.end(null);
  }

  @Test
  void eachMessageIsAFrameUntilTheOtherSideKnowsBetter() {
    frames.offer(List.of("{1}", "{2}"));

    assertThat(line.sent).containsExactly("{1}", "{2}");
    assertThat(frames.isIdle()).isTrue();
  }

  @Test
  void whatWaitsTogetherLeavesTogetherInOrder() {
    frames.join();
    hold();
    frames.offer(List.of("{1}", "{2}"));
    frames.offer(List.of("{3}"));
    assertThat(line.sent).isEmpty();
    assertThat(frames.isIdle()).isFalse();

    release();

    assertThat(line.sent).containsExactly("[{1},{2},{3}]");
    assertThat(frames.isIdle()).isTrue();
  }

  @Test
  void oneAloneStaysAsItIs() {
    frames.join();
    frames.offer(List.of("{1}"));

    assertThat(line.sent).containsExactly("{1}");
  }

  @Test
  void aFrameHoldsNoMoreMessagesThanItMay() {
    frames.join();
    frames.offer(Collections.nCopies(LinkLimits.MAX_JOINED + 1, "{}"));

    assertThat(line.sent)
        .containsExactly("[" + "{},".repeat(LinkLimits.MAX_JOINED - 1) + "{}]", "{}");
  }

  /** Letters of three bytes, so that the longest frame is as long as it may be. */
  @Test
  void noFrameGetsLongerThanItMay() {
    frames.join();
    var text = "\u20ac".repeat(LinkLimits.MAX_FRAME_BYTES / 6);
    frames.offer(List.of(text, text, "{}"));

    assertThat(line.sent).containsExactly(text, "[" + text + ",{}]");
  }

  @Test
  void aFullQueueTakesAllOrNothing() {
    hold();
    frames.offer(Collections.nCopies(ROOM - 1, "{}"));

    assertThat(frames.offer(List.of("{}", "{}"))).isFalse();
    assertThat(frames.offer(List.of("{}"))).isTrue();
    assertThat(frames.offer(List.of("{}"))).isFalse();
  }

  @Test
  void aChannelThatTakesNothingForTooLongIsStuck() {
    var impatient = new FrameSender(ROOM, Duration.ZERO, line);
    line.isHeld = true;

    assertThat(impatient.offer(List.of("{1}"))).isTrue();
    assertThat(impatient.offer(List.of("{2}"))).isFalse();
  }

  @Test
  void afterAFailureNothingIsSent() {
    hold();
    frames.offer(List.of("{1}"));
    var cause = new IOException("gone");

    line.end(cause);

    assertThat(line.failures).containsExactly(cause);
    assertThat(line.sent).isEmpty();
    assertThat(frames.offer(List.of("{2}"))).isFalse();
  }

  @Test
  void aFailureAtOnceIsOneToo() {
    var cause = new IOException("gone");
    var failures = new ArrayList<Throwable>();
    var broken = new FrameSender(ROOM, Duration.ofDays(1), new FrameSender.Channel() {
      @Override
      public void send(String frame, Consumer<@Nullable Throwable> ended) {
        ended.accept(cause);
      }

      @Override
      public void failed(Throwable failure) {
        failures.add(failure);
      }
    });

    broken.offer(List.of("{1}", "{2}"));

    assertThat(failures).containsExactly(cause);
  }

  @Test
  void whatWaitsLeavesBeforeTheEnd() {
    hold();
    frames.offer(List.of("{1}"));
    frames.close(() -> line.sent.add("end"));
    assertThat(frames.offer(List.of("{2}"))).isFalse();
    assertThat(line.sent).isEmpty();

    release();

    assertThat(line.sent).containsExactly("{1}", "end");
  }

  @Test
  void anIdleOneEndsAtOnceAndOnlyOnce() {
    frames.close(() -> line.sent.add("end"));
    frames.close(() -> line.sent.add("another end"));

    assertThat(line.sent).containsExactly("end");
  }

  @Test
  void whatIsAbandonedIsNotSent() {
    hold();
    frames.offer(List.of("{1}"));
    frames.abandon();

    release();

    assertThat(line.sent).isEmpty();
    assertThat(frames.offer(List.of("{2}"))).isFalse();
  }

  /** One thread sends, others only leave what they have. */
  @Test
  void manyThreadsLoseNothingAndMixNothing() throws Exception {
    var messages = 20_000;
    var many = new FrameSender(messages, Duration.ofDays(1), line);
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var put : IntStream.range(0, messages)
          .mapToObj(i -> threads.submit(() -> many.offer(List.of("{" + i + "}"))))
          .toList()) {
        assertThat(put.get()).isTrue();
      }
    }

    assertThat(line.sent).doesNotHaveDuplicates().hasSize(messages);
    assertThat(many.isIdle()).isTrue();
  }
}
