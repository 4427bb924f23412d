package io.ruche.core;

/**
 * How a run can fail. Deterministic ends are contributed at once; the rest is retried elsewhere
 * first.
 */
public enum FailureCode {
  /** The app ended with an exit code other than 0. */
  EXIT(true),
  /** The app ran into a trap: unreachable, out of bounds, division by zero, stack overflow. */
  TRAP(true),
  /** The app used up its fuel. */
  FUEL(true),
  /** The app declares or needs more memory than the limit. */
  MEMORY(true),
  /** The app wrote more bytes or files than the limit. */
  OUTPUT_LIMIT(true),
  /**
   * The app left an output that the digest rule refuses: links, a reserved name, a broken
   * computed.json.
   */
  INVALID_OUTPUT(true),
  /** The run took longer than the category allows. */
  TIMEOUT(false),
  /** The app, dataset or an input could not be fetched. */
  FETCH(false),
  /** What was fetched has another checksum than published. */
  CHECKSUM(false),
  /** The params of the deal cannot be read. */
  INVALID_PARAMS(false),
  /** No runtime here can run this app: unknown type, invalid module, unsupported needs. */
  UNSUPPORTED(false),
  /** The run took its runner down with it; a kill from outside looks the same. */
  CRASH(false),
  /** The machine failed: disk full, no runner. Never certified, always retried elsewhere. */
  INFRASTRUCTURE(false);

  private final boolean isDeterministic;

  FailureCode(boolean isDeterministic) {
    this.isDeterministic = isDeterministic;
  }

  /**
   * True when every honest machine reaches the same end, so the first report may be contributed.
   */
  public boolean isDeterministic() {
    return isDeterministic;
  }
}
