package io.ruche.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class OutputLogTest {
  private final OutputLog log = new OutputLog();

  private void append(LogStream stream, String text) {
    log.append(stream, text.getBytes(StandardCharsets.UTF_8));
  }

  private String text(OutputLog.Piece piece) {
    return piece.stream() + " " + new String(piece.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aPieceIsOfOneStreamAndTheNextOneFollows() {
    append(LogStream.STDOUT, "one");
    append(LogStream.STDERR, "two");
    append(LogStream.STDOUT, "three");

    var first = log.from(0, 100);
    var second = log.from(first.next(), 100);
    var third = log.from(second.next(), 100);

    assertThat(text(first)).isEqualTo("STDOUT one");
    assertThat(text(second)).isEqualTo("STDERR two");
    assertThat(text(third)).isEqualTo("STDOUT three");
    assertThat(third.next()).isEqualTo(log.size());
  }

  @Test
  void aPieceIsNoLongerThanAsked() {
    append(LogStream.STDERR, "abcdef");

    assertThat(text(log.from(2, 3))).isEqualTo("STDERR cde");
  }

  @Test
  void pastTheEndThereIsNothing() {
    append(LogStream.STDERR, "abc");

    assertThat(log.from(3, 10).bytes()).isEmpty();
    assertThat(log.from(99, 10)).extracting(OutputLog.Piece::offset).isEqualTo(3);
  }

  @Test
  void whatDoesNotFitIsDropped() {
    log.append(LogStream.STDOUT, new byte[OutputLog.MAX_BYTES - 1]);
    append(LogStream.STDERR, "xyz");
    append(LogStream.STDERR, "more");

    assertThat(log.size()).isEqualTo(OutputLog.MAX_BYTES);
    assertThat(text(log.from(OutputLog.MAX_BYTES - 1, 10))).isEqualTo("STDERR x");
  }

  @Test
  void outputBeyondOneFrameOrOutsideTheLogIsRefused() {
    var large = Base64.getEncoder().encodeToString(new byte[LinkLimits.MAX_OUTPUT_BYTES + 1]);
    var output = new FromWorker.Output(Samples.REF, LogStream.STDOUT, 0, 1 << 20, large, null);

    assertThatThrownBy(output::bytes).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FromWorker.Output(Samples.REF, LogStream.STDOUT, 2, 1, "", null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FromPool.Watch(Samples.REF, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
