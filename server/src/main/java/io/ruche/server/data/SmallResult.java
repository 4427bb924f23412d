package io.ruche.server.data;

import io.ruche.core.CallbackKind;
import io.ruche.transfer.Cid;
import io.ruche.transfer.ResultSummary;

/**
 * A whole archive in memory, and what is in it for a task with this callback; nobody changes its
 * bytes.
 */
public final class SmallResult {
  private final byte[] archive;
  private final Cid cid;
  private final CallbackKind callback;
  private final ResultSummary summary;

  public SmallResult(byte[] archive, CallbackKind callback, ResultSummary summary) {
    this.archive = archive;
    this.callback = callback;
    this.cid = Cid.of(archive);
    this.summary = summary;
  }

  byte[] archive() {
    return archive;
  }

  public int sizeBytes() {
    return archive.length;
  }

  public CallbackKind callback() {
    return callback;
  }

  Cid cid() {
    return cid;
  }

  ResultSummary summary() {
    return summary;
  }
}
