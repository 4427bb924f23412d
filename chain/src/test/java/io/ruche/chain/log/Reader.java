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

/** Follows a fake chain and applies steps as a caller would, its cursor with them. */
final class Reader implements AutoCloseable {
  private static final Duration WAIT = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final List<Long> rollBacks = new ArrayList<>();
  private final Rpc rpc;
  private final BlockFeed feed;
  private final FollowerSettings settings;
  private final List<BlockBatch> state = new ArrayList<>();
  private LogFollower follower;

  Reader(FakeChain chain, FollowerSettings settings) {
    this.rpc = new Rpc(chain, 1, 100);
    this.feed = BlockFeed.start(rpc, Duration.ofMillis(1));
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

  /** One look at the chain; what it told. */
  List<ChainStep> read() throws InterruptedException {
    var steps = follower.next(WAIT);
    steps.forEach(this::apply);
    return steps;
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

  @Override
  public void close() {
    feed.close();
  }
}
