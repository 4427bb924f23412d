package io.ruche.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsWatchTest {
  @TempDir
  Path folder;

  private long second;
  private List<String> arguments = List.of();

  @BeforeEach
  void writeFirst() throws IOException {
    write("\"availability\": \"mains\"");
    arguments = List.of("--settings", folder.resolve("worker.json").toString());
  }

  @Test
  void aChangeIsReadOnce() throws IOException {
    var watch = watch();
    assertThat(watch.get()).isEmpty();

    write("\"availability\": \"idle 5m\", \"availabilityGrace\": \"1m\"");

    assertThat(watch.get()).get().satisfies(settings -> {
      assertThat(settings.grace()).hasMinutes(1);
      assertThat(settings.rule().conditions()).hasSize(1);
    });
    assertThat(watch.get()).isEmpty();
  }

  @Test
  void anUnknownKeyIsRefusedByNameOnceAndTheNextChangeIsRead() throws IOException {
    var watch = watch();
    write("\"availabilityy\": \"always\"");

    assertThatThrownBy(watch::get)
        .isInstanceOf(RucheException.class)
        .hasMessageContaining("unknown key availabilityy");
    assertThat(watch.get()).isEmpty();
    write("\"availability\": \"always\"");
    assertThat(watch.get()).isPresent();
  }

  @Test
  void whatNeedsARestartIsNotTakenOver() throws IOException {
    var watch = watch();
    write("\"availability\": \"always\", \"slots\": 7");

    assertThatThrownBy(watch::get)
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("RESTART_NEEDED"));
    write("\"availability\": \"always\"");
    assertThat(watch.get()).isPresent();
  }

  private SettingsWatch watch() {
    return new SettingsWatch(arguments, Map.of(), SettingsReader.read(arguments, Map.of()));
  }

  private void write(String more) throws IOException {
    var address = "0x" + "aa".repeat(20);
    var file = Files.writeString(folder.resolve("worker.json"), """
        {"pool": "http://p", "rpc": "http://r", "chainId": 7, "hub": "%s", "keystore": "k",
         "home": "/h", %s}
        """.formatted(address, more));
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_000_000 + second++)));
  }
}
