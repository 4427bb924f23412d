package io.ruche.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.agent.Fixtures;
import io.ruche.worker.AttemptId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFoldersTest {
  private static final AttemptId FIRST = new AttemptId(Fixtures.task(1), 1);
  private static final AttemptId SECOND = new AttemptId(Fixtures.task(1), 2);

  @TempDir
  Path home;

  @Test
  void aFreshFolderIsEmptyWhateverWasThere() throws Exception {
    var folders = new WorkFolders(home);
    Files.writeString(folders.fresh(FIRST).output().resolve("old"), "old");

    var folder = folders.fresh(FIRST);

    assertThat(folder.output()).isEmptyDirectory();
    assertThat(folder.input()).isEmptyDirectory();
  }

  @Test
  void onlyHeldFoldersSurviveAStart() throws Exception {
    var folders = new WorkFolders(home);
    folders.fresh(FIRST);
    folders.fresh(SECOND);
    Files.writeString(folders.root().resolve("stray"), "x");

    folders.keepOnly(Set.of(SECOND));

    assertThat(folders.root()).isDirectoryNotContaining("glob:**stray");
    assertThat(folders.of(FIRST).root()).doesNotExist();
    assertThat(folders.of(SECOND).root()).exists();
  }

  @Test
  void deletingDoesNotFollowLinks() throws Exception {
    var folders = new WorkFolders(home);
    var precious = Files.createDirectories(home.resolve("precious"));
    Files.writeString(precious.resolve("file"), "x");
    Files.createSymbolicLink(folders.fresh(FIRST).output().resolve("link"), precious);

    folders.discard(FIRST);

    assertThat(precious.resolve("file")).exists();
    assertThat(folders.of(FIRST).root()).doesNotExist();
  }
}
