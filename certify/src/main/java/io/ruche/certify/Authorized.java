package io.ruche.certify;

/** When workers get leave to contribute, which decides what a liar loses. */
public enum Authorized {
  /** With the work: everybody votes on chain, and a liar loses its stake. */
  WITH_WORK,
  /**
   * After a round of salted commits off chain: only those contribute whose result was accepted, so
   * a liar keeps its stake but loses pay and standing.
   */
  AFTER_COMMIT
}
