package io.ruche.chain.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.chain.dev.AnvilFixture;
import io.ruche.chain.dev.DevChainSettings;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.hub.HubEvent;
import io.ruche.chain.log.ChainStep.BlockBatch;
import io.ruche.chain.log.ChainStep.RolledBack;
import io.ruche.chain.rpc.BlockRef;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration WAIT = Duration.ofMillis(200);

  @TempDir
  Path folder;

  private AnvilFixture anvil;
  private TransactionSender sender;
  private Hub hub;
  private int deposits;

  @BeforeEach
  void start() {
    var settings = AnvilFixture.settings(folder).withHistory();
    anvil = AnvilFixture.start(settings.withSaveInterval(Duration.ofMinutes(10)));
    sender = anvil.sender(0);
    hub = anvil.deploy(sender);
    var mint = hub.tokenCalls().mint(sender.address(), TokenAmount.ofNano(1_000_000));
    sender.sendAndWait("mint", mint, PATIENCE);
  }

  @AfterEach
  void stop() {
    sender.close();
    anvil.close();
  }

  @Test
  void eventsComeOnceInOrderAlsoWhenFollowedFromTheStartAgain() throws Exception {
    var live = new View(follower(List.of()));
    deposit(1);
    deposit(2);
    live.until(view -> view.deposits().size() == 2);
    deposit(3);
    live.until(view -> view.deposits().size() == 3);

    var late = new View(follower(List.of()));
    late.until(view -> view.deposits().size() == 3);

    assertThat(live.deposits()).containsExactly(1L, 2L, 3L);
    assertThat(late.deposits()).containsExactly(1L, 2L, 3L);
    assertThat(late.batches).noneMatch(step -> step instanceof RolledBack);
  }

  @Test
  void followerGoesOnAfterItsCursor() throws Exception {
    var first = new View(follower(List.of()));
    deposit(1);
    first.until(view -> view.deposits().size() == 1);
    deposit(2);

    var second = new View(follower(List.of(first.follower.cursor().orElseThrow())));
    second.until(view -> view.deposits().size() == 1);

    assertThat(second.deposits()).containsExactly(2L);
  }

  @Test
  void reorgIsRolledBackAndItsNewBranchTold() throws Exception {
    var view = new View(follower(List.of()));
    deposit(1);
    view.until(seen -> seen.deposits().size() == 1);
    anvil.rpc.read("anvil_reorg", 5, List.of());

    view.until(seen -> seen.batches.stream().anyMatch(step -> step instanceof RolledBack));
    var deposit = hub.tokenCalls().deposit(hub.address(), amount(2)).withGasLimit(300_000);
    sender.sendAndWait("after", deposit, PATIENCE);
    view.until(seen -> seen.deposits().contains(2L));

    var again = new View(follower(List.of()));
    again.until(seen -> seen.deposits().contains(2L));
    assertThat(view.deposits()).isEqualTo(again.deposits());
    assertThat(view.rolledBack()).hasSize(1);
  }

  @Test
  void chainThatWasKilledAndWentBackIsAReorg() throws Exception {
    anvil.chain.stop();
    anvil.restart();
    var view = new View(follower(List.of()));
    deposit(1);
    deposit(2);
    view.until(seen -> seen.deposits().size() == 2);
    var cursor = view.follower.cursor().orElseThrow();

    anvil.chain.kill();
    assertThat(view.follower.next(WAIT)).isEmpty();
    anvil.restart();
    view.until(seen -> !seen.rolledBack().isEmpty());
    view.until(seen -> seen.deposits().size() == 2);

    assertThat(view.deposits()).containsExactlyInAnyOrder(1L, 2L);
    var restarted = new View(follower(List.of(cursor)));
    restarted.until(seen -> seen.deposits().size() == 2);
    assertThat(restarted.rolledBack()).isNotEmpty();
  }

  @Test
  void anotherChainIsAnErrorNotAReorg() {
    var source = new LogFollower.Source(anvil.rpc, anvil.feed, hub.address(), 31_337);
    var follower = LogFollower.from(source, 0, FollowerSettings.development());

    assertThatThrownBy(() -> {
          for (int i = 0; i < 100; i++) {
            follower.next(WAIT);
          }
        })
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("CHAIN_ID_MISMATCH"))
        .hasMessageContaining("65535")
        .hasMessageContaining("31337");
  }

  private void deposit(long nano) {
    sender.sendAndWait(
        "deposit:" + ++deposits, hub.tokenCalls().deposit(hub.address(), amount(nano)), PATIENCE);
  }

  private static TokenAmount amount(long nano) {
    return TokenAmount.ofNano(nano);
  }

  private LogFollower follower(List<BlockRef> applied) {
    var source =
        new LogFollower.Source(anvil.rpc, anvil.feed, hub.address(), DevChainSettings.CHAIN_ID);
    return LogFollower.after(source, 0, applied, FollowerSettings.development());
  }

  /** A reader that applies steps as a caller would. */
  private static final class View {
    final LogFollower follower;
    final List<ChainStep> batches = new ArrayList<>();
    final List<BlockBatch> state = new ArrayList<>();

    View(LogFollower follower) {
      this.follower = follower;
    }

    void until(Predicate<View> isReached) throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!isReached.test(this)) {
        assertThat(System.nanoTime()).as("still waiting, seen %s", deposits()).isLessThan(deadline);
        follower.next(WAIT).forEach(this::apply);
      }
    }

    private void apply(ChainStep step) {
      batches.add(step);
      switch (step) {
        case BlockBatch batch -> {
          if (!state.isEmpty()) {
            assertThat(batch.block().number())
                .isGreaterThan(state.getLast().block().number());
          }
          state.add(batch);
        }
        case RolledBack(var to) -> state.removeIf(batch -> batch.block().number() > to);
      }
    }

    List<Long> deposits() {
      return state.stream()
          .flatMap(batch -> batch.events().stream())
          .filter(event -> event instanceof HubEvent.Transfer)
          .map(event -> ((HubEvent.Transfer) event).amount().nano().longValue())
          .toList();
    }

    List<Long> rolledBack() {
      return batches.stream()
          .filter(step -> step instanceof RolledBack)
          .map(step -> ((RolledBack) step).toBlock())
          .toList();
    }
  }
}
