package io.ruche.store;

import io.ruche.scheduler.Fact;
import io.ruche.scheduler.Journal;
import java.util.ArrayList;
import java.util.List;

/** The fake keeps to the same kit as the real journal. */
class MemoryJournalTest extends JournalKit {
  private final Journal journal = new MemoryJournal();

  @Override
  Journal journal() {
    return journal;
  }

  @Override
  Journal afterRestart() {
    return journal;
  }

  /** Facts in memory. */
  static final class MemoryJournal implements Journal {
    private final List<Fact> facts = new ArrayList<>();

    @Override
    public void append(List<Fact> more) {
      facts.addAll(more);
    }

    @Override
    public List<Fact> replay() {
      return List.copyOf(facts);
    }

    @Override
    public void compact(List<Fact> snapshot) {
      facts.clear();
      facts.addAll(snapshot);
    }
  }
}
