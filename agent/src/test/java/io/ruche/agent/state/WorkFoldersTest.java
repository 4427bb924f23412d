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

  @Test
  void recycledFolderServesTheNextAttemptAndIsEmpty() throws Exception {
    var folders = started();
    var first = folders.fresh(FIRST);
    Files.writeString(first.input().resolve("data"), "x");
    Files.writeString(Files.createDirectory(first.output().resolve("deep")).resolve("old"), "x");
    Files.writeString(first.archive(), "x");

    folders.recycle(FIRST);
    assertThat(folders.root()).isEmptyDirectory();
    assertThat(home.resolve("spare")).isNotEmptyDirectory();
    var second = folders.fresh(SECOND);

    assertThat(home.resolve("spare")).isEmptyDirectory();
    assertThat(second.input()).isEmptyDirectory();
    assertThat(second.output()).isEmptyDirectory();
    assertThat(second.archive()).doesNotExist();
  }

  @Test
  void folderThatIsNoLongerWholeIsNotKept() throws Exception {
    var folders = started();
    var precious = Files.createDirectories(home.resolve("precious"));
    Files.writeString(precious.resolve("file"), "x");
    var first = folders.fresh(FIRST);
    Files.delete(first.output());
    Files.createSymbolicLink(first.output(), precious);

    folders.recycle(FIRST);

    assertThat(precious.resolve("file")).exists();
    assertThat(folders.root()).isEmptyDirectory();
    assertThat(home.resolve("spare")).isEmptyDirectory();
  }

  @Test
  void aSpareFolderThatIsGoneIsMadeAnew() throws Exception {
    var folders = started();
    folders.fresh(FIRST);
    folders.recycle(FIRST);
    try (var spare = Files.list(home.resolve("spare"))) {
      var emptied = spare.toList().getFirst();
      Files.move(emptied, home.resolve("elsewhere"));
    }

    assertThat(folders.fresh(SECOND).output()).isEmptyDirectory();
  }

  @Test
  void nothingSpareSurvivesAStart() throws Exception {
    var folders = started();
    folders.fresh(FIRST);
    folders.recycle(FIRST);

    started();

    assertThat(home.resolve("spare")).isEmptyDirectory();
  }

  private WorkFolders started() {
    var folders = new WorkFolders(home);
    folders.keepOnly(Set.of());
    return folders;
  }
}
