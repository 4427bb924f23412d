package io.ruche.server.pool;

import io.ruche.scheduler.AttemptId;
import io.ruche.scheduler.Fact;
import java.util.function.BiConsumer;

/**
 * Writes the log of runs. A fact names its attempt alone; the board adds deal and worker, so that
 * each line can be followed from the deal to the worker's own log.
 */
final class FactLog {
  private final TaskBoard board;
  private final PoolLog log;

  FactLog(TaskBoard board, PoolLog log) {
    this.board = board;
    this.log = log;
  }

  /** Called once the board has the fact. */
  void write(Fact fact) {
    switch (fact) {
      case Fact.DealAccepted(var deal, var _, var _) ->
        log.dealMatched(deal.id(), deal.botSize(), deal.trust());
      case Fact.DealGone(var deal, var _) -> log.dealGone(deal);
      case Fact.AttemptAssigned assigned -> log.attemptAssigned(assigned);
      case Fact.AttemptFailed failed ->
        find(failed.attempt(), (task, attempt) -> log.attemptFailed(task, attempt, failed));
      case Fact.AttemptDropped(var id, var reason) ->
        find(id, (task, attempt) -> log.attemptDropped(task, attempt, reason));
      // What a run or its task comes to in the end is told by the lines above.
      default -> {}
    }
  }

  private void find(AttemptId id, BiConsumer<TaskView, TaskView.Attempt> action) {
    board
        .task(id.task())
        .ifPresent(task -> task.attempts().stream()
            .filter(attempt -> attempt.number() == id.number())
            .findFirst()
            .ifPresent(attempt -> action.accept(task, attempt)));
  }
}
