package io.ruche.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.DealId;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
  @TempDir
  Path folder;

  private final FakeWorld world = FakeWorld.withOffers();
  private List<DealId> deals = List.of();

  @BeforeEach
  void buyThreeTasks() {
    var purchase = new Purchase(
        new Purchase.Ports(world, world, world), world, new RunBook(folder), Clock.systemUTC());
    deals = purchase.complete(purchase.begin(world.quoter().quote(world.demand(3, 1))));
  }

  @Test
  void everyTaskIsShownWithItsIndexBeforeAnybodyStartedIt() {
    var bag = watch().look();

    assertThat(bag.entries()).extracting(BagView.Entry::index).containsExactly(0L, 1L, 2L);
    assertThat(bag.count(TaskStatus.UNSET)).isEqualTo(3);
    assertThat(bag.isEnded()).isFalse();
  }

  @Test
  void endedTasksAreNotAskedForAgain() {
    var watch = watch();
    world.statuses.put(id(0), TaskStatus.COMPLETED);
    watch.look();
    world.asked.clear();

    var bag = watch.look();

    assertThat(world.asked).containsExactly(id(1), id(2));
    assertThat(bag.count(TaskStatus.COMPLETED)).isEqualTo(1);
  }

  @Test
  void bagEndsWhenAllTasksAreFinalOrOverdue() {
    world.statuses.put(id(0), TaskStatus.COMPLETED);
    world.statuses.put(id(1), TaskStatus.ACTIVE);
    world.now = world.now.plus(Duration.ofMinutes(50)).plusSeconds(1);

    var bag = watch().look();

    assertThat(bag.isEnded()).isTrue();
    assertThat(bag.overdue()).extracting(BagView.Entry::index).containsExactly(1L, 2L);
  }

  @Test
  void claimTakesBackStartedAndUnstartedTasksSeparately() {
    world.statuses.put(id(1), TaskStatus.ACTIVE);
    world.now = world.now.plus(Duration.ofHours(1));

    var claimed = new Claims(world).claim(watch().look());

    assertThat(claimed).hasSize(3);
    assertThat(world.claims).containsExactly("started [1] unset [0, 2]");
  }

  @Test
  void nothingIsClaimedBeforeTheDeadline() {
    assertThat(new Claims(world).claim(watch().look())).isEmpty();
    assertThat(world.claims).isEmpty();
  }

  @Test
  void unknownDealIsNamed() {
    var ids = new ArrayList<>(deals);
    ids.add(new DealId("0x" + "ee".repeat(32)));

    assertThatThrownBy(() -> new Watch(world, world, ids))
        .isInstanceOfSatisfying(
            RucheException.class, failure -> assertThat(failure.code()).isEqualTo("DEAL_UNKNOWN"));
  }

  private TaskId id(long index) {
    return world.deal(deals.getFirst()).orElseThrow().taskId(index);
  }

  private Watch watch() {
    return new Watch(world, world, deals);
  }
}
