package io.ruche.cli.contract;

/**
 * When the client saw the blocks of a call's steps, in nanoseconds of the machine's steady clock. A
 * call with offers is matched in its own block.
 */
public record CallSteps(long placed, long matched, long initialized, long answered) {
  public CallSteps {
    if (placed > matched || matched > initialized || initialized > answered) {
      throw new IllegalArgumentException(
          "expected the steps of a call in order, found %d, %d, %d, %d"
              .formatted(placed, matched, initialized, answered));
    }
  }

  public long total() {
    return answered - placed;
  }

  public long toMatch() {
    return matched - placed;
  }

  public long toInitialize() {
    return initialized - matched;
  }

  public long toAnswer() {
    return answered - initialized;
  }
}
