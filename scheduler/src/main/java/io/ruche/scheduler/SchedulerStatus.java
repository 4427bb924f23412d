package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Power;
import io.ruche.core.TokenAmount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pool at a glance.
 *
 * @param openTasks tasks that are sold and not settled, in memory or not
 * @param drainedSince when the operator stopped the selling; null while the pool sells
 * @param tasksByStage number of tasks in memory by stage
 * @param wanting tasks that wait for another run
 * @param servableTrust the highest trust that the connected owners can certify among them; an order
 *     that promises more can cost the pool its stake
 */
public record SchedulerStatus(
    int openDeals,
    long openTasks,
    @Nullable Instant drainedSince,
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
      Instant lastHeardAt,
      Rating rating,
      Power power) {}

  /**
   * What a machine has shown of itself.
   *
   * @param believedFuelPerSecond as far as certified runs confirm its claim
   * @param isClaimRefuted its work shows that its claim is inflated
   * @param slotLimit runs it gets at once
   * @param ban why it gets no work by the operator's word; null when it may
   */
  public record Rating(
      long believedFuelPerSecond,
      int confirmedRuns,
      boolean isClaimRefuted,
      int slotLimit,
      @Nullable String ban) {}
}
