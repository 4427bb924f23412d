package io.ruche.sim;

import io.ruche.core.Category;
import io.ruche.testkit.HubLog;
import io.ruche.testkit.HubRevert;
import io.ruche.testkit.InMemoryHub;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Blocks, transactions that wait for one, and reorganisations, around the hub in memory. */
final class SimChain {
  private static final Duration BLOCK_TIME = Duration.ofSeconds(1);
  private static final Duration LOSS_NOTICED = Duration.ofSeconds(8);
  private static final int MAX_DEPTH = 3;
  private static final double MINED_AGAIN = 0.85;

  private final World world;
  private final InMemoryHub hub;
  private final List<Tx> waiting = new ArrayList<>();
  private final Deque<List<Tx>> mined = new ArrayDeque<>();
  private final List<Runnable> followers = new ArrayList<>();
  private final List<Consumer<List<HubLog>>> reorgFollowers = new ArrayList<>();

  /** How a transaction ended; {@code error} is null when it was mined. */
  record Outcome(@Nullable String error, boolean isLost) {}

  /**
   * A transaction.
   *
   * @param isKept its sender sends it again whatever becomes of it
   */
  private record Tx(String what, Runnable call, Consumer<Outcome> done, boolean isKept) {
    boolean isMatch() {
      return what.startsWith("match");
    }

    Tx again() {
      return new Tx(what, call, outcome -> {}, isKept);
    }

    Tx kept() {
      return new Tx(what, call, done, true);
    }
  }

  SimChain(World world, Category category) {
    this.world = world;
    this.hub = new InMemoryHub(List.of(category), World.START);
    mined.push(new ArrayList<>());
    world.in(BLOCK_TIME, this::mine);
  }

  InMemoryHub hub() {
    return hub;
  }

  void onBlock(Runnable follower) {
    followers.add(follower);
  }

  void onReorg(Consumer<List<HubLog>> follower) {
    reorgFollowers.add(follower);
  }

  void submit(String what, double loss, Runnable call, Consumer<Outcome> done) {
    if (world.chance(loss)) {
      world.trace("chain", "loses " + what);
      world.in(LOSS_NOTICED, () -> done.accept(new Outcome(null, true)));
      return;
    }
    world.in(world.between(50, 700), () -> waiting.add(new Tx(what, call, done, false)));
  }

  private void mine() {
    hub.mine(world.now());
    var block = new ArrayList<Tx>();
    mined.push(block);
    var batch = List.copyOf(waiting);
    waiting.clear();
    for (var tx : batch) {
      var error = call(tx);
      block.add(tx);
      world.in(world.between(50, 400), () -> tx.done().accept(new Outcome(error, false)));
    }
    followers.forEach(Runnable::run);
    world.in(BLOCK_TIME, this::mine);
  }

  private @Nullable String call(Tx tx) {
    try {
      tx.call().run();
      world.trace("chain", tx.what());
      return null;
    } catch (HubRevert e) {
      world.trace("chain", tx.what() + " reverts: " + e.error());
      return e.error();
    }
  }

  /** Takes the newest blocks back; most of their transactions wait for a block again. */
  void reorganise() {
    int depth = Math.min(1 + world.random().nextInt(MAX_DEPTH), mined.size() - 1);
    if (depth > 0) {
      takeBack(depth, tx -> tx.isMatch() || tx.isKept() || world.chance(MINED_AGAIN));
    }
  }

  /**
   * Takes all blocks back, deeper than anybody remembers what had ended; only the last match is not
   * mined again, for all others keep what they sent and send it again.
   */
  void forgetLastMatch() {
    var matches = new ArrayList<Tx>();
    mined.forEach(block -> matches.addAll(0, block.stream().filter(Tx::isMatch).toList()));
    takeBack(mined.size() - 1, tx -> !tx.equals(matches.getLast()));
    waiting.replaceAll(Tx::kept);
  }

  private void takeBack(int depth, Predicate<Tx> isMinedAgain) {
    var gone = hub.rollBack(depth - 1);
    world.trace("chain", "takes back %d blocks with %d logs".formatted(depth, gone.size()));
    var again = new ArrayList<Tx>();
    for (int i = 0; i < depth; i++) {
      again.addAll(0, mined.pop());
    }
    for (var tx : again) {
      if (isMinedAgain.test(tx)) {
        waiting.add(tx.again());
      }
    }
    mined.push(new ArrayList<>());
    reorgFollowers.forEach(follower -> follower.accept(gone));
  }
}
