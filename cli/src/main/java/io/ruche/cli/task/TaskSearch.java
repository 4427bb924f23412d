package io.ruche.cli.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.cli.Session;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.sdk.BagView;
import io.ruche.sdk.RucheClient;
import io.ruche.sdk.RunBook;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the deal of a task. The chain knows it once the task is started; before that its pool may
 * tell, or the runs that were bought from this home.
 */
final class TaskSearch {
  private final Session session;
  private final RucheClient client;

  TaskSearch(Session session, RucheClient client) {
    this.session = session;
    this.client = client;
  }

  /** A task of a deal with its place in it. */
  private record Place(Deal deal, long index) {}

  BagView.Entry find(TaskId id, @Nullable JsonNode told) {
    var task = client.view().tasks(List.of(id)).getFirst();
    if (task.status() != TaskStatus.UNSET) {
      return inDeal(task.deal(), task.index());
    }
    var place = toldBy(told, id).or(() -> bought(id)).orElseThrow(() -> unknown(id));
    return entry(place);
  }

  BagView.Entry inDeal(DealId id, long index) {
    var deal = client
        .view()
        .deal(id)
        .orElseThrow(() -> new RucheException(
            "DEAL_UNKNOWN",
            "the hub has no deal %s.".formatted(id),
            "Check the id and the network; `ruche deal list` shows yours.",
            false));
    long last = deal.botFirst() + deal.botSize() - 1;
    if (index < deal.botFirst() || index > last) {
      throw new RucheException(
          "TASK_OUTSIDE_DEAL",
          "deal %s bought the tasks %d to %d, found %d: it is used up with those."
              .formatted(id, deal.botFirst(), last, index),
          "Name one of them with --index; other tasks of the request are of other deals.",
          false);
    }
    return entry(new Place(deal, index));
  }

  private BagView.Entry entry(Place place) {
    var watch = client.watch(List.of(place.deal().id()));
    return watch.look().entries().stream()
        .filter(entry -> entry.index() == place.index())
        .findFirst()
        .orElseThrow(() -> unknown(place.deal().taskId(place.index())));
  }

  private Optional<Place> toldBy(@Nullable JsonNode told, TaskId id) {
    if (told == null || !told.hasNonNull("deal")) {
      return Optional.empty();
    }
    long index = told.path("index").asLong();
    return client
        .view()
        .deal(new DealId(told.get("deal").asText()))
        .filter(deal -> deal.taskId(index).equals(id))
        .map(deal -> new Place(deal, index));
  }

  private Optional<Place> bought(TaskId id) {
    return new RunBook(session.home().runs())
        .all().stream()
            .flatMap(run -> run.deals().stream())
            .flatMap(deal -> client.view().deal(deal).stream())
            .flatMap(deal -> LongStream.range(deal.botFirst(), deal.botFirst() + deal.botSize())
                .filter(index -> deal.taskId(index).equals(id))
                .mapToObj(index -> new Place(deal, index)))
            .findFirst();
  }

  static RucheException unknown(TaskId id) {
    return new RucheException(
        "TASK_UNKNOWN",
        "nobody started a task %s on this hub, and neither its pool nor this home knows its deal."
            .formatted(id),
        "Check the id and the network; with --deal and --index any task of a deal is found.",
        false);
  }
}
