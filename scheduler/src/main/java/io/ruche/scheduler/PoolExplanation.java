package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.TaskId;
import java.util.List;

/**
 * Why tasks of a pool wait, and why workers of it have nothing to do.
 *
 * @param idle machines with a free slot
 * @param waiting tasks that want another run
 * @param deals those with waiting tasks, earliest deadline first, up to a bound
 * @param furtherDeals how many more there are
 * @param workers one line for each group of workers that are alike
 */
public record PoolExplanation(
    int connected,
    int idle,
    int waiting,
    List<WaitingDeal> deals,
    int furtherDeals,
    List<Reason> workers) {

  public PoolExplanation {
    deals = List.copyOf(deals);
    workers = List.copyOf(workers);
  }

  /**
   * A deal with waiting tasks.
   *
   * @param tasks how many of them wait
   * @param first the one that the reasons are about
   */
  public record WaitingDeal(
      DealId deal, Address requester, int tasks, TaskId first, List<Reason> reasons) {
    public WaitingDeal {
      reasons = List.copyOf(reasons);
    }
  }
}
