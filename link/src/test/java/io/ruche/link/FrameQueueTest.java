package io.ruche.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FrameQueue queue = new FrameQueue(200);

  @Test
  void eachMessageIsAFrameUntilTheOtherSideKnowsBetter() throws Exception {
    queue.offer(List.of("{1}", "{2}"));

    assertThat(queue.take(PATIENCE)).isEqualTo("{1}");
    assertThat(queue.take(PATIENCE)).isEqualTo("{2}");
  }

  @Test
  void whatWaitsTogetherLeavesTogetherInOrder() throws Exception {
    queue.join();
    queue.offer(List.of("{1}", "{2}"));
    queue.offer(List.of("{3}"));

    assertThat(queue.take(PATIENCE)).isEqualTo("[{1},{2},{3}]");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void oneAloneStaysAsItIs() throws Exception {
    queue.join();
    queue.offer(List.of("{1}"));

    assertThat(queue.take(PATIENCE)).isEqualTo("{1}");
  }

  @Test
  void aFrameHoldsNoMoreMessagesThanItMay() throws Exception {
    queue.join();
    queue.offer(Collections.nCopies(LinkLimits.MAX_JOINED + 1, "{}"));

    assertThat(queue.take(PATIENCE))
        .isEqualTo("[" + "{},".repeat(LinkLimits.MAX_JOINED - 1) + "{}]");
    assertThat(queue.take(PATIENCE)).isEqualTo("{}");
  }

  /** Letters of three bytes, so that the longest frame is as long as it may be. */
  @Test
  void noFrameGetsLongerThanItMay() throws Exception {
    queue.join();
    var text = "\u20ac".repeat(LinkLimits.MAX_FRAME_BYTES / 6);
    queue.offer(List.of(text, text, "{}"));

    assertThat(queue.take(PATIENCE)).isEqualTo(text);
    assertThat(queue.take(PATIENCE)).isEqualTo("[" + text + ",{}]");
  }

  @Test
  void aFullQueueTakesAllOrNothing() {
    queue.offer(Collections.nCopies(199, "{}"));

    assertThat(queue.offer(List.of("{}", "{}"))).isFalse();
    assertThat(queue.offer(List.of("{}"))).isTrue();
    assertThat(queue.offer(List.of("{}"))).isFalse();
  }

  @Test
  void whoWaitsCanBeWoken() throws Exception {
    queue.wake();

    assertThat(queue.take(PATIENCE)).isNull();
  }

  @Test
  void patienceEnds() throws Exception {
    assertThat(queue.take(Duration.ZERO)).isNull();
  }
}
