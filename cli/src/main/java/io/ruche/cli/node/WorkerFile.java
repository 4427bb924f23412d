package io.ruche.cli.node;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The settings file of a worker that joined: what its owner added stays. */
final class WorkerFile {
  private static final String NAME = "worker.json";
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;

  WorkerFile(Path folder) {
    this.file = folder.resolve(NAME);
  }

  Path path() {
    return file;
  }

  ObjectNode read() {
    try {
      if (!Files.exists(file)) {
        return JSON.createObjectNode();
      }
      if (JSON.readTree(Files.readString(file)) instanceof ObjectNode object) {
        return object;
      }
      throw new IOException("expected a JSON object");
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Takes over what is given, keeps the rest; a file that says the same is not touched. */
  void merge(ObjectNode given) {
    var before = read();
    var after = before.deepCopy();
    after.setAll(given);
    if (Files.exists(file) && after.equals(before)) {
      return;
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var part = file.resolveSibling(NAME + ".part");
      Files.writeString(part, after.toPrettyString() + "\n");
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private RucheException unusable(IOException cause) {
    return new RucheException(
        "SETTINGS_INVALID",
        "cannot use the settings file %s: %s.".formatted(file, cause.getMessage()),
        "Correct or remove it; the worker's settings are written anew.",
        false,
        cause);
  }
}
