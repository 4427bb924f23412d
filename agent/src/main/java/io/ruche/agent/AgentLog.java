package io.ruche.agent;

import io.ruche.agent.settings.AgentSettings;
import io.ruche.core.Address;
import io.ruche.core.AppType;
import io.ruche.core.DealId;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.link.FromPool;
import io.ruche.sandbox.Isolation;
import io.ruche.sandbox.OperatingSystem;
import io.ruche.worker.Assignment;
import io.ruche.worker.AttemptId;
import io.ruche.worker.Command;
import io.ruche.worker.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every line that a worker's owner may read. One event, one line, the same keys everywhere. */
final class AgentLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.ruche.agent");

  /** Tasks whose deal is remembered, for the lines that follow. */
  private static final int MAX_DEALS = 4_096;

  private final Map<TaskId, DealId> deals = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<TaskId, DealId> eldest) {
      return size() > MAX_DEALS;
    }
  };

  void started(Address worker, AgentSettings settings, String isolation) {
    LOG.info(
        "worker started worker={} pool={} chain={} slots={} memoryMiB={} isolation=\"{}\"",
        worker,
        settings.pool(),
        settings.chainId(),
        settings.slots(),
        settings.memoryMiB(),
        isolation);
  }

  void unlisted(Address account, Address machine) {
    LOG.warn(
        "the account does not list this machine account={} machine={}: its owner does with"
            + " `ruche worker account allow`",
        account,
        machine);
  }

  void restored(List<Assignment> attempts) {
    attempts.forEach(this::remember);
    LOG.info("attempts taken up attempts={}", attempts.size());
  }

  private void remember(Assignment assignment) {
    synchronized (deals) {
      deals.put(assignment.id().task(), assignment.deal());
    }
  }

  /** Of a task that was forgotten since, none. */
  private Object dealOf(AttemptId id) {
    synchronized (deals) {
      var deal = deals.get(id.task());
      return deal == null ? "unknown" : deal;
    }
  }

  void stopped() {
    LOG.info("worker stopped");
  }

  void waitingForChain(RucheException reason) {
    LOG.warn("chain not ready code={} detail=\"{}\"", reason.code(), reason.getMessage());
  }

  void connected(FromPool.Challenge pool, FromPool.Welcome welcome) {
    LOG.info(
        "pool connected workerpool={} session={} heartbeatMillis={}",
        pool.workerpool(),
        welcome.session(),
        welcome.heartbeatMillis());
  }

  void runtimeReady(AppType type, Isolation isolation) {
    LOG.info("runtime ready type={} isolation=\"{}\"", type, isolation);
  }

  void runtimeMissing(AppType type, String reason, String remedy) {
    LOG.info("runtime missing type={} detail=\"{}\" hint=\"{}\"", type, reason, remedy);
  }

  /** Said once, at the start, by machines that are no Linux. */
  void wasmOnly(OperatingSystem system) {
    LOG.warn(
        "on {} this worker runs WASM alone, without bubblewrap; {}",
        system,
        system.canStopProcesses()
            ? "runs stand still when the owner is back"
            : "runs are handed back at once when the owner is back, as they cannot stand still");
  }

  void offersMore() {
    LOG.info("offering what this worker can run now");
  }

  void disconnected(RucheException reason) {
    LOG.warn("pool not connected {}", reason.sentence());
  }

  void availabilityTrouble(RucheException reason) {
    LOG.warn("the old settings stay {}", reason.sentence());
  }

  void journalTrouble(RucheException reason) {
    LOG.error("nothing is sent until the journal can be written {}", reason.sentence());
  }

  void leftBehind(AttemptId id, RucheException reason) {
    LOG.warn(
        "folder not deleted deal={} task={} attempt={} {}",
        dealOf(id),
        id.task(),
        id.number(),
        reason.sentence());
  }

  void defect(RuntimeException e) {
    LOG.error("defect, please report it", e);
  }

  void event(Event event) {
    switch (event) {
      case Event.Assigned e -> {
        remember(e.assignment());
        LOG.info(
            "task accepted deal={} task={} attempt={}",
            e.assignment().deal(),
            e.id().task(),
            e.id().number());
      }
      case Event.StanceTaken e ->
        LOG.info("stance taken stance={} why=\"{}\"", e.stance(), e.why());
      case Event.RunFinished e -> line("task computed", e.id(), "digest", e.digest());
      case Event.ContributionMined e -> line("contribution mined", e.id(), "tx", e.tx());
      case Event.RevealMined e -> line("reveal mined", e.id(), "tx", e.tx());
      case Event.Uploaded e -> line("result uploaded", e.id(), "outcome", "stored");
      case Event.Done e -> line("task done", e.id(), "outcome", e.outcome());
      case Event.Aborted e -> line("task aborted", e.id(), "reason", e.reason());
      case Event.CancelAsked e ->
        line("cancel asked", e.id(), "time", e.cancellation().time());
      case Event.CancelChecked e -> line("task cancelled", e.id(), "by", "requester");
      case Event.CancelRefused e ->
        LOG.warn(
            "cancel not obeyed deal={} task={} attempt={} code={} detail=\"{}\"",
            dealOf(e.id()),
            e.id().task(),
            e.id().number(),
            e.code(),
            e.detail());
      case Event.WorkFailed e ->
        LOG.warn(
            "task failed deal={} task={} attempt={} code={} exitCode={} detail=\"{}\"",
            dealOf(e.id()),
            e.id().task(),
            e.id().number(),
            e.failure().code(),
            e.failure().exitCode(),
            e.detail());
      case Event.ChainFailed e ->
        LOG.warn(
            "chain call failed deal={} task={} attempt={} code={} detail=\"{}\"",
            dealOf(e.id()),
            e.id().task(),
            e.id().number(),
            e.code(),
            e.detail());
      case Event.UploadFailed e ->
        LOG.warn(
            "upload failed deal={} task={} attempt={} detail=\"{}\"",
            dealOf(e.id()),
            e.id().task(),
            e.id().number(),
            e.detail());
      default -> LOG.debug("event {}", event);
    }
  }

  void command(Command command) {
    if (command instanceof Command.Refused c) {
      LOG.warn(
          "task refused deal={} task={} attempt={} code={} detail=\"{}\"",
          dealOf(c.id()),
          c.id().task(),
          c.id().number(),
          c.code(),
          c.detail());
    } else if (LOG.isDebugEnabled()) {
      LOG.debug("command {}", command);
    }
  }

  private void line(String what, AttemptId id, String key, Object value) {
    LOG.info(
        "{} deal={} task={} attempt={} {}={}",
        what,
        dealOf(id),
        id.task(),
        id.number(),
        key,
        value);
  }
}
