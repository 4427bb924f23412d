package io.ruche.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.FailureCode;
import io.ruche.core.RucheException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkCodecTest {
  private static final String TASK = Samples.word("2a");
  private final LinkCodec codec = new LinkCodec();

  @Test
  void everyMessageSurvivesItsJson() {
    for (var message : Samples.fromPool()) {
      assertThat(codec.decodeFromPool(codec.encode(message))).containsExactly(message);
    }
    for (var message : Samples.fromWorker()) {
      assertThat(codec.decodeFromWorker(codec.encode(message))).containsExactly(message);
    }
  }

  @Test
  void unknownFieldsAreIgnored() {
    var message = codec.decodeFromPool(
        "{\"type\":\"reveal\",\"later\":[{}],\"ref\":{\"task\":\"%s\",\"attempt\":3,\"x\":1}}"
            .formatted(TASK));

    assertThat(message).containsExactly(new FromPool.Reveal(Samples.REF));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "[null]",
        "[{\"type\":\"reveal\",\"ref\":{\"task\":\"TASK\",\"attempt\":1}},{}]",
        "[[{\"type\":\"reveal\",\"ref\":{\"task\":\"TASK\",\"attempt\":1}}]]",
        "\"reveal\"",
        "{}",
        "{\"type\":\"dance\"}",
        "{\"type\":\"reveal\"}",
        "{\"type\":\"reveal\",\"ref\":null}",
        "{\"type\":\"reveal\",\"ref\":\"TASK\"}",
        "{\"type\":\"reveal\",\"ref\":{\"task\":\"0x12\",\"attempt\":1}}",
        "{\"type\":\"reveal\",\"ref\":{\"task\":\"TASK\"}}",
        "{\"type\":\"reveal\",\"ref\":{\"task\":\"TASK\",\"attempt\":\"1\"}}",
        "{\"type\":\"reveal\",\"ref\":{\"task\":\"TASK\",\"attempt\":1.5}}",
        "{\"type\":\"reveal\",\"ref\":{\"task\":\"TASK\",\"attempt\":null}}",
        "{\"type\":\"reveal\",\"ref\":{\"task\":\"TASK\",\"attempt\":99999999999}}",
        "{\"type\":\"reveal\",\"ref\":{\"task\":\"TASK\",\"attempt\":1}} {}",
        "{\"type\":\"reveal\",\"type\":\"reveal\",\"ref\":{\"task\":\"TASK\",\"attempt\":1}}",
        "{\"type\":\"done\",\"ref\":{\"task\":\"TASK\",\"attempt\":1},\"outcome\":5}",
        "{\"type\":\"welcome\",\"heartbeatMillis\":true,\"session\":\"s\"}",
      })
  void whatIsNoMessageIsRefused(String frame) {
    assertThatThrownBy(() -> codec.decodeFromPool(frame.replace("TASK", TASK)))
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo(LinkCodec.BAD_FRAME));
  }

  @Test
  void aFrameMayHoldSeveralMessagesUpToTheLimit() {
    var one = codec.encode(new FromPool.Reveal(Samples.REF));
    var most = Collections.nCopies(LinkLimits.MAX_JOINED, one);
    var tooMany = Collections.nCopies(LinkLimits.MAX_JOINED + 1, one);

    assertThat(codec.decodeFromPool(most.toString()))
        .hasSize(LinkLimits.MAX_JOINED)
        .containsOnly(new FromPool.Reveal(Samples.REF));
    assertThatThrownBy(() -> codec.decodeFromPool(tooMany.toString()))
        .hasMessageContaining("expected 1 to 64 messages in a frame, found 65");
  }

  @Test
  void aMessageOfTheOtherSideIsRefused() {
    var frame = codec.encode(new FromPool.Reveal(Samples.REF));

    assertThatThrownBy(() -> codec.decodeFromWorker(frame)).isInstanceOf(RucheException.class);
  }

  @Test
  void framesBeyondTheLimitAreRefusedUnread() {
    var frame = "x".repeat(LinkLimits.MAX_FRAME_BYTES + 1);

    assertThatThrownBy(() -> codec.decodeFromPool(frame))
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo(LinkCodec.FRAME_TOO_LARGE));
  }

  @Test
  void theLongestHeartbeatFitsIntoAFrame() {
    var longest = new AttemptRef(Samples.REF.task(), Integer.MAX_VALUE);
    var running = Collections.nCopies(
        LinkLimits.MAX_RUNNING, new FromWorker.Running(longest, Phase.CONTRIBUTING));
    var heartbeat = new FromWorker.Heartbeat(LinkLimits.MAX_RUNNING, running, null);

    assertThat(codec.decodeFromWorker(codec.encode(heartbeat))).containsExactly(heartbeat);
  }

  @Test
  void detailsAreCutToTheirBound() {
    var failed = new FromWorker.Failed(Samples.REF, FailureCode.TRAP, 0, "x".repeat(5_000));

    assertThat(failed.detail()).hasSize(LinkLimits.MAX_DETAIL_CHARS);
  }
}
