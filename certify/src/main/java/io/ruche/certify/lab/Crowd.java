package io.ruche.certify.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** All workers: who is idle, who leaves, who comes. */
final class Crowd {
  /** Idle workers looked at for a task that some of them have run before. */
  private static final int MOST_TRIES = 16;

  private final Population population;
  private final SplittableRandom random;
  private final List<LabWorker> idle = new ArrayList<>();

  Crowd(Population population, SplittableRandom random) {
    this.population = population;
    this.random = random;
    long liars = Math.round(population.liars() * population.workers());
    for (int worker = 0; worker < population.workers(); worker++) {
      idle.add(new LabWorker(worker < liars));
    }
  }

  boolean isIdle() {
    return !idle.isEmpty();
  }

  /** Takes a random idle worker that has not run this task, or none after some tries. */
  @Nullable
  LabWorker take(LabTask task) {
    for (int attempt = 0; attempt < MOST_TRIES && !idle.isEmpty(); attempt++) {
      int index = random.nextInt(idle.size());
      var worker = idle.get(index);
      if (!task.knows(worker)) {
        idle.set(index, idle.getLast());
        idle.removeLast();
        return worker;
      }
    }
    return null;
  }

  /** A worker that ended its run goes on, or leaves and makes room for a newcomer. */
  void release(LabWorker worker) {
    boolean isLeaving = population.churn() > 0 && random.nextDouble() < population.churn();
    idle.add(isLeaving ? new LabWorker(random.nextDouble() < population.liars()) : worker);
  }

  /** Takes a worker out of the idle ones; false when it is not among them. */
  boolean dismiss(LabWorker worker) {
    return idle.remove(worker);
  }

  /** An expelled worker gets no more work; under a new name it may. */
  void replace(LabWorker worker) {
    if (population.isComingBack()) {
      idle.add(new LabWorker(worker.isLiar()));
    }
  }
}
