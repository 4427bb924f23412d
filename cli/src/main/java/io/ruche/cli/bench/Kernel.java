package io.ruche.cli.bench;

import java.util.List;
import java.util.Locale;

/** What `ruche bench wasm` computes: the same in C and in AssemblyScript. */
enum Kernel {
  SHA256,
  MANDELBROT,
  SIEVE,
  MATRIX;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What one way of running it came to.
   *
   * @param results of all runs; they must agree
   * @param nanos of each run
   */
  record Timed(List<String> results, List<Long> nanos) {
    Timed {
      results = List.copyOf(results);
      nanos = List.copyOf(nanos);
    }

    /** The middle one; of an even number the earlier. */
    long medianNanos() {
      var sorted = nanos.stream().sorted().toList();
      return sorted.get((sorted.size() - 1) / 2);
    }
  }
}
