package io.ruche.sdk;

import io.ruche.core.TaskStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Takes money back for tasks that nobody finished in time. */
public final class Claims {
  private final Transactions transactions;

  public Claims(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Claims the tasks that are overdue and returns them. */
  public List<BagView.Entry> claim(BagView bag) {
    var overdue = bag.overdue();
    var byDeal = overdue.stream()
        .collect(
            Collectors.groupingBy(BagView.Entry::deal, LinkedHashMap::new, Collectors.toList()));
    byDeal.forEach((deal, entries) ->
        transactions.claim(deal, indexes(entries, false), indexes(entries, true)));
    return overdue;
  }

  private static List<Long> indexes(List<BagView.Entry> entries, boolean isUnset) {
    return entries.stream()
        .filter(entry -> (entry.status() == TaskStatus.UNSET) == isUnset)
        .map(BagView.Entry::index)
        .toList();
  }
}
