package io.ruche.certify.lab;

/**
 * What every contender has to go through.
 *
 * @param tasks how many arrive, at random moments
 * @param load of the workers if every task were run once: tasks that arrive in the time of a run,
 *     for each worker
 * @param price RUC for a run that is paid
 * @param stake RUC that a worker loses when it is outvoted on chain
 * @param seed of all chance
 */
public record Experiment(
    Population population, int tasks, double load, double price, double stake, long seed) {
  public static final int MOST_TASKS = 5_000_000;

  public Experiment {
    Population.requireRange("tasks", tasks, 1, MOST_TASKS);
    Population.requireRange("load", load, 0.001, 1);
    Population.requireRange("price", price, 0, 1e9);
    Population.requireRange("stake", stake, 0, 1e9);
  }
}
