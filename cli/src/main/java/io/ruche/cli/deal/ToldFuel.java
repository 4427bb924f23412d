package io.ruche.cli.deal;

import io.ruche.core.Deal;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.sdk.BagView;
import io.ruche.sdk.RucheClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fuel of a bag's tasks, as its pool tells; a pool that says nothing, or cannot be reached, is
 * no failure.
 */
public final class ToldFuel {
  private static final int PAGE = 1_000;

  /** Tasks of one deal that are asked for; larger deals show the fuel of their first ones. */
  private static final int MAX_TASKS = 5_000;

  private ToldFuel() {}

  /** The same items, with their fuel where it is known. */
  public static List<Delivery.Item> add(
      RucheClient client, BagView bag, List<Delivery.Item> items) {
    var fuel = new HashMap<TaskId, Long>();
    try {
      bag.deals().forEach(deal -> ask(client, deal, fuel));
    } catch (RucheException e) {
      return items;
    }
    return items.stream()
        .map(item -> item.withFuel(fuel.get(item.entry().id())))
        .toList();
  }

  private static void ask(RucheClient client, Deal deal, Map<TaskId, Long> fuel) {
    for (long from = 0; from < Math.min(deal.botSize(), MAX_TASKS); from += PAGE) {
      var told = client.market().deal(deal.id(), from, PAGE);
      if (told.isEmpty()) {
        return;
      }
      for (var task : told.get().path("tasks")) {
        if (task.has("fuel")) {
          fuel.put(new TaskId(task.path("task").asText()), task.path("fuel").asLong());
        }
      }
    }
  }
}
