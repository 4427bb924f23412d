package io.ruche.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.worker.availability.Obstacle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoWorkTest {
  @TempDir
  Path folder;

  @Test
  void poolWithoutAWaitingTaskIsAReason() throws Exception {
    var status =
        new JsonMapper().readTree("{\"pool\": {\"workers\": 3, \"tasks\": {\"COMPLETED\": 7}}}");

    assertThat(NoWork.waiting(status)).map(Obstacle::code).contains("NO_TASKS");
  }

  @Test
  void poolWithAWaitingTaskIsNone() throws Exception {
    var status = new JsonMapper().readTree("{\"pool\": {\"tasks\": {\"ACTIVE\": 1}}}");

    assertThat(NoWork.waiting(status)).isEmpty();
  }

  @Test
  void fullDiskAndUnusableSettingsAreToldWithoutANetwork() {
    new WorkerFile(folder).merge(JsonNodeFactory.instance.objectNode().put("minFreeMiB", 1L << 40));

    assertThat(NoWork.reasons(folder))
        .extracting(Obstacle::code)
        .containsExactly("DISK_FULL", "WALLET_STORE");
  }

  @Test
  void workerThatDidNotJoinHasNoFileToAskFrom() throws Exception {
    Files.createDirectories(folder);

    assertThat(NoWork.reasons(folder)).isEmpty();
  }
}
