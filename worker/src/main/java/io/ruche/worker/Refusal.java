package io.ruche.worker;

/** Stable codes with which a worker turns work away. */
public final class Refusal {
  public static final String NO_FREE_SLOT = "NO_FREE_SLOT";
  public static final String PAUSED = "PAUSED";
  public static final String LEAVING = "LEAVING";

  /** The owner needs the machine, or said that it takes nothing now. */
  public static final String OWNER_BACK = "OWNER_BACK";

  public static final String DEADLINE_PASSED = "DEADLINE_PASSED";
  public static final String STAKE_TOO_LOW = "STAKE_TOO_LOW";
  public static final String MEMORY_TOO_LOW = "MEMORY_TOO_LOW";

  /** A contribution to this task may be on chain already. */
  public static final String ALREADY_CONTRIBUTED = "ALREADY_CONTRIBUTED";

  /** A later attempt of the task is held. */
  public static final String STALE_ATTEMPT = "STALE_ATTEMPT";

  public static final String UNKNOWN_ATTEMPT = "UNKNOWN_ATTEMPT";

  /** The run gave another digest than an earlier run of the same task on this machine. */
  public static final String DIGEST_DIFFERS = "DIGEST_DIFFERS";

  /** The contribution was refused and would be refused again. */
  public static final String CONTRIBUTION_REFUSED = "CONTRIBUTION_REFUSED";

  private Refusal() {}
}
