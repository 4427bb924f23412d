package io.ruche.transfer;

import java.nio.file.Path;

/** A stored, verified piece of content. The file must not be written to. */
public record Blob(Cid cid, Path file, long sizeBytes) {}
