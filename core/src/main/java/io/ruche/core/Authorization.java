package io.ruche.core;

/**
 * The pool's signed leave for one worker to contribute to one task. The hub checks it in
 * {@code contribute}; it is signed by the owner of the pool at deal time.
 */
public record Authorization(
    Address worker, TaskId task, Address enclaveChallenge, Signature signature) {

  /** Hash that is personal-signed: keccak256(worker, task, enclave challenge), packed. */
  public static byte[] message(Address worker, TaskId task, Address enclaveChallenge) {
    return Keccak.hash(worker.bytes(), task.bytes(), enclaveChallenge.bytes());
  }
}
