package io.ruche.cli.bench;

import java.util.ArrayList;
import java.util.List;

/** The engine of a pool alone, for pools of ever more machines and tasks. */
final class EngineBenchmark {
  static final int MAX_TASKS = 10_000_000;
  static final int REPETITIONS = 5;

  /** Of the pools that differ in their queue. */
  static final int USUAL_WORKERS = 1_000;

  private static final int USUAL_QUEUE = 10_000;
  private static final List<Integer> WORKERS = List.of(10, 100, 1_000, 10_000);
  private static final List<Integer> QUEUES = List.of(1_000, 10_000, 100_000, 1_000_000);

  private final int tasks;

  EngineBenchmark(int tasks) {
    this.tasks = tasks;
  }

  EngineReport run(Progress progress) {
    var lines = new ArrayList<EngineReport.Line>();
    progress.say("warming up");
    new EnginePool(USUAL_WORKERS, USUAL_QUEUE).run(tasks);
    for (int workers : WORKERS) {
      lines.add(line(workers, Math.max(USUAL_QUEUE, 2 * workers), progress));
    }
    for (int queued : QUEUES) {
      if (queued != USUAL_QUEUE) {
        lines.add(line(USUAL_WORKERS, queued, progress));
      }
    }
    return new EngineReport(tasks, lines);
  }

  private EngineReport.Line line(int workers, int queued, Progress progress) {
    progress.say("%,d workers, %,d tasks".formatted(workers, queued));
    var pool = new EnginePool(workers, queued);
    double[] perSecond = new double[REPETITIONS];
    pool.run(tasks / REPETITIONS);
    for (int i = 0; i < REPETITIONS; i++) {
      perSecond[i] = tasks / (pool.run(tasks) / 1e9);
    }
    return new EngineReport.Line(workers, queued, Sample.of(perSecond));
  }
}
