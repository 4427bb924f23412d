package io.ruche.agent.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.RucheException;
import io.ruche.worker.availability.Obstacle;
import io.ruche.worker.availability.Outlook;
import io.ruche.worker.availability.OwnerWord;
import io.ruche.worker.availability.Stance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HomeFilesTest {
  private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");

  @TempDir
  Path home;

  @ParameterizedTest
  @EnumSource(OwnerWord.class)
  void theOwnersWordIsKept(OwnerWord word) {
    new OwnerFile(home).write(word);

    assertThat(new OwnerFile(home).read()).isEqualTo(word);
  }

  @Test
  void anOwnerWhoSaidNothingLetsItWorkAndNonsenseIsTold() throws IOException {
    assertThat(new OwnerFile(home).read()).isEqualTo(OwnerWord.WORK);
    Files.writeString(home.resolve("owner-word"), "perhaps");

    assertThatThrownBy(() -> new OwnerFile(home).read())
        .isInstanceOf(RucheException.class)
        .hasMessageContaining("found 'perhaps'");
  }

  @Test
  void theStatusIsReadBackAsItWasWritten() throws IOException {
    var status = new StatusFile.Status(
        new Outlook(
            Stance.PAUSE,
            NOW,
            List.of(
                new Obstacle("CALENDAR", "it is noon", "wait", NOW.plusSeconds(60)),
                new Obstacle("TOO_WARM", "it is hot", "cool it", null))),
        2,
        ProcessMark.current(),
        Tally.none(NOW),
        2,
        60);
    var file = new StatusFile(home);
    assertThat(file.read()).isEmpty();

    file.write(status);
    assertThat(file.read()).contains(status);
    assertThat(file.read().orElseThrow().process().isAlive()).isTrue();
    assertThat(new ProcessMark(status.process().pid(), "an earlier start").isAlive())
        .isFalse();

    Files.writeString(home.resolve("status.json"), "{\"stance\":");
    assertThat(file.read()).isEmpty();
  }
}
