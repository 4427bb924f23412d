package io.ruche.certify.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sums over one run of the laboratory. */
final class Tally {
  /** Points of the plot of errors over time. */
  static final int PARTS = 40;

  private final int tasks;
  private final double[] waits;
  private final long[] acceptedIn = new long[PARTS];
  private final long[] wrongIn = new long[PARTS];
  private int accepted;
  private long wrong;
  private long runs;
  private long checks;
  private double paid;
  private final double[] incomes = new double[2];
  private final long[] runsBy = new long[2];
  private final int[] banned = new int[2];

  Tally(int tasks) {
    this.tasks = tasks;
    this.waits = new double[tasks];
  }

  void accepted(boolean isWrong, double wait) {
    int part = (int) ((long) accepted * PARTS / tasks);
    acceptedIn[part]++;
    wrongIn[part] += isWrong ? 1 : 0;
    wrong += isWrong ? 1 : 0;
    waits[accepted++] = wait;
  }

  void ran(LabWorker worker, boolean isCheck) {
    runs += isCheck ? 0 : 1;
    checks += isCheck ? 1 : 0;
    runsBy[kind(worker)]++;
  }

  void paid(LabWorker worker, double price) {
    paid += price;
    incomes[kind(worker)] += price;
  }

  /** A stake that changes hands; negative for who loses it. */
  void moved(LabWorker worker, double amount) {
    incomes[kind(worker)] += amount;
  }

  void banned(LabWorker worker) {
    banned[kind(worker)]++;
  }

  int accepted() {
    return accepted;
  }

  Report report(String label) {
    var sorted = Arrays.copyOf(waits, accepted);
    Arrays.sort(sorted);
    return new Report(
        label,
        accepted,
        wrong,
        tasks - accepted,
        runs,
        checks,
        perOne(paid, accepted),
        perOne(Arrays.stream(sorted).sum(), accepted),
        accepted == 0 ? 0 : sorted[(int) (0.95 * (accepted - 1))],
        perOne(incomes[0], runsBy[0]),
        perOne(incomes[1], runsBy[1]),
        banned[1],
        banned[0],
        errors());
  }

  private List<Double> errors() {
    var errors = new ArrayList<Double>();
    for (int part = 0; part < PARTS; part++) {
      if (acceptedIn[part] > 0) {
        errors.add((double) wrongIn[part] / acceptedIn[part]);
      }
    }
    return errors;
  }

  private static double perOne(double sum, long count) {
    return count == 0 ? 0 : sum / count;
  }

  private static int kind(LabWorker worker) {
    return worker.isLiar() ? 1 : 0;
  }
}
