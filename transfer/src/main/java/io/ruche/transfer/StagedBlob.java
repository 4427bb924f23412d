package io.ruche.transfer;

import java.nio.file.Path;

/**
 * Bytes that wait for a decision: {@link #keep} stores them durably, closing without it drops them.
 */
public final class StagedBlob implements AutoCloseable {
  private final ContentStore store;
  private final PartFile part;
  private final Cid cid;
  private boolean isKept;

  StagedBlob(ContentStore store, PartFile part, Cid cid) {
    this.store = store;
    this.part = part;
    this.cid = cid;
  }

  public Cid cid() {
    return cid;
  }

  public long sizeBytes() {
    return part.sizeBytes();
  }

  /** The bytes, to look at; gone after {@link #keep} or {@link #close}. */
  public Path file() {
    return part.path();
  }

  /**
   * Stores the bytes; when this returns they survive a power cut. Keeping again changes nothing.
   */
  public Cid keep() {
    if (!isKept) {
      store.keep(part, cid);
      isKept = true;
    }
    return cid;
  }

  @Override
  public void close() {
    part.close();
  }
}
