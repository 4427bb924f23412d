package io.ruche.link;

/** When the pool hands out its authorization to contribute. */
public enum Release {
  /** With the work: a worker that then lies loses stake (the PoCo vote). */
  WITH_WORK,
  /** After the worker's salted commit of its digest: what is checked later was fixed before. */
  AFTER_COMMIT,
  /** After the pool stored the result; what finalizes the task comes with it. */
  AFTER_RESULT
}
