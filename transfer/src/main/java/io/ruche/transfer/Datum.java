package io.ruche.transfer;

import io.ruche.core.Sha256;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** A cached file in use: it stays where it is until closed. Its bytes must not be changed. */
public final class Datum implements AutoCloseable {
  private final Sha256 sha256;
  private final Path file;
  private final long sizeBytes;
  private final Runnable release;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  Datum(Sha256 sha256, Path file, long sizeBytes, Runnable release) {
    this.sha256 = sha256;
    this.file = file;
    this.sizeBytes = sizeBytes;
    this.release = release;
  }

  public Sha256 sha256() {
    return sha256;
  }

  public Path file() {
    return file;
  }

  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      release.run();
    }
  }
}
