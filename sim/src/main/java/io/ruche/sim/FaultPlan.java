package io.ruche.sim;

import io.ruche.core.DealId;
import io.ruche.core.TaskId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Breaks things at random times until the world heals. */
final class FaultPlan {
  private static final double CRASH_BEFORE_COMMANDS = 0.005;

  private final World world;
  private final SimChain chain;
  private final SimPool pool;
  private final Hosts hosts;
  private final Faults faults;
  private final Supplier<List<DealId>> deals;
  private final Set<TaskId> cancelled = new HashSet<>();

  FaultPlan(
      World world,
      SimChain chain,
      SimPool pool,
      Hosts hosts,
      Faults faults,
      Supplier<List<DealId>> deals) {
    this.world = world;
    this.chain = chain;
    this.pool = pool;
    this.hosts = hosts;
    this.faults = faults;
    this.deals = deals;
  }

  /** What its requester stopped, or tried to. */
  boolean isCancelled(TaskId task) {
    return cancelled.contains(task);
  }

  void begin(Crowd crowd) {
    if (faults.equals(Faults.NONE)) {
      return;
    }
    pool.faults(faults.txLoss(), CRASH_BEFORE_COMMANDS);
    for (var worker : hosts.all()) {
      worker.faults(faults.txLoss(), faults.fetchTrouble());
      repeat(faults.workerCrash(), () -> crash(worker));
      repeat(faults.disconnect(), worker::disconnect);
      if (world.chance(crowd.nightly())) {
        world.in(world.between(0, crowd.day().toMillis()), () -> sleep(worker, crowd.day()));
      }
    }
    repeat(faults.poolCrash(), this::crashPool);
    repeat(faults.reorg(), chain::reorganise);
    repeat(faults.cancel(), this::cancelSomeTask);
    world.in(faults.deepReorg(), chain::forgetLastMatch);
    world.in(faults.healAfter(), this::heal);
  }

  /** Off for half a day, evening after evening. */
  private void sleep(SimWorker worker, Duration day) {
    if (!isRough()) {
      return;
    }
    if (worker.isAlive()) {
      worker.crash();
    }
    world.in(day.dividedBy(2), () -> startAgain(worker));
    world.in(day, () -> sleep(worker, day));
  }

  private void cancelSomeTask() {
    var all = deals.get();
    if (all.isEmpty()) {
      return;
    }
    var deal = chain.hub().viewDeal(all.get(world.random().nextInt(all.size())));
    deal.ifPresent(bought -> {
      var task = bought.taskId(world.random().nextLong(bought.botSize()));
      cancelled.add(task);
      pool.cancel(task);
    });
  }

  private void repeat(Duration mean, Runnable fault) {
    world.in(world.once(mean), () -> {
      if (isRough()) {
        fault.run();
        repeat(mean, fault);
      }
    });
  }

  private boolean isRough() {
    return world.now().isBefore(World.START.plus(faults.healAfter()));
  }

  private void crash(SimWorker worker) {
    if (worker.isAlive()) {
      worker.crash();
      world.in(world.between(1_000, 40_000), () -> startAgain(worker));
    }
  }

  private static void startAgain(SimWorker worker) {
    if (!worker.isAlive()) {
      worker.start();
      worker.connect();
    }
  }

  private void crashPool() {
    if (pool.isAlive()) {
      pool.crash();
      world.in(world.between(500, 10_000), pool::startAgain);
    }
  }

  private void heal() {
    world.trace("world", "heals");
    pool.faults(0, 0);
    pool.startAgain();
    for (var worker : hosts.all()) {
      worker.faults(0, 0);
      startAgain(worker);
    }
  }
}
