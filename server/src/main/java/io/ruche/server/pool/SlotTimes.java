package io.ruche.server.pool;

import io.ruche.core.DealId;
import io.ruche.scheduler.AttemptId;
import io.ruche.scheduler.Event;
import io.ruche.scheduler.Fact;
import io.ruche.scheduler.WorkerEvent;
import io.ruche.scheduler.selling.RunTimeEstimates;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How long runs hold the slots of this pool's machines: from the assignment until the digest, or
 * the contribution where it comes first. Called on the engine's thread alone. After a restart it
 * learns anew.
 */
final class SlotTimes {
  private final RunTimeEstimates times = new RunTimeEstimates();
  private final Map<DealId, Long> categories = new HashMap<>();
  private final Map<AttemptId, Begun> begun = new HashMap<>();

  private record Begun(long category, Instant at) {}

  void synced(Fact fact) {
    switch (fact) {
      case Fact.DealAccepted(var deal, var category, var _) ->
        categories.put(deal.id(), category.id());
      case Fact.DealClosed(var deal) -> categories.remove(deal);
      case Fact.AttemptAssigned assigned -> {
        var category = categories.get(assigned.deal());
        if (category != null) {
          begun.put(assigned.attempt(), new Begun(category, assigned.at()));
        }
      }
      case Fact.AttemptDropped(var attempt, var _) -> begun.remove(attempt);
      case Fact.AttemptFailed failed -> begun.remove(failed.attempt());
      default -> {}
    }
  }

  void observed(Event event, Instant now) {
    switch (event) {
      case WorkerEvent.Committed committed -> ended(committed.attempt(), now);
      case WorkerEvent.Contributed contributed -> ended(contributed.attempt(), now);
      default -> {}
    }
  }

  /** What to expect of the next run of a category. */
  Duration expected(long category, Duration unseen) {
    return times.expected(category, unseen);
  }

  private void ended(AttemptId attempt, Instant now) {
    var begin = begun.remove(attempt);
    if (begin != null) {
      times.observed(begin.category(), Duration.between(begin.at(), now));
    }
  }
}
