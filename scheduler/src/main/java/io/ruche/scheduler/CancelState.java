package io.ruche.scheduler;

/** How a task stands to its requester's word that it is to stop. */
public sealed interface CancelState {
  /** No open task of this pool. */
  record Unknown() implements CancelState {}

  record Settled() implements CancelState {}

  /** Nobody stopped it, and it can be. */
  record Possible() implements CancelState {}

  /**
   * It was stopped, and is to end like that.
   *
   * @param running runs that have not said yet that they stopped
   */
  record Stopping(int running) implements CancelState {}

  /** A run may have a result that counts. */
  record TooLate(Reason reason) implements CancelState {}
}
