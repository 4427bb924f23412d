package io.ruche.cli.demo;

import io.ruche.cli.up.UpOptions.WorkerProgram;
import java.nio.file.Path;

/**
 * What is shown.
 *
 * @param liar number of the worker that lies, from 1
 * @param liarProgram the test build of the worker that can lie
 * @param output folder for the results, the table and the plot
 */
record DemoOptions(
    int tasks, int workers, long trust, int liar, WorkerProgram liarProgram, Path output) {
  DemoOptions {
    if (liar < 1 || liar > workers) {
      throw new IllegalArgumentException(
          "expected the liar to be worker 1 to %d, found: %d".formatted(workers, liar));
    }
  }
}
