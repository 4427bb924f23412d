package io.ruche.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stored, verified piece of content. The file must not be written to. */
public record Blob(Cid cid, Path file, long sizeBytes) {
  public InputStream stream() throws IOException {
    return Files.newInputStream(file);
  }
}
