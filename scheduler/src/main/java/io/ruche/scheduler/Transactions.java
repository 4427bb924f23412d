package io.ruche.scheduler;

import io.ruche.scheduler.ShellEvent.ChainAction;
import java.time.Instant;

/** Sends what a task needs from the chain, once, and again only after looking. */
final class Transactions {
  private final PoolState pool;

  Transactions(PoolState pool) {
    this.pool = pool;
  }

  /** Runs {@code send} unless the action is already under way. */
  void want(PoolTask task, ChainAction action, Instant now, Runnable send) {
    var tx = task.tx();
    switch (tx.stepFor(action, task.chain().observedAt(), now)) {
      case SEND -> {
        tx.sent(action, now, pool.policy().txPatience());
        send.run();
      }
      case OBSERVE -> {
        tx.looking(now, pool.policy().resendAfter());
        pool.outbox().observe(task.id());
      }
      case WAIT -> {}
    }
    task.wakeBy(tx.nextStepAt());
  }
}
