package io.ruche.certify;

/** What to do with a task. */
public sealed interface Decision {
  /** Take this group's result as the right one; index into {@link Ballot#groups}. */
  record Accept(int group) implements Decision {}

  /** Give out so many more runs now, besides those that run; 0 is to wait for these. */
  record Want(int copies) implements Decision {
    public Want {
      if (copies < 0) {
        throw new IllegalArgumentException("expected copies of at least 0, found " + copies);
      }
    }
  }
}
