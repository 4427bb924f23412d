package io.ruche.agent.task;

import io.ruche.agent.state.WorkFolder;
import io.ruche.core.AppType;
import io.ruche.core.RucheException;
import io.ruche.sandbox.RunRequest;
import io.ruche.transfer.Checksum;
import io.ruche.transfer.DataCache;
import io.ruche.transfer.FetchRequest;
import io.ruche.transfer.Fetcher;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings an app and everything it reads onto this machine, checked. Any thread may call. */
public final class TaskFiles {
  private final Fetcher fetcher;
  private final DataCache cache;

  public TaskFiles(Fetcher fetcher, DataCache cache) {
    this.fetcher = fetcher;
    this.cache = cache;
  }

  /**
   * Fills the input folder; the app stays cached until the datum is closed. The order is always the
   * same, so that workers report the same failure.
   */
  FetchedApp fetch(DealCase.Feasible deal, WorkFolder folder) {
    var facts = deal.facts();
    var app = fetchApp(deal);
    try {
      if (facts.dataset() != null) {
        var checksum = Checksum.published(facts.dataset().checksum(), false);
        place(
            new FetchRequest(facts.dataset().location(), checksum),
            folder.input().resolve(facts.dataset().address().hex()));
      }
      for (var url : deal.params().inputFiles()) {
        place(
            new FetchRequest(url, new Checksum.Waived()),
            folder.input().resolve(TaskEnvironment.inputFileName(url)));
      }
      for (var input : deal.params().inputs()) {
        var checksum = Checksum.published(input.sha256(), false);
        place(new FetchRequest(input.uri(), checksum), folder.input().resolve(input.name()));
      }
      return app;
    } catch (RuntimeException e) {
      app.close();
      throw e;
    }
  }

  private FetchedApp fetchApp(DealCase.Feasible deal) {
    var app = deal.facts().app();
    if (deal.type() == AppType.DOCKER && !Fetcher.understands(app.location())) {
      return new FetchedApp(new RunRequest.App.AppImage(app.location(), app.checksum()), null);
    }
    var datum = fetcher.fetch(
        new FetchRequest(app.location(), Checksum.published(app.checksum(), false)), cache);
    return new FetchedApp(new RunRequest.App.AppFile(datum.file(), datum.sha256()), datum);
  }

  /** One more name for the cached file, or a copy where the disk cannot do that. */
  private void place(FetchRequest request, Path target) {
    try (var datum = fetcher.fetch(request, cache)) {
      link(datum.file(), target);
    } catch (IOException e) {
      throw new RucheException(
          "WORK_FOLDER_UNUSABLE",
          "cannot place an input at %s: %s.".formatted(target, e),
          "Free some disk space and check who may write there.",
          true,
          e);
    }
  }

  private static void link(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (FileAlreadyExistsException e) {
      // The same URL was named twice.
      return;
    } catch (UnsupportedOperationException | IOException e) {
      Files.copy(file, target);
    }
  }
}
