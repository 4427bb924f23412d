package io.ruche.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.core.RucheException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerFileTest {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

  @TempDir
  Path folder;

  @Test
  void whatTheOwnerAddedStaysAndWhatIsGivenWins() throws Exception {
    var file = new WorkerFile(folder);
    Files.writeString(file.path(), "{\"slots\": 1, \"surplusMeter\": \"/meter\"}");

    file.merge(JsonNodeFactory.instance.objectNode().put("slots", 2).put("pool", "https://p"));

    assertThat(file.read().toString())
        .isEqualTo("{\"slots\":2,\"surplusMeter\":\"/meter\",\"pool\":\"https://p\"}");
  }

  @Test
  void fileThatSaysTheSameIsNotTouchedSoARunningWorkerHasNothingToReadAgain() throws Exception {
    var file = new WorkerFile(folder);
    var given = JsonNodeFactory.instance.objectNode().put("slots", 2);
    file.merge(given);
    Files.setLastModifiedTime(file.path(), LONG_AGO);

    file.merge(given);

    assertThat(Files.getLastModifiedTime(file.path())).isEqualTo(LONG_AGO);
  }

  @Test
  void brokenFileIsRefusedAndLeft() throws Exception {
    var file = new WorkerFile(folder);
    Files.writeString(file.path(), "{");

    assertThatThrownBy(() -> file.merge(JsonNodeFactory.instance.objectNode()))
        .isInstanceOf(RucheException.class)
        .hasMessageContaining(file.path().toString());
    assertThat(file.path()).hasContent("{");
  }
}
