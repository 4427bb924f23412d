package io.ruche.chain.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.chain.hub.HubEvent;
import io.ruche.chain.log.ChainStep.BlockBatch;
import io.ruche.chain.log.ChainStep.RolledBack;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.BlockRef;
import io.ruche.chain.rpc.Rpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories of a chain: whatever happens, a reader ends with the events of the chain. */
class LogFollowerSimTest {
  private static final Duration WAIT = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FakeChain chain = new FakeChain();
  private final Rpc rpc = new Rpc(chain, 1, 100);
  private final BlockFeed feed = BlockFeed.start(rpc, Duration.ofMillis(1));

  @AfterEach
  void stop() {
    feed.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void readerEndsWithTheEventsOfTheChain(long seed) throws InterruptedException {
    var random = new Random(seed);
    var settings = new FollowerSettings(random.nextInt(3), 10, 20);
    var reader = new Reader(settings);
    for (int round = 0; round < 40; round++) {
      mutate(random);
      for (int i = random.nextInt(3); i > 0; i--) {
        reader.read();
      }
      if (random.nextInt(10) == 0) {
        reader.restart();
      }
    }
    chain.isDown(false);
    chain.extend(List.of(random.nextLong(1_000)));

    long end = (long) chain.height() - settings.confirmations();
    reader.readUntil(end);

    assertThat(reader.amounts()).as("seed %d", seed).isEqualTo(chain.amounts(end));
  }

  /**
   * Mostly a block or two; now and then many, a reorg (at times deeper than remembered), an outage.
   */
  private void mutate(Random random) {
    switch (random.nextInt(12)) {
      case 0 -> chain.cut(1 + random.nextInt(5));
      case 1 -> chain.cut(random.nextInt(60));
      case 2 -> extend(random, 80);
      case 3 -> chain.isDown(random.nextBoolean());
      default -> extend(random, 1 + random.nextInt(3));
    }
  }

  private void extend(Random random, int count) {
    for (int i = 0; i < count; i++) {
      chain.extend(random.longs(random.nextInt(3), 0, 1_000).boxed().toList());
    }
  }

  @Test
  void reorgBeyondWhatIsRememberedReplaysEverything() throws InterruptedException {
    IntStream.range(0, 50).forEach(i -> chain.extend(List.of((long) i)));
    var reader = new Reader(new FollowerSettings(0, 1_000, 5));
    reader.readUntil(50);
    chain.cut(40);
    IntStream.range(0, 60).forEach(i -> chain.extend(List.of(100L + i)));

    reader.readUntil(70);

    assertThat(reader.amounts()).isEqualTo(chain.amounts(70));
    assertThat(reader.rollBacks).containsExactly(-1L);
  }

  @Test
  void idleChainIsNotAskedForLogs() throws InterruptedException {
    chain.extend(List.of(1L));
    var reader = new Reader(FollowerSettings.development());
    reader.readUntil(1);
    int before = chain.logRequests();
    for (int i = 0; i < 10; i++) {
      assertThat(reader.follower.next(WAIT)).isEmpty();
    }
    assertThat(chain.logRequests()).isEqualTo(before);
  }

  /** Applies steps as a caller would, and keeps its cursor with them. */
  private final class Reader {
    private final FollowerSettings settings;
    private final List<BlockBatch> state = new ArrayList<>();
    final List<Long> rollBacks = new ArrayList<>();
    LogFollower follower;

    Reader(FollowerSettings settings) {
      this.settings = settings;
      this.follower = follower(List.of());
    }

    private LogFollower follower(List<BlockRef> applied) {
      var source = new LogFollower.Source(rpc, feed, FakeChain.HUB, FakeChain.CHAIN_ID);
      return LogFollower.after(source, 0, applied, settings);
    }

    void restart() {
      int kept = Math.min(state.size(), 3);
      follower = follower(state.subList(state.size() - kept, state.size()).stream()
          .map(BlockBatch::block)
          .toList());
    }

    void read() throws InterruptedException {
      follower.next(WAIT).forEach(this::apply);
    }

    void readUntil(long block) throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (state.isEmpty()
          || state.getLast().block().number() != block
          || !state
              .getLast()
              .block()
              .hash()
              .equals(rpc.block(block).orElseThrow().ref().hash())) {
        assertThat(System.nanoTime()).as("reader is stuck").isLessThan(deadline);
        read();
      }
    }

    private void apply(ChainStep step) {
      switch (step) {
        case BlockBatch batch -> {
          long last = state.isEmpty() ? -1 : state.getLast().block().number();
          assertThat(batch.block().number()).isGreaterThan(last);
          state.add(batch);
        }
        case RolledBack(var to) -> {
          rollBacks.add(to);
          state.removeIf(batch -> batch.block().number() > to);
        }
      }
    }

    List<Long> amounts() {
      return state.stream()
          .flatMap(batch -> batch.events().stream())
          .map(event -> ((HubEvent.Lock) event).amount().nano().longValue())
          .toList();
    }
  }
}
