package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.TokenAmount;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A pool at a glance.
 *
 * @param tasksByStage number of tasks in memory by stage
 * @param wanting tasks that wait for another run
 * @param servableTrust the highest trust that the connected owners can certify among them; an order
 *     that promises more can cost the pool its stake
 */
public record SchedulerStatus(
    int openDeals,
    Map<String, Integer> tasksByStage,
    int wanting,
    int connectedWorkers,
    int connectedOwners,
    long servableTrust,
    List<WorkerView> workers) {

  public SchedulerStatus {
    tasksByStage = Map.copyOf(tasksByStage);
    workers = List.copyOf(workers);
  }

  /** Runs that the machines which are connected, and get work, carry out at once. */
  public int slots() {
    return workers.stream()
        .filter(worker -> worker.isConnected() && !worker.isDistrusted())
        .mapToInt(worker -> worker.offer().slots())
        .sum();
  }

  /** One machine of the pool. */
  public record WorkerView(
      Address machine,
      Address worker,
      Address owner,
      boolean isConnected,
      boolean isDistrusted,
      WorkerOffer offer,
      int freeSlots,
      int running,
      int waiting,
      long score,
      TokenAmount freeStake,
      Instant lastHeardAt) {}
}
