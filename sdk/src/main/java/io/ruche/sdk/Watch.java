package io.ruche.sdk;

import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.OnChainTask;
import io.ruche.core.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Follows the tasks of some deals on chain. Only tasks that can still change are asked for again.
 */
public final class Watch {
  private final ChainView chain;
  private final Deals deals;
  private final List<Deal> watched;
  private final Map<TaskId, OnChainTask> ended = new HashMap<>();

  /**
   * Starts to follow.
   *
   * @throws io.ruche.core.RucheException DEAL_UNKNOWN
   */
  public Watch(ChainView chain, Deals deals, List<DealId> ids) {
    this.chain = chain;
    this.deals = deals;
    this.watched = ids.stream()
        .map(id -> deals.deal(id).orElseThrow(() -> SdkErrors.dealUnknown(id)))
        .toList();
  }

  public List<Deal> deals() {
    return watched;
  }

  /** How all tasks are now. */
  public BagView look() {
    var now = deals.now();
    var entries = new ArrayList<BagView.Entry>();
    for (var deal : watched) {
      entries.addAll(look(deal));
    }
    return new BagView(entries, now);
  }

  private List<BagView.Entry> look(Deal deal) {
    var category = chain
        .category(deal.categoryId())
        .orElseThrow(() -> SdkErrors.categoryUnknown(deal.categoryId()));
    var open = new ArrayList<TaskId>();
    for (long index = deal.botFirst(); index < deal.botFirst() + deal.botSize(); index++) {
      if (!ended.containsKey(deal.taskId(index))) {
        open.add(deal.taskId(index));
      }
    }
    var found = new HashMap<>(ended);
    for (var task : deals.tasks(open)) {
      found.put(task.id(), task);
      if (task.status().isFinal()) {
        ended.put(task.id(), task);
      }
    }
    var entries = new ArrayList<BagView.Entry>();
    for (long index = deal.botFirst(); index < deal.botFirst() + deal.botSize(); index++) {
      var task = Objects.requireNonNull(found.get(deal.taskId(index)));
      entries.add(new BagView.Entry(deal, category, index, task));
    }
    return entries;
  }
}
