package io.ruche.server.data;

import io.ruche.transfer.Cid;
import io.ruche.transfer.ResultSummary;

/** A whole archive in memory, and what is in it; nobody changes its bytes. */
public final class SmallResult {
  private final byte[] archive;
  private final Cid cid;
  private final ResultSummary summary;

  public SmallResult(byte[] archive, ResultSummary summary) {
    this.archive = archive;
    this.cid = Cid.of(archive);
    this.summary = summary;
  }

  byte[] archive() {
    return archive;
  }

  public int sizeBytes() {
    return archive.length;
  }

  Cid cid() {
    return cid;
  }

  ResultSummary summary() {
    return summary;
  }
}
