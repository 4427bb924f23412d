package io.ruche.cli.up;

import io.ruche.core.TokenAmount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The network that is wanted.
 *
 * @param price what the pool asks for a task
 * @param categories that the pool serves
 * @param trust highest trust that the pool serves
 * @param certification the server's word for when workers may contribute
 * @param programs workers, by number from 1, that run another program than the usual one;
 *     {@link #SERVER} is the server
 */
public record UpOptions(
    int workers,
    TokenAmount price,
    List<Long> categories,
    long trust,
    String certification,
    Map<Integer, WorkerProgram> programs) {
  /** Each worker is a process with its own wallet. */
  public static final int MAX_WORKERS = 64;

  /** The server's number among the programs. */
  public static final int SERVER = 0;

  /**
   * Another main class for one process, as a test build has; {@code classpath} replaces the usual
   * one.
   */
  public record WorkerProgram(String mainClass, String classpath) {}

  public UpOptions {
    if (workers < 0 || workers > MAX_WORKERS) {
      throw new IllegalArgumentException(
          "expected 0 to %d workers, found: %d".formatted(MAX_WORKERS, workers));
    }
    categories = List.copyOf(categories);
    programs = Map.copyOf(programs);
  }

  public static UpOptions ofWorkers(int workers) {
    return new UpOptions(
        workers,
        TokenAmount.parse("1"),
        List.of(0L, 1L, 2L, 3L, 4L, 5L),
        16,
        "AFTER_RESULT",
        Map.of());
  }

  public UpOptions withCertification(String value) {
    return new UpOptions(workers, price, categories, trust, value, programs);
  }

  public UpOptions withProgram(int process, WorkerProgram program) {
    var all = new HashMap<>(programs);
    all.put(process, program);
    return new UpOptions(workers, price, categories, trust, certification, all);
  }
}
