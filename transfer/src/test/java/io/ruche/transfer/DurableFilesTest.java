package io.ruche.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
  @TempDir
  Path folder;

  /** Folders in a zip archive cannot be opened, as those of Windows cannot. */
  @Test
  void foldersThatCannotBeOpenedAreNotSynced() throws Exception {
    try (var other =
        FileSystems.newFileSystem(folder.resolve("other.zip"), Map.of("create", "true"))) {
      var root = other.getPath("/");
      assertThatThrownBy(() -> FileChannel.open(root)).isInstanceOf(IOException.class);

      assertThatCode(() -> DurableFiles.syncFolder(root)).doesNotThrowAnyException();
    }
  }

  @Test
  void aFolderThatIsMissingIsAnError() {
    var missing = folder.resolve("missing");

    assertThat(missing).doesNotExist();
    assertThatThrownBy(() -> DurableFiles.syncFolder(missing)).isInstanceOf(IOException.class);
  }
}
