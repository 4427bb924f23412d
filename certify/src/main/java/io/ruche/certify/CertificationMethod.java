package io.ruche.certify;

/**
 * A way of finding the right result among those that workers returned. Implementations are pure:
 * the same ballot gives the same decision. A caller asks when a task comes, whenever a run was
 * given out and after every result.
 */
public interface CertificationMethod {
  /** Stable name, as written in settings. */
  String name();

  Authorized authorized();

  /** Runs with a known result for each other run, from 0 to 1, mixed so that nobody can tell. */
  double checkRate();

  Decision decide(Ballot ballot);

  /** Whether a worker with this record gets no more work. */
  boolean isBanned(WorkerRecord worker);
}
