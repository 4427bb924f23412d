package io.ruche.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.cli.process.ProcessRecord;
import io.ruche.core.RucheException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingTest {
  @TempDir
  Path folder;

  @Test
  void deadProcessSpeaksForItselfWhenItsLastLineIsASentence() throws Exception {
    var failure = failureAfter("INFO starting\nSTORE_CORRUPT: x.db is damaged. Restore it.\n\n");

    assertThat(failure.code()).isEqualTo("STORE_CORRUPT");
    assertThat(failure.sentence())
        .contains("the server did not start: x.db is damaged. Restore it.", "server.log");
  }

  @Test
  void endOfTheLogIsShownWhenItSaidNothingClear() throws Exception {
    var failure = failureAfter("STORE_CORRUPT: of another start.\nKilled\n");

    assertThat(failure.code()).isEqualTo("PROCESS_DIED");
    assertThat(failure.getMessage()).endsWith("Killed");
  }

  private RucheException failureAfter(String log) throws Exception {
    var file = Files.writeString(folder.resolve("server.log"), log);
    var dead = new ProcessRecord(
        "server", Long.MAX_VALUE, "none", List.of("x"), file.toString(), Instant.EPOCH);
    var caught = new RucheException[1];
    assertThatThrownBy(() -> Waiting.until(dead, Duration.ofSeconds(5), Optional::empty))
        .isInstanceOfSatisfying(RucheException.class, failure -> caught[0] = failure);
    return caught[0];
  }
}
