package io.ruche.sandbox.nativeapp;

/**
 * What keeps a run in, each by itself. Always all of them, but in the tests that show what each one
 * is for.
 */
enum Guard {
  /** The machine's files are not there, but for its programs and libraries. */
  FILES,
  /** A network of its own with nothing in it, unless the deal asks for the machine's. */
  NETWORK,
  /** A process tree of its own: others are not seen, and all of it ends with the run. */
  PROCESSES,
  /** {@link SystemCalls}. */
  SECCOMP,
  /** Control groups, where there are any: one memory and one count of processes for each run. */
  GROUPS,
  /** Where no group limits the memory: limits of each process, and the watch over all. */
  MEMORY,
  /** A limit on the processes of the run's user. */
  PROCESS_COUNT,
  /** The size of a file, and the watch over the output folder. */
  OUTPUT,
  /** The look at what was left in the output folder. */
  OUTPUT_RULES,
  /** An environment of its own. */
  ENVIRONMENT
}
