package io.ruche.worker;

import java.util.List;

/**
 * Where a worker keeps its facts. Called from the engine's thread only. Of an append that was cut
 * off by a crash either all facts are there or none.
 */
public interface AttemptJournal {

  /**
   * Adds facts after all others. When one of them is {@linkplain Fact#bindsWorker() binding}, these
   * and all before are durable when this returns, with one sync for all; else they become so with
   * the next binding one, and a power cut may take them and no others.
   */
  void append(List<Fact> facts);

  /** All facts in the order they were appended. */
  List<Fact> replay();

  /** Replaces the whole content by {@link WorkerEngine#snapshot()}, all or nothing. */
  void compact(List<Fact> snapshot);
}
