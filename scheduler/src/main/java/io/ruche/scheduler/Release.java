package io.ruche.scheduler;

/** When the pool hands out its authorization to contribute. */
public enum Release {
  /** With the work: a worker that then lies loses stake (the PoCo vote). */
  WITH_WORK,
  /** After the worker's salted commit of its digest: what is checked later was fixed before. */
  AFTER_COMMIT,
  /**
   * After the pool stored the result, for tasks that ask for one run only: the worker contributes
   * and finalizes in one transaction and locks no stake.
   */
  AFTER_RESULT
}
