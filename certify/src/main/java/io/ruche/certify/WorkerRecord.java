package io.ruche.certify;

/**
 * What is known of a worker.
 *
 * @param checksPassed runs with a known result that it got right
 * @param streak results in a row that were accepted along with an equal one of somebody else
 * @param wrong checks failed, and results that differed from the accepted one
 * @param score its record by the hub's rule
 */
public record WorkerRecord(long checksPassed, long streak, long wrong, long score) {
  public static final WorkerRecord FRESH = new WorkerRecord(0, 0, 0, 0);

  public WorkerRecord {
    if (checksPassed < 0 || streak < 0 || wrong < 0 || score < 0) {
      throw new IllegalArgumentException("expected no count below 0, found %d, %d, %d, %d"
          .formatted(checksPassed, streak, wrong, score));
    }
  }

  public WorkerRecord passedCheck() {
    return new WorkerRecord(checksPassed + 1, streak, wrong, score);
  }

  public WorkerRecord failedCheck() {
    return new WorkerRecord(checksPassed, 0, wrong + 1, score);
  }

  /**
   * Its result was accepted. Alone it proves nothing; the hub, too, counts company only.
   *
   * @param hadCompany whether others contributed to the task
   */
  public WorkerRecord accepted(boolean hadCompany) {
    return hadCompany ? new WorkerRecord(checksPassed, streak + 1, wrong, score + 1) : this;
  }

  /** Another result was accepted; the hub takes a third of the score, rounded up. */
  public WorkerRecord outvoted() {
    return new WorkerRecord(checksPassed, 0, wrong + 1, score * 2 / 3);
  }
}
