package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.scheduler.PoolExplanation.WaitingDeal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Says why tasks wait and workers idle. Looks at everything, so it runs only when asked. */
final class PoolExplainer {
  /** Deals of which it is said why they wait. */
  static final int MAX_DEALS = 20;

  private final PoolState pool;
  private final Explainer explainer;
  private final Eligibility eligibility;

  PoolExplainer(PoolState pool, Explainer explainer, Eligibility eligibility) {
    this.pool = pool;
    this.explainer = explainer;
    this.eligibility = eligibility;
  }

  /** Why a machine does not get what waits: looks at a few tasks of the requesters due next. */
  List<Reason> ofMachine(Address machine, Instant now) {
    var worker = pool.workforce().find(machine);
    if (worker == null || !worker.isConnected()) {
      return List.of(new Reason.NotConnected(machine));
    }
    var reasons = new LinkedHashSet<Reason>();
    for (var task : pool.ready().firstOfEach(MAX_DEALS)) {
      var against = eligibility.allAgainst(worker, task, now);
      if (!against.isEmpty()) {
        reasons.addAll(against);
      } else if (worker.freeSlots() == 0) {
        reasons.add(eligibility.reasonFull(worker));
      } else {
        reasons.add(new Reason.IsNext(machine));
      }
    }
    return reasons.isEmpty() ? List.of(new Reason.NothingWaits()) : List.copyOf(reasons);
  }

  PoolExplanation explain(Instant now) {
    var deals =
        pool.deals().values().stream().filter(PoolExplainer::isWaiting).sorted().toList();
    var told = deals.stream().limit(MAX_DEALS).map(deal -> waiting(deal, now)).toList();
    var connected = connected();
    return new PoolExplanation(
        connected.size(),
        pool.workforce().idleCount(),
        pool.ready().size(),
        told,
        deals.size() - told.size(),
        workers(connected));
  }

  private List<WorkerSession> connected() {
    return pool.workforce().all().stream().filter(WorkerSession::isConnected).toList();
  }

  private static boolean isWaiting(OpenDeal deal) {
    return deal.live().stream().anyMatch(task -> task.waitingSince() != null);
  }

  private WaitingDeal waiting(OpenDeal deal, Instant now) {
    var tasks = deal.live().stream()
        .filter(task -> task.waitingSince() != null)
        .sorted()
        .toList();
    var first = tasks.getFirst();
    return new WaitingDeal(
        deal.id(),
        deal.terms().deal().requester(),
        tasks.size(),
        first.id(),
        explainer.reasons(first, now));
  }

  private List<Reason> workers(List<WorkerSession> connected) {
    var groups = new WorkerGroups();
    for (var worker : connected) {
      var ban = pool.workforce().banReason(worker);
      if (ban != null) {
        groups.add(worker.worker(), List.of(new Reason.Banned(worker.worker(), ban)));
      } else if (pool.workforce().isDistrusted(worker.worker())) {
        groups.add(worker.worker(), List.of(new Reason.BrokeItsCommit(worker.worker())));
      } else {
        groups.add(worker.worker(), whatItDoes(worker));
      }
    }
    for (var worker : new ArrayList<>(pool.workforce().all())) {
      if (!worker.isConnected()) {
        groups.add(worker.worker(), "are gone, and hold work that they may come back with");
      }
    }
    return groups.reasons();
  }

  private String whatItDoes(WorkerSession worker) {
    if (worker.freeSlots() > 0) {
      return pool.ready().size() == 0
          ? "have a free slot, and no task waits"
          : "have a free slot, and may run none of the tasks that wait";
    }
    return worker.running().isEmpty()
        ? "have nothing to do, and say that they have no free slot"
        : "are busy";
  }
}
