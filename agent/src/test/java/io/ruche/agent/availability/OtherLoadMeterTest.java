package io.ruche.agent.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.worker.availability.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherLoadMeterTest {
  private static final long SECOND = 1_000_000_000;

  @TempDir
  Path proc;

  @Test
  void ourOwnWorkIsNotCounted() throws IOException {
    var meter = new OtherLoadMeter(proc, () -> Stream.of(7L, 8L));
    machine(1_000, 100, 50);
    process(7, 20, 10, 3, 2);
    process(8, 500, 0, 0, 0);

    assertThat(meter.look(0)).isInstanceOf(Reading.Unknown.class);
    machine(1_150, 120, 60);
    process(7, 30, 10, 3, 2);
    process(8, 590, 0, 0, 0);

    assertThat(meter.look(2 * SECOND)).isEqualTo(Reading.of(0.4));
  }

  @Test
  void aLookTooSoonRepeatsTheLastAnswer() throws IOException {
    var meter = new OtherLoadMeter(proc, Stream::of);
    machine(0, 0, 0);
    meter.look(0);
    machine(100, 0, 0);
    assertThat(meter.look(SECOND)).isEqualTo(Reading.of(1.0));

    machine(300, 0, 0);

    assertThat(meter.look(SECOND + SECOND / 4)).isEqualTo(Reading.of(1.0));
    assertThat(meter.look(2 * SECOND)).isEqualTo(Reading.of(2.0));
  }

  @Test
  void anotherSystemTellsNothing() {
    assertThat(new OtherLoadMeter(proc, Stream::of).look(0)).isInstanceOf(Reading.Unknown.class);
  }

  private void machine(long user, long nice, long system) throws IOException {
    Files.writeString(
        proc.resolve("stat"),
        "cpu  %d %d %d 999999 88888 0 0 0 77777 0\ncpu0 1 2 3 4 5 6 7 8 9 0\n"
            .formatted(user, nice, system));
  }

  private void process(long pid, long... times) throws IOException {
    Files.createDirectories(proc.resolve(Long.toString(pid)));
    Files.writeString(
        proc.resolve(pid + "/stat"),
        "%d (java (x) y) S 1 1 1 0 -1 4194304 0 0 0 0 %d %d %d %d 20 0 1 0"
            .formatted(pid, times[0], times[1], times[2], times[3]));
  }
}
