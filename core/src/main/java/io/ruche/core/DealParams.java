package io.ruche.core;

import java.util.List;

/**
 * What a request order tells its tasks. On chain it is a string: JSON with the standard keys of the
 * poco interface (section 8), or any other text, which is then taken whole as the arguments.
 *
 * @param args the command line of the app
 * @param inputFiles URLs of further inputs without a checksum (standard key)
 * @param inputs inputs with a checksum, from the {@code ruche} object
 * @param needs from the {@code ruche} object
 * @param maxFuel the most fuel that a run may use, from the {@code ruche} object; 0 when only the
 *     category limits it
 * @param maxQueueSeconds the longest that a task may wait for its first run, counted from the
 *     match, from the {@code ruche} object; 0 when only the category limits it. A task that waited
 *     longer is cancelled, see {@link Cancellation#ofQueue}
 * @param maxRunSeconds the longest that a run may take, from the {@code ruche} object; 0 when only
 *     the category limits it
 * @param isFailureCalledBack whether the waiting contract is told of failures, from the
 *     {@code ruche} object
 */
public record DealParams(
    String args,
    List<String> inputFiles,
    List<Input> inputs,
    Needs needs,
    long maxFuel,
    long maxQueueSeconds,
    long maxRunSeconds,
    boolean isFailureCalledBack) {
  /** Longer params are refused before anything is signed; a stranger's longer ones fail the run. */
  public static final int MAX_LENGTH = 16_384;

  /** A file that each task finds under {@code /iexec_in/<name>}, checked against its sha256. */
  public record Input(String uri, Sha256 sha256, String name) {}

  public DealParams {
    inputFiles = List.copyOf(inputFiles);
    inputs = List.copyOf(inputs);
    if (maxFuel < 0 || maxQueueSeconds < 0 || maxRunSeconds < 0) {
      throw new IllegalArgumentException("expected no negative fuel and times, found %d, %d and %d"
          .formatted(maxFuel, maxQueueSeconds, maxRunSeconds));
    }
  }

  /** With queue and runs as long as the category lets them be. */
  public DealParams(
      String args,
      List<String> inputFiles,
      List<Input> inputs,
      Needs needs,
      long maxFuel,
      boolean isFailureCalledBack) {
    this(args, inputFiles, inputs, needs, maxFuel, 0, 0, isFailureCalledBack);
  }

  public static DealParams ofArgs(String args) {
    return new DealParams(args, List.of(), List.of(), Needs.NONE, 0, false);
  }

  /**
   * Reads params as found on chain.
   *
   * @throws IllegalArgumentException when they are too long, or JSON with keys or values that are
   *     not understood; such a deal can only end in a certified failure
   */
  public static DealParams parse(String params) {
    if (params.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("expected params of at most %d characters, found %d"
          .formatted(MAX_LENGTH, params.length()));
    }
    if (params.isBlank()) {
      return ofArgs("");
    }
    return DealParamsJson.read(params).orElseGet(() -> ofArgs(params));
  }

  /** Whether readable params ask for {@link CallbackKind#ANSWER_OR_FAILURE}. */
  static boolean asksForFailures(String params) {
    try {
      return parse(params).isFailureCalledBack();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The params with the standard keys alone wherever they suffice, as clients expect. */
  public String toJson() {
    return DealParamsJson.write(this);
  }
}
