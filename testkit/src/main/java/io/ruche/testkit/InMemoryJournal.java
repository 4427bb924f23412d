package io.ruche.testkit;

import io.ruche.scheduler.Fact;
import io.ruche.scheduler.FactCodec;
import io.ruche.scheduler.Journal;
import java.util.ArrayList;
import java.util.List;

/** A journal that keeps its lines in memory, encoded as a real one would. */
public final class InMemoryJournal implements Journal {
  private final List<String> lines = new ArrayList<>();
  private int synced;

  @Override
  public void append(List<Fact> facts) {
    facts.forEach(fact -> lines.add(FactCodec.encode(fact)));
    if (facts.stream().anyMatch(Fact::bindsPool)) {
      synced = lines.size();
    }
  }

  /** Nothing of what was appended can be lost any more. */
  public void sync() {
    synced = lines.size();
  }

  /** Takes what no sync has followed, which is all that a journal may lose. */
  public void cutPower() {
    lines.subList(synced, lines.size()).clear();
  }

  @Override
  public List<Fact> replay() {
    return lines.stream().map(FactCodec::decode).toList();
  }

  @Override
  public void compact(List<Fact> snapshot) {
    lines.clear();
    append(snapshot);
    sync();
  }

  public int size() {
    return lines.size();
  }
}
