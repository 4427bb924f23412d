package io.ruche.core;

/**
 * How a run can fail. Deterministic ends are contributed at once; the rest is retried elsewhere
 * first.
 */
public enum FailureCode {
  /** The app ended with an exit code other than 0. */
  EXIT(1, true),
  /** The app ran into a trap: unreachable, out of bounds, division by zero, stack overflow. */
  TRAP(2, true),
  /** The app used up its fuel. */
  FUEL(3, true),
  /** The app declares or needs more memory than the limit. */
  MEMORY(4, true),
  /** The app wrote more bytes or files than the limit. */
  OUTPUT_LIMIT(5, true),
  /**
   * The app left an output that the digest rule refuses: links, a reserved name, a broken
   * computed.json.
   */
  INVALID_OUTPUT(6, true),
  /** The run took longer than the category allows. */
  TIMEOUT(7, false),
  /** The app, dataset or an input could not be fetched. */
  FETCH(8, false),
  /** What was fetched has another checksum than published. */
  CHECKSUM(9, false),
  /** The params of the deal cannot be read. */
  INVALID_PARAMS(10, false),
  /** No runtime here can run this app: unknown type, invalid module, unsupported needs. */
  UNSUPPORTED(11, false),
  /** The run took its runner down with it; a kill from outside looks the same. */
  CRASH(12, false),
  /** The requester stopped it. */
  CANCELLED(13, false),
  /** The machine failed: disk full, no runner. Never certified, always retried elsewhere. */
  INFRASTRUCTURE(0, false);

  private final int number;
  private final boolean isDeterministic;

  FailureCode(int number, boolean isDeterministic) {
    this.number = number;
    this.isDeterministic = isDeterministic;
  }

  /** What contracts know it by, see {@link TaskFailure}; never changes. */
  public int number() {
    return number;
  }

  /**
   * True when every honest machine reaches the same end, so the first report may be contributed.
   */
  public boolean isDeterministic() {
    return isDeterministic;
  }
}
