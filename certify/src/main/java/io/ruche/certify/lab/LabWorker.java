package io.ruche.certify.lab;

import io.ruche.certify.WorkerRecord;

/** One worker: what it is, and what is known of it. */
final class LabWorker {
  private final boolean isLiar;
  private WorkerRecord record = WorkerRecord.FRESH;
  private int runs;
  private boolean isExpelled;

  LabWorker(boolean isLiar) {
    this.isLiar = isLiar;
  }

  boolean isLiar() {
    return isLiar;
  }

  WorkerRecord record() {
    return record;
  }

  void record(WorkerRecord changed) {
    record = changed;
  }

  /** Runs that it ended, checks too: it cannot tell them apart. */
  int runs() {
    return runs;
  }

  void ran() {
    runs++;
  }

  boolean isExpelled() {
    return isExpelled;
  }

  void expel() {
    isExpelled = true;
  }
}
