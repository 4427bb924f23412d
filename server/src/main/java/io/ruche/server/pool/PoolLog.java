package io.ruche.server.pool;

import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.TaskId;
import io.ruche.scheduler.ShellEvent.ChainAction;
import io.ruche.scheduler.WorkerOffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every line that a pool's operator reads, one event a line. */
public final class PoolLog {
  private static final Logger LOG = LoggerFactory.getLogger("ruche.pool");
  private static final int MAX_CHARS = 500;

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
      LOG.warn("transaction failed action={} tasks={} code={}", action, tasks.size(), code);
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
    var clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() <= MAX_CHARS ? clean : clean.substring(0, MAX_CHARS);
  }
}
