package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.START;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Power;
import io.ruche.core.Power.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** What is put in order late comes in the same order. */
class CandidatesPropertyTest {
  private final PoolTask task = new PoolTask(
      new OpenDeal(
          new Fact.DealAccepted(
              PoolFixture.dealOf(worker(99), 1, 1), PoolFixture.CATEGORY, PoolFixture.app("WASM")),
          SchedulerPolicy.defaults(),
          false),
      0,
      true,
      START);

  @Property(tries = 200)
  void theBestComeFirstAndOfEqualsWhoWaitsLongest(
      @ForAll @Size(max = 12) List<Source> sources, @ForAll @Size(max = 12) List<Boolean> haveApp) {
    var waiting = new ArrayList<WorkerSession>();
    for (int i = 0; i < sources.size(); i++) {
      var session = session(i + 1);
      session.runsOn(new Power(sources.get(i), 0));
      if (i < haveApp.size() && haveApp.get(i)) {
        session.rankFor(task.deal(), START);
        session.record().ran(task.deal());
      }
      waiting.add(session);
    }
    var sorted = waiting.stream()
        .sorted(Comparator.comparingInt(
                (WorkerSession session) -> -session.record().resourcesThere(task.deal()))
            .thenComparing(session -> session.power().source()))
        .toList();

    var candidates = new Candidates(waiting, task, START);

    var given = new ArrayList<WorkerSession>();
    for (var next = candidates.next(); next != null; next = candidates.next()) {
      given.add(next);
    }
    assertThat(given).containsExactlyElementsOf(sorted);
  }

  private static WorkerSession session(int number) {
    var machine = worker(number);
    return new WorkerSession(machine, new Contributor(machine), machine, START, START);
  }
}
