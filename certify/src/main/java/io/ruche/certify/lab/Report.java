package io.ruche.certify.lab;

import java.util.List;

/**
 * What a method did.
 *
 * @param accepted tasks with a result
 * @param wrong accepted results that are wrong
 * @param unfinished tasks that were given up or never got enough runs
 * @param runs all runs of tasks, those too that came too late
 * @param checks runs with a known result
 * @param costPerResult RUC paid for runs and checks, for each accepted result
 * @param meanWait from a task's arrival to its accepted result, in times of one run
 * @param longWait that 95 of 100 tasks stay under
 * @param honestIncome RUC for each run of an honest worker, stakes lost and won included
 * @param liarIncome the same of liars
 * @param liarsBanned liars that got no more work
 * @param honestBanned honest workers that got no more work
 * @param errors share of wrong results among each successive part of the accepted ones
 */
public record Report(
    String label,
    long accepted,
    long wrong,
    long unfinished,
    long runs,
    long checks,
    double costPerResult,
    double meanWait,
    double longWait,
    double honestIncome,
    double liarIncome,
    int liarsBanned,
    int honestBanned,
    List<Double> errors) {
  public Report {
    errors = List.copyOf(errors);
  }

  /** Share of accepted results that are wrong; 0 when none was accepted. */
  public double errorRate() {
    return accepted == 0 ? 0 : (double) wrong / accepted;
  }

  /** Runs and checks for each accepted result; 0 when none was accepted. */
  public double copies() {
    return accepted == 0 ? 0 : (double) (runs + checks) / accepted;
  }
}
