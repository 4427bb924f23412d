package io.ruche.sim;

import java.time.Duration;

/**
 * Hosts by the hundred, of owners who run several each: half of the owners have an account for
 * which their machines work, the others a wallet for each machine.
 *
 * @param hosts machines
 * @param machinesPerOwner of each owner, but the last one may have fewer
 * @param colluders share of the owners that return one and the same wrong result of a task
 * @param loners share of the owners that return a wrong result of their own
 * @param slowLinks share of the hosts whose messages take up to seconds
 * @param nightly share of the hosts that are off for half of each day
 * @param day time from evening to evening; worlds are short, so days are too
 */
public record Crowd(
    int hosts,
    int machinesPerOwner,
    double colluders,
    double loners,
    double slowLinks,
    double nightly,
    Duration day) {
  public static final Crowd NONE = new Crowd(0, 1, 0, 0, 0, 0, Duration.ofDays(1));

  /** Few liars, some slow links, a third asleep half of the time. */
  public static Crowd of(int hosts) {
    return new Crowd(hosts, 3, 0.03, 0.03, 0.1, 0.3, Duration.ofMinutes(4));
  }
}
