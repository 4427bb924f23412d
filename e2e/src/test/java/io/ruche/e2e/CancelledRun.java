package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Deal;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.TaskId;
import io.ruche.sdk.RucheClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A run that goes on for minutes, whose requester reads along and then stops it. */
final class CancelledRun {
  /** What such an app writes first. */
  static final String SIGN = "at work";

  private final Marketplace market;
  private final CommandLine ruche;

  CancelledRun(Marketplace market) {
    this.market = market;
    this.ruche = new CommandLine(market.home());
  }

  /** Reads along and stops it; in the end it is certified, paid, and no stake is locked. */
  void stop(RucheClient requester, Deal deal) throws Exception {
    var task = deal.taskId(0);
    Marketplace.await("the first line of task " + task, () -> hasBegun(task));
    var log =
        CompletableFuture.supplyAsync(() -> ruche.run("task", "logs", task.hex(), "--follow"));

    var cancelled = ruche.run("task", "cancel", task.hex());
    var again = ruche.run("task", "cancel", task.hex());

    assertThat(cancelled.code()).as(cancelled.err()).isZero();
    assertThat(cancelled.json().path("state").asText()).isEqualTo("CANCELLING");
    assertThat(again.code()).as(again.err()).isZero();
    var read = log.get();
    assertThat(read.code()).as(read.err()).isZero();
    assertThat(read.out()).contains(SIGN).contains("\"end\"");
    var results = market.verified(requester, market.settled(requester, deal));
    assertThat(results.getFirst().failure()).contains(new Failure(FailureCode.CANCELLED, 0));
    assertThat(ruche.run("task", "explain", task.hex()).out())
        .contains("Cancelled by its requester");
    assertThat(market.isConserved(requester)).isTrue();
    for (var worker : market.network().workers()) {
      assertThat(requester.view().account(worker).locked().isZero()).isTrue();
    }
  }

  /** The worker keeps the folder until the chain can hardly take the end back. */
  void awaitNoFolder(Deal deal) {
    var task = deal.taskId(0);
    Marketplace.await("no folder of task " + task, () -> hasNoFolder(task));
  }

  private @Nullable Boolean hasBegun(TaskId task) {
    var log = ruche.run("task", "logs", task.hex());
    return (log.code() == 0 && log.out().contains(SIGN)) ? true : null;
  }

  private @Nullable Boolean hasNoFolder(TaskId task) {
    try (var files = Files.walk(market.home().folder(), 4)) {
      return files.noneMatch(
              file -> String.valueOf(file.getFileName()).startsWith(task.hex() + "-"))
          ? true
          : null;
    } catch (NoSuchFileException | UncheckedIOException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
