package io.ruche.agent.availability;

import io.ruche.core.RucheException;
import io.ruche.worker.availability.OwnerWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * What the owner said last, in the worker's home: it outlives the worker's process. Written by the
 * command line, read by the worker.
 */
public final class OwnerFile {
  private static final String NAME = "owner-word";

  private final Path file;

  public OwnerFile(Path home) {
    file = home.resolve(NAME);
  }

  /**
   * What was said; WORK when nothing was.
   *
   * @throws RucheException OWNER_WORD_UNREADABLE
   */
  public OwnerWord read() {
    if (!Files.exists(file)) {
      return OwnerWord.WORK;
    }
    var text = Sysfs.text(file).orElse("");
    try {
      return OwnerWord.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new RucheException(
          "OWNER_WORD_UNREADABLE",
          "expected work, drain or pause in %s, found '%s'.".formatted(file, text),
          "Run `ruche worker pause` or `ruche worker resume`.",
          false,
          e);
    }
  }

  public void write(OwnerWord word) {
    replace(file, word.name().toLowerCase(Locale.ROOT) + "\n");
  }

  /** A reader finds the old text or the new, never a part. */
  static void replace(Path file, String text) {
    try {
      var next = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(next, text);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new RucheException(
          "HOME_UNUSABLE",
          "cannot write %s: %s.".formatted(file, e),
          "Check that the disk is not full and who may write to the folder.",
          true,
          e);
    }
  }
}
