package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.cli.up.UpOptions;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.TaskStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A pool that lets workers contribute only once enough of them are bound to a digest. */
class AfterCommitE2E {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void resultsAndFailuresAreCertifiedAfterTheCommitRound() {
    var options = Marketplace.imageless(UpOptions.ofWorkers(3).withCertification("AFTER_COMMIT"));
    try (var market = new Marketplace(folder, options);
        var requester = market.requester()) {
      var bag = market.buy(requester, new Marketplace.Wish(market.app("noop"), 4, 3, "hello"));
      var tasks = market.settled(requester, bag);
      assertThat(tasks).allMatch(task -> task.status() == TaskStatus.COMPLETED);
      assertThat(tasks).allMatch(task -> task.contributors().size() == 2);
      market.verified(requester, tasks);

      var failing = new Marketplace.Wish(market.app("failing"), 1, 3, "exit 7");
      var failed = market.settled(requester, market.buy(requester, failing));
      assertThat(market.verified(requester, failed).getFirst().failure())
          .contains(new Failure(FailureCode.EXIT, 7));
      assertThat(market.isConserved(requester)).isTrue();
    }
  }
}
