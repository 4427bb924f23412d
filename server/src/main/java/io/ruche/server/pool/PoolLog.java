package io.ruche.server.pool;

import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Fact;
import io.ruche.scheduler.Fact.DropReason;
import io.ruche.scheduler.ShellEvent.ChainAction;
import io.ruche.scheduler.WorkerOffer;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Every line that a pool's operator reads, one event a line. */
public final class PoolLog {
  private static final Logger LOG = LoggerFactory.getLogger("ruche.pool");
  private static final int MAX_CHARS = 500;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  void workerJoined(Who who, WorkerOffer offer, String software) {
    LOG.info(
        "worker joined worker={} machine={} slots={} memoryMiB={} software={}",
        who.worker(),
        who.machine(),
        offer.slots(),
        offer.memoryMiB(),
        software);
  }

  void workerLeft(Who who, String reason) {
    LOG.info("worker left worker={} machine={} reason={}", who.worker(), who.machine(), reason);
  }

  void accountUnchecked(Who who, String code) {
    LOG.warn(
        "account could not be asked worker={} machine={} code={}",
        who.worker(),
        who.machine(),
        code);
  }

  void dealMatched(DealId deal, long tasks, long trust) {
    LOG.info("deal matched deal={} tasks={} trust={}", deal, tasks, trust);
  }

  void dealGone(DealId deal) {
    LOG.warn("deal left the chain deal={} until=\"its orders are matched again\"", deal);
  }

  /** At 1,000 tasks a second this is a thousand lines, so they are for who asks for them. */
  void attemptAssigned(Fact.AttemptAssigned fact) {
    LOG.debug(
        "attempt assigned deal={} task={} attempt={} worker={} machine={}",
        fact.deal(),
        fact.attempt().task(),
        fact.attempt().number(),
        fact.worker(),
        fact.machine());
  }

  void attemptFailed(TaskView task, TaskView.Attempt attempt, Fact.AttemptFailed fact) {
    LOG.info(
        "attempt failed deal={} task={} attempt={} worker={} machine={} code={} exitCode={} detail=\"{}\"",
        task.deal(),
        task.id(),
        attempt.number(),
        attempt.worker(),
        attempt.machine(),
        fact.code(),
        fact.exitCode(),
        printable(fact.detail()));
  }

  void attemptDropped(TaskView task, TaskView.Attempt attempt, DropReason reason) {
    LOG.atLevel(reason == DropReason.NOT_NEEDED ? Level.DEBUG : Level.INFO)
        .log(
            "attempt dropped deal={} task={} attempt={} worker={} machine={} reason={}",
            task.deal(),
            task.id(),
            attempt.number(),
            attempt.worker(),
            attempt.machine(),
            reason);
  }

  void taskEnded(TaskView task) {
    LOG.info(
        "task ended deal={} task={} attempts={} outcome={}",
        task.deal(),
        task.id(),
        task.attempts().size(),
        task.status() == TaskStatus.COMPLETED ? "completed" : "claimed");
  }

  void dealNotOurs(DealId deal, Address owner) {
    LOG.error(
        "deal cannot be served deal={} owner={}: the pool changed hands; run it with that wallet",
        deal,
        owner);
  }

  void transactionFailed(ChainAction action, List<TaskId> tasks, String code) {
    if (code.equals(PoolChain.ALREADY_DONE)) {
      LOG.debug("nothing left to send action={} tasks={}", action, tasks.size());
    } else {
      // The rest of them went the same way; `task explain` knows each.
      LOG.warn(
          "transaction failed action={} task={} tasks={} code={}",
          action,
          tasks.isEmpty() ? "none" : tasks.getFirst(),
          tasks.size(),
          code);
    }
  }

  void commandDropped(String command) {
    LOG.warn("command dropped command={}: too much waits; the engine asks again", command);
  }

  void engineRebuilt(Throwable cause) {
    LOG.error("engine failed and was rebuilt from the journal", cause);
  }

  void fatal(Throwable cause) {
    LOG.error("pool stops", cause);
  }

  void workFailed(String what, Throwable cause) {
    LOG.error("work on the chain failed what={}", what, cause);
  }

  void readFailed(String what, String code, int tries) {
    LOG.warn("chain read failed what={} code={} tries={}", what, code, tries);
  }

  void rolledBack(long toBlock, int tasks) {
    LOG.warn("chain took another branch toBlock={} tasksReadAgain={}", toBlock, tasks);
  }

  /** Text of strangers without control characters, shortened. */
  static String printable(String text) {
    var clean = CONTROL.matcher(text).replaceAll("?");
    return clean.length() <= MAX_CHARS ? clean : clean.substring(0, MAX_CHARS);
  }
}
