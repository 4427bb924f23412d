package io.ruche.core;

/** Status of a task on chain, in the hub's numbering. */
public enum TaskStatus {
  UNSET,
  ACTIVE,
  REVEALING,
  COMPLETED,
  FAILED;

  public static TaskStatus of(int number) {
    if (number < 0 || number >= values().length) {
      throw new IllegalArgumentException("expected a task status from 0 to 4, found: " + number);
    }
    return values()[number];
  }

  public boolean isFinal() {
    return this == COMPLETED || this == FAILED;
  }
}
