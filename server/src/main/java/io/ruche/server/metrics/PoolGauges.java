package io.ruche.server.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.ruche.scheduler.SchedulerEngine;
import io.ruche.scheduler.SchedulerStatus;
import io.ruche.scheduler.SchedulerStatus.WorkerView;
import io.ruche.server.pool.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How a pool stands; the engine is asked once for each scrape, and not waited for long. */
final class PoolGauges implements MultiCollector {
  /** An engine that has not answered by then is left out of this scrape. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Shown at zero, so that a stage that empties does not vanish from the graph. */
  private static final List<String> STAGES = List.of(
      "starting",
      "initializing",
      "queued",
      "running",
      "revealing",
      "uploading",
      "finalizing",
      "claiming",
      "completed",
      "failed");

  /** How logins are refused and sessions ended, shown at zero likewise. */
  private static final List<String> REJECTIONS = List.of(
      "bad_message", "bad_signature", "flood", "login_timeout", "too_many_sessions", "version");

  private final Pool pool;
  private final Supplier<Integer> pendingTransactions;

  PoolGauges(Pool pool, Supplier<Integer> pendingTransactions) {
    this.pool = pool;
    this.pendingTransactions = pendingTransactions;
  }

  @Override
  public MetricSnapshots collect() {
    var gauges = new Gauges();
    var status = pool.inspect(PATIENCE, SchedulerEngine::status);
    gauges
        .gauge(
            "ruche_engine_answering",
            "1 when the engine told how it stands within 2 s of this scrape, else 0.",
            status.isPresent() ? 1 : 0)
        .gauge(
            "ruche_engine_waiting_events",
            "Events in the engine's queue; at 16384 senders wait.",
            pool.waitingEvents())
        .gauge(
            "ruche_transactions_pending",
            "Transactions signed but in no block yet.",
            pendingTransactions.get())
        .gauge(
            "ruche_link_sessions",
            "Open connections of workers, logged in or not yet.",
            pool.link().sessionCount())
        .counter(
            "ruche_link_rejections",
            "Logins refused and sessions ended by the pool, by code.",
            "code",
            rejections());
    status.ifPresent(seen -> add(seen, gauges));
    return gauges.snapshots();
  }

  private static void add(SchedulerStatus status, Gauges gauges) {
    var connected = status.workers().stream().filter(WorkerView::isConnected).toList();
    int slots = connected.stream().mapToInt(worker -> worker.offer().slots()).sum();
    int free = connected.stream().mapToInt(WorkerView::freeSlots).sum();
    gauges
        .gauge("ruche_workers_connected", "Machines logged in.", status.connectedWorkers())
        .gauge("ruche_owners_connected", "Owners of those machines.", status.connectedOwners())
        .gauge(
            "ruche_workers_distrusted",
            "Machines logged in that get no work since they broke a commit.",
            connected.stream().filter(WorkerView::isDistrusted).count())
        .gauge("ruche_slots", "Slots of the machines logged in.", slots)
        .gauge("ruche_slots_free", "Slots that no run takes.", free)
        .gauge("ruche_deals_open", "Deals with tasks that are not settled.", status.openDeals())
        .gauge("ruche_tasks_open", "Tasks sold and not settled.", status.openTasks())
        .gauge(
            "ruche_drained",
            "1 while the pool sells nothing more by its operator's word, else 0.",
            status.drainedSince() == null ? 0 : 1)
        .gauge("ruche_tasks", "Tasks in memory, by stage.", "stage", stages(status))
        .gauge("ruche_tasks_wanting_run", "Tasks that wait for another run.", status.wanting())
        .gauge(
            "ruche_servable_trust",
            "Highest trust that the connected owners can certify.",
            status.servableTrust());
  }

  private static Map<String, Integer> stages(SchedulerStatus status) {
    var stages = zeros(STAGES);
    stages.putAll(status.tasksByStage());
    return stages;
  }

  private Map<String, Long> rejections() {
    var counts = REJECTIONS.stream()
        .collect(Collectors.toMap(code -> code, code -> 0L, (a, b) -> a, TreeMap::new));
    pool.link()
        .rejections()
        .forEach((code, count) -> counts.put(code.toLowerCase(Locale.ROOT), count));
    return counts;
  }

  private static Map<String, Integer> zeros(List<String> names) {
    return names.stream()
        .collect(Collectors.toMap(name -> name, name -> 0, (a, b) -> a, TreeMap::new));
  }
}
