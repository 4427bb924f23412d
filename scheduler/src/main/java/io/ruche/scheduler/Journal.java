package io.ruche.scheduler;

import java.util.List;

/**
 * Where a pool keeps its facts. Called from the engine's thread only. A journal that was cut in the
 * middle of an append may lose facts of that append from the end, never from the middle. One that
 * others may take over refuses to append after that: the engine must then end, and carry out
 * nothing of what it decided.
 */
public interface Journal {

  /**
   * Adds facts after all others, with one sync for all. When this returns they survive the end of
   * the process, and a power cut too if one of them {@link Fact#bindsPool binds}, with all that
   * were appended before.
   */
  void append(List<Fact> facts);

  /** All facts in the order they were appended. */
  List<Fact> replay();

  /** Replaces the whole content by {@link SchedulerEngine#snapshot()}, all or nothing. */
  void compact(List<Fact> snapshot);
}
