package io.ruche.worker.availability;

/** What the owner said last; it holds until the next word. */
public enum OwnerWord {
  /** As the rule says. */
  WORK,
  DRAIN,
  PAUSE
}
