package io.ruche.core;

/**
 * What a deal gives to a waiting contract when a task ends. It rules the digest, as a contract can
 * only be called with bytes whose keccak256 is the digest; see
 * docs/adr/0004-failures-and-callbacks.md.
 */
public enum CallbackKind {
  /** No contract waits. */
  NONE,
  /** A contract waits for answers; for a failure it is called with no bytes. */
  ANSWER,
  /** A contract waits that asked for failures too, as {@link TaskFailure}. */
  ANSWER_OR_FAILURE;

  /**
   * What a contract that waits is called with when the run failed; no bytes unless it asked for
   * more.
   */
  public byte[] bytesOf(Failure failure) {
    return this == ANSWER_OR_FAILURE ? TaskFailure.of(failure).encode() : new byte[0];
  }
}
