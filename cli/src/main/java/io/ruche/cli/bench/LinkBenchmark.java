package io.ruche.cli.bench;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that do nothing through a pool's server, a socket and a worker, with the chain in memory:
 * first one bag, then tasks one at a time.
 */
final class LinkBenchmark {
  static final int MAX_TASKS = 100_000;
  static final int MAX_SLOTS = 64;

  private static final int WARM_UP = 1_000;
  private static final int WARM_UP_SINGLE = 50;
  private static final long PATIENCE_SECONDS = 600;
  private static final long LOOK_MILLIS = 500;

  private final Path module;
  private final Path folder;
  private final int tasks;
  private final int single;
  private final int slots;

  /**
   * Measures in a folder.
   *
   * @param module the app that does nothing
   * @param tasks of the bag
   * @param single tasks that are bought one at a time
   * @param slots of the worker
   */
  LinkBenchmark(Path module, Path folder, int tasks, int single, int slots) {
    this.module = module;
    this.folder = folder;
    this.tasks = tasks;
    this.single = single;
    this.slots = slots;
  }

  /** Whether the sizes can be measured. */
  static boolean isSize(int tasks, int single, int slots) {
    return tasks >= 1
        && tasks <= MAX_TASKS
        && single >= 1
        && single <= MAX_TASKS
        && slots >= 1
        && slots <= MAX_SLOTS;
  }

  LinkReport run(Progress progress) throws IOException, InterruptedException {
    try (var market = LinkedPool.start(folder, module, slots)) {
      progress.say("warming up: %,d tasks".formatted(WARM_UP));
      seconds(market, WARM_UP);
      progress.say("a bag of %,d tasks".formatted(tasks));
      var began = ProcessorTime.now();
      double perSecond = tasks / seconds(market, tasks, progress);
      var used = ProcessorTime.now().since(began);
      progress.say("%,d tasks one at a time".formatted(single));
      for (int i = 0; i < WARM_UP_SINGLE; i++) {
        seconds(market, 1);
      }
      var millis = new ArrayList<Double>(single);
      for (int i = 0; i < single; i++) {
        millis.add(seconds(market, 1) * 1e3);
      }
      market.requireResults();
      return new LinkReport(tasks, slots, market.isolation(), perSecond, used, new Sample(millis));
    }
  }

  private static double seconds(LinkedPool market, int bag) throws InterruptedException {
    return seconds(market, bag, null);
  }

  /**
   * Buys a bag and waits for its last task; seconds from the match to that task's end.
   *
   * @param progress told how far the bag is; null for nobody
   */
  private static double seconds(LinkedPool market, int bag, @Nullable Progress progress)
      throws InterruptedException {
    var ended = new CountDownLatch(bag);
    market.chain().onFinalized(ended::countDown);
    long began = System.nanoTime();
    market.buy(bag);
    while (!ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      double seconds = (System.nanoTime() - began) / 1e9;
      if (progress != null) {
        progress.done((int) (bag - ended.getCount()), bag, seconds);
      }
      if (seconds < PATIENCE_SECONDS) {
        continue;
      }
      throw new RucheException(
          "BENCH_INVALID",
          "%d of %d tasks did not end within %d s."
              .formatted(ended.getCount(), bag, PATIENCE_SECONDS),
          "Run it again on a machine that does nothing else; else report it.",
          true);
    }
    return (System.nanoTime() - began) / 1e9;
  }
}
