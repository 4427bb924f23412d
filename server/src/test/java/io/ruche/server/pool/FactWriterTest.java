package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.DealId;
import io.ruche.scheduler.Fact;
import io.ruche.scheduler.Journal;
import io.ruche.scheduler.SchedulerEngine;
import io.ruche.scheduler.SchedulerPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactWriterTest {
  private static final Fact LOOSE = new Fact.TaskSettled(new DealId("0x" + "2a".repeat(32)), 1);
  private static final Fact BINDING = new Fact.PoolDrained(Instant.EPOCH);

  private final Appends journal = new Appends();
  private final FactWriter writer = new FactWriter(journal, PoolMeter.NONE);

  /** Notes each append. */
  private static final class Appends implements Journal {
    private final List<List<Fact>> all = new ArrayList<>();

    @Override
    public void append(List<Fact> facts) {
      all.add(facts);
    }

    @Override
    public List<Fact> replay() {
      return List.of();
    }

    @Override
    public void compact(List<Fact> snapshot) {
      all.clear();
    }
  }

  @Test
  void whatBindsIsWrittenAtOnceWithAllBeforeIt() {
    writer.add(List.of(LOOSE));
    assertThat(journal.all).isEmpty();
    assertThat(writer.isWaiting()).isTrue();

    writer.add(List.of(LOOSE, BINDING));

    assertThat(journal.all).containsExactly(List.of(LOOSE, LOOSE, BINDING));
    assertThat(writer.isWaiting()).isFalse();
  }

  @Test
  void whatDoesNotBindIsWrittenWhenItHasWaitedForLong() {
    writer.add(List.of(LOOSE));
    while (!writer.left().isZero()) {
      Thread.onSpinWait();
    }

    writer.flushOverdue();

    assertThat(journal.all).containsExactly(List.of(LOOSE));
    assertThat(writer.left()).isEqualTo(FactWriter.LONGEST_WAIT);
  }

  @Test
  void nothingIsAppendedForNothing() {
    writer.add(List.of());
    writer.flush();

    assertThat(journal.all).isEmpty();
    assertThat(writer.left()).isGreaterThan(Duration.ZERO);
  }

  @Test
  void aSnapshotHoldsWhatWaits() {
    writer.add(List.of(LOOSE));

    writer.compact(new SchedulerEngine(SchedulerPolicy.defaults()));
    writer.flush();

    assertThat(journal.all).isEmpty();
  }
}
