package io.ruche.cli.deal;

import io.ruche.cli.Session;
import io.ruche.core.DealId;
import io.ruche.core.Failure;
import io.ruche.core.RunLimits;
import io.ruche.core.TaskStatus;
import io.ruche.sdk.BagView;
import io.ruche.sdk.Results;
import io.ruche.sdk.RucheClient;
import io.ruche.transfer.OutputLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fetches the results of a bag into one folder per task, each verified. */
public final class Delivery {
  private final Session session;
  private final RucheClient client;

  public Delivery(Session session, RucheClient client) {
    this.session = session;
    this.client = client;
  }

  /**
   * What became of one task.
   *
   * @param verified null when its result was not fetched
   * @param fuel of its run, as the workers say; null when they do not
   */
  public record Item(
      BagView.Entry entry,
      Results.@Nullable Verified verified,
      @Nullable Long fuel) {
    Item withFuel(@Nullable Long told) {
      return new Item(entry, verified, told);
    }

    /** Set when the run failed: as certified, or, before the result is fetched, as told. */
    public Optional<Failure> failure() {
      return verified == null ? Results.toldFailure(entry.task()) : verified.failure();
    }

    public boolean isSuccess() {
      return entry.status() == TaskStatus.COMPLETED && failure().isEmpty();
    }
  }

  /** Nothing is fetched: the tasks as they are. */
  public static List<Item> none(BagView bag) {
    return bag.entries().stream().map(entry -> new Item(entry, null, null)).toList();
  }

  /** Fetches every completed task's result to {@code folder/<index>}. */
  public List<Item> fetch(BagView bag, Path folder) {
    var items = new ArrayList<Item>();
    var bar = new ProgressLine(session.printer());
    for (var entry : bag.entries()) {
      bar.show(
          bag.entries().size(),
          items.size(),
          "verifying results, %d of %d"
              .formatted(items.size() + 1, bag.entries().size()));
      items.add(
          entry.status() == TaskStatus.COMPLETED
              ? new Item(entry, fetch(entry, folder), null)
              : new Item(entry, null, null));
    }
    bar.end();
    return items;
  }

  private Results.Verified fetch(BagView.Entry entry, Path folder) {
    var limits = OutputLimits.of(RunLimits.of(entry.category()));
    return new Results(client.content(), limits)
        .fetch(
            entry.task(),
            entry.deal().callbackKind(),
            folder.resolve(Long.toString(entry.index())));
  }

  /** Where results go when the person names no folder. */
  public static Path defaultFolder(DealId deal) {
    return Path.of("results-" + deal.hex().substring(2, 10));
  }
}
