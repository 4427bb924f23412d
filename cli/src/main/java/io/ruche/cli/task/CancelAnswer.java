package io.ruche.cli.task;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import io.ruche.core.FailureCode;
import io.ruche.core.OnChainTask;
import io.ruche.sdk.BagView;
import io.ruche.sdk.OwnTasks;
import io.ruche.sdk.Results;
import java.util.List;

/** What becomes of a task that its requester stops, and of the money. */
record CancelAnswer(BagView.Entry entry) {
  /** It has ended as one that was stopped. */
  boolean isDone() {
    return isCancelled(entry.task());
  }

  static boolean isCancelled(OnChainTask task) {
    return Results.toldFailure(task)
        .filter(failure -> failure.code() == FailureCode.CANCELLED)
        .isPresent();
  }

  Answer done() {
    return answer("cancelled", json("CANCELLED"));
  }

  Answer stopping(OwnTasks.Stopping stopping) {
    var json = json("CANCELLING")
        .put("isRepeated", stopping.isRepeated())
        .put("running", stopping.running());
    return answer("cancelling", json);
  }

  String sentence(OwnTasks.Stopping stopping) {
    return "%s. It ends as a certified failure CANCELLED and is charged like a run (%s RUC)."
        .formatted(
            stopping.isRepeated()
                ? "It is being cancelled already"
                : stopping.running() == 0
                    ? "Cancelled before it ran"
                    : "Cancelled; what runs of it stops within seconds",
            entry.deal().pricePerTask());
  }

  private Answer answer(String state, ObjectNode json) {
    var fields = Fields.of(
        Fields.field("task", entry.id()),
        Fields.field("state", state),
        Fields.field("charged", entry.deal().pricePerTask() + " RUC"));
    return new Answer(json, List.of(fields), List.of(state));
  }

  private ObjectNode json(String state) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("task", entry.id().hex())
        .put("state", state)
        .put("charged", entry.deal().pricePerTask().toString());
  }
}
