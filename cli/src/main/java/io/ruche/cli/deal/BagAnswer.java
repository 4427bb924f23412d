package io.ruche.cli.deal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.ExitCode;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Section;
import io.ruche.cli.output.Table;
import io.ruche.core.Address;
import io.ruche.core.FailureCode;
import io.ruche.core.FuelText;
import io.ruche.core.RucheException;
import io.ruche.core.TaskStatus;
import io.ruche.sdk.BagView;
import io.ruche.sdk.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tasks of deals as an answer, with what became of each. */
public final class BagAnswer {
  private BagAnswer() {}

  public static Answer of(BagView bag, List<Delivery.Item> items) {
    return new Answer(
        json(bag, items),
        List.of(table(items)),
        items.stream().map(item -> item.entry().id().hex()).toList());
  }

  /** Deals, tasks and counts. */
  public static ObjectNode json(BagView bag, List<Delivery.Item> items) {
    var json = JsonNodeFactory.instance.objectNode();
    var ids = json.putArray("deals");
    bag.deals().forEach(deal -> ids.add(deal.id().hex()));
    json.putObject("counts")
        .put("total", items.size())
        .put("completed", count(items, TaskStatus.COMPLETED))
        .put("failed", count(items, TaskStatus.FAILED))
        .put(
            "certifiedFailures",
            items.stream().filter(item -> item.failure().isPresent()).count())
        .put("verified", items.stream().filter(item -> item.verified() != null).count());
    var tasks = json.putArray("tasks");
    items.forEach(item -> tasks.add(json(item)));
    new Overdue(bag).addTo(json);
    return json;
  }

  /** Done, still going on, or not as hoped; what missed its final deadline goes on no more. */
  public static int exitCode(BagView bag, List<Delivery.Item> items) {
    if (items.stream().allMatch(Delivery.Item::isSuccess)) {
      return ExitCode.OK;
    }
    return bag.isEnded() ? ExitCode.FAILED : ExitCode.PENDING;
  }

  private static long count(List<Delivery.Item> items, TaskStatus status) {
    return items.stream().filter(item -> item.entry().status() == status).count();
  }

  private static ObjectNode json(Delivery.Item item) {
    var entry = item.entry();
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("task", entry.id().hex())
        .put("index", entry.index())
        .put("deal", entry.deal().id().hex())
        .put("status", entry.status().name());
    var workers = json.putArray("workers");
    entry.task().contributors().stream().map(Address::checksummed).forEach(workers::add);
    if (entry.status() == TaskStatus.COMPLETED) {
      json.put("resultDigest", entry.task().resultDigest().hex());
      json.put("result", location(item));
    }
    var verified = item.verified();
    if (verified != null) {
      json.put("verified", true).put("folder", verified.folder().toString());
    }
    if (item.fuel() != null) {
      json.put("fuel", item.fuel());
    }
    item.failure()
        .ifPresent(failure -> json.putObject("failure")
            .put("code", failure.code().name())
            .put("exitCode", failure.exitCode()));
    return json;
  }

  private static Section table(List<Delivery.Item> items) {
    var rows = new ArrayList<List<Cell>>();
    for (var item : items) {
      var entry = item.entry();
      rows.add(List.of(
          Cell.of(entry.index()),
          Cell.id(entry.id()),
          Cell.of(entry.status().name().toLowerCase(Locale.ROOT)),
          Cell.of(entry.task().contributors().size()),
          Cell.of(item.fuel() == null ? "-" : FuelText.of(item.fuel())),
          Cell.of(outcome(item))));
    }
    return new Table(List.of("INDEX", "TASK", "STATUS", "COPIES", "FUEL", "RESULT"), rows);
  }

  private static String outcome(Delivery.Item item) {
    if (item.failure().isPresent()) {
      var failure = item.failure().get();
      return failure.code() == FailureCode.CANCELLED
          ? "cancelled by its requester"
          : "certified failure %s (exit code %d)".formatted(failure.code(), failure.exitCode());
    }
    var verified = item.verified();
    if (verified != null) {
      return verified.folder() + (verified.ignoresFolders() ? " (digest ignores sub-folders)" : "");
    }
    return item.entry().status() == TaskStatus.COMPLETED ? location(item) : "";
  }

  private static String location(Delivery.Item item) {
    try {
      return Results.cidOf(item.entry().task()).path();
    } catch (RucheException e) {
      return e.code();
    }
  }
}
