package io.ruche.sandbox.wasi;

/** What a run may leave under its output folder; breaking it ends the run at once. */
final class OutputQuota {
  private final long maxBytes;
  private final int maxFiles;
  private long bytes;
  private int files;

  OutputQuota(long maxBytes, int maxFiles) {
    this.maxBytes = maxBytes;
    this.maxFiles = maxFiles;
  }

  /** Counts bytes before they are written. */
  void addBytes(long count) {
    if (count > maxBytes - bytes) {
      throw GuestStop.outputLimit("expected at most %d bytes of output".formatted(maxBytes));
    }
    bytes += count;
  }

  /** Counts a file or folder before it is made. */
  void addFile() {
    if (files == maxFiles) {
      throw GuestStop.outputLimit("expected at most %d output files".formatted(maxFiles));
    }
    files++;
  }

  void removeFile() {
    files--;
  }

  void removeBytes(long count) {
    bytes -= count;
  }
}
