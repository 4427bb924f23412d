package io.ruche.sdk;

/** Whether the contract that waits for a completed task's result has got it. */
public sealed interface CallbackState {
  /** It took the result, or there is no such contract. */
  record Delivered() implements CallbackState {}

  /** It refused the result, and would take it now. */
  record Takeable() implements CallbackState {}

  /** It refused the result, and would refuse it again. */
  record Refused(String reason) implements CallbackState {}

  /** The hub keeps no account of callbacks. */
  record Unknown() implements CallbackState {}
}
