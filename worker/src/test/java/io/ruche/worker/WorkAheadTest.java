package io.ruche.worker;

import static io.ruche.worker.Bench.DEAL;
import static io.ruche.worker.Bench.DIGEST;
import static io.ruche.worker.Bench.LEAVE;
import static io.ruche.worker.Bench.assigned;
import static io.ruche.worker.Bench.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.worker.availability.Stance;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A worker of two slots asks for work before it has a slot, if its runs are short enough. */
class WorkAheadTest {
  private static final Duration LONG = Pace.SHORT.plusMillis(1);

  private final Bench bench = new Bench();
  private int tasks;

  @Test
  void nothingIsWantedAheadBeforeRunsHaveProvedShort() {
    for (int i = 1; i < Pace.SURE; i++) {
      assertThat(run(Pace.SHORT)).contains(new Command.Slots(2, 0));
    }
    assertThat(run(Pace.SHORT)).contains(new Command.Slots(2, 2));
  }

  @Test
  void oneLongRunEndsIt() {
    beFast();

    assertThat(run(LONG)).contains(new Command.Slots(2, 0));
    assertThat(run(Pace.SHORT)).contains(new Command.Slots(2, 0));
  }

  @Test
  void aRunThatFailsLateEndsItToo() {
    beFast();
    var slow = begin();
    bench.now = bench.now.plus(LONG);

    assertThat(bench.on(new Event.WorkFailed(slow, Bench.FETCH, "404")))
        .contains(new Command.Slots(2, 0));
  }

  @Test
  void whatCameEarlyBeginsWithTheNextFreeSlot() {
    beFast();
    var first = begin();
    begin();
    var early = next();
    assertThat(bench.on(assigned(early))).isEmpty();

    var commands = bench.on(new Event.RunFinished(first, DIGEST));

    assertThat(commands)
        .contains(new Command.Verify(early, DEAL, 0, LEAVE, false), new Command.Slots(0, 2));
  }

  /** Another machine may have a slot for it. */
  @Test
  void whatWaitsForLongAllTheSameGoesBack() {
    beFast();
    var slow = begin();
    var other = begin();
    var early = next();
    bench.on(assigned(early));

    assertThat(bench.after(Pace.LONGEST_WAIT.minusMillis(1))).isEmpty();
    assertThat(bench.after(Duration.ofMillis(1)))
        .filteredOn(Command.Refused.class::isInstance)
        .extracting(command -> ((Command.Refused) command).code())
        .containsExactly(Refusal.NO_FREE_SLOT);

    assertThat(bench.engine.held()).contains(slow, other).doesNotContain(early);
    assertThat(bench.on(new Event.Aborted(slow, ""))).contains(new Command.Slots(1, 0));
  }

  @Test
  void aPausedWorkerWantsNothing() {
    beFast();
    var running = begin();
    bench.on(new Event.StanceTaken(Stance.DRAIN, "the machine's owner is back"));

    assertThat(bench.on(new Event.RunFinished(running, DIGEST))).contains(new Command.Slots(0, 0));
  }

  private void beFast() {
    for (int i = 0; i < Pace.SURE; i++) {
      run(Pace.SHORT);
    }
  }

  /** The commands of its end. */
  private List<Command> run(Duration time) {
    var id = begin();
    bench.now = bench.now.plus(time);
    return bench.on(new Event.RunFinished(id, DIGEST));
  }

  private AttemptId begin() {
    var id = next();
    bench.running(id);
    return id;
  }

  private AttemptId next() {
    tasks++;
    return id(tasks, 1);
  }
}
