package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** However much waits, a look costs little, and nothing that waits is passed over for ever. */
class ReadyQueuePropertyTest {
  private static final int LOOKS_AT_MOST = 32 + 16 * 8 + 64;
  private static final int FURTHER_ON = 64;

  private ReadyQueue queue = new ReadyQueue();
  private WorkerSession worker = worker();

  private static WorkerSession worker() {
    return new WorkerSession(
        address(1), new Contributor(address(1)), address(1), PoolFixture.START, Instant.MAX);
  }

  private List<PoolTask> fill(int requesters, int tasksEach) {
    queue = new ReadyQueue();
    worker = worker();
    var tasks = new ArrayList<PoolTask>();
    for (int requester = 0; requester < requesters; requester++) {
      var terms = new Fact.DealAccepted(
          PoolFixture.dealOf(address(1_000 + requester), 1, tasksEach),
          PoolFixture.CATEGORY,
          PoolFixture.app("WASM"));
      var deal = new OpenDeal(terms, SchedulerPolicy.defaults(), false);
      for (int index = 0; index < tasksEach; index++) {
        var task = new PoolTask(deal, index, true, PoolFixture.START);
        tasks.add(task);
        queue.add(task);
      }
    }
    return tasks;
  }

  @Property(tries = 20)
  void aLookIsBoundedAndEveryTaskIsReached(
      @ForAll @IntRange(min = 1, max = 60) int requesters,
      @ForAll @IntRange(min = 1, max = 40) int tasksEach,
      @ForAll @IntRange(max = 10_000) int which,
      @ForAll boolean isAllUrgent) {
    var tasks = fill(requesters, tasksEach);
    var only = tasks.get(which % tasks.size());
    int looks = 0;
    PoolTask found = null;
    while (found == null && looks <= tasks.size() / FURTHER_ON + 1) {
      var tested = new AtomicInteger();
      found = queue.findFor(
          worker,
          task -> {
            tested.incrementAndGet();
            return task == only;
          },
          task -> isAllUrgent);
      looks++;
      assertThat(tested.get()).isLessThanOrEqualTo(LOOKS_AT_MOST);
    }

    assertThat(found).as("found in %d looks at %d tasks", looks, tasks.size()).isSameAs(only);
  }

  @Property(tries = 20)
  void whatWasTakenOutIsGone(
      @ForAll @IntRange(min = 1, max = 20) int requesters,
      @ForAll @IntRange(min = 1, max = 20) int tasksEach) {
    var tasks = fill(requesters, tasksEach);
    for (var task : tasks) {
      queue.atWork(task, 1);
      queue.remove(task);
      queue.remove(task);
    }

    assertThat(queue.size()).isZero();
    assertThat(queue.firstOfEach(100)).isEmpty();
    assertThat(queue.findFor(worker, task -> true, task -> true)).isNull();
  }
}
