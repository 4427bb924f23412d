package io.ruche.scheduler.selling;

/**
 * What may be on offer of one category, and why not more.
 *
 * @param tasks all that may be on offer together, whether it is already or not
 */
public record Offerable(long category, long tasks, Limit limit) {
  /** Why not more is on offer. */
  public enum Limit {
    /** The settings ask for no more. */
    SETTING,
    /** The machines' time until the deadlines is sold or on offer. */
    SOLD_OUT,
    /** No machine is connected. */
    NO_WORKER,
    /** The owners behind the machines are too few for the trust that is offered. */
    TOO_FEW_OWNERS,
    /** Not even one run would surely end in time. */
    RUNS_TOO_LONG
  }
}
