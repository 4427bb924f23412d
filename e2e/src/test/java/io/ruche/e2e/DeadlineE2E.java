package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.TaskStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A pool that never answers: the requester gets the money back and the pool's stake is seized. */
class DeadlineE2E {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void missedDeadlineIsClaimedAndRefunded() {
    try (var market = new Marketplace(folder, 1);
        var requester = market.requester()) {
      var me = requester.wallet().address();
      var before = market.balance(requester, me);
      var wish = new Marketplace.Wish(market.app("noop"), 2, 1, "never");
      var bought = market.begin(requester, wish);
      market.kill("server");
      var deal = bought.get();
      var category = requester.view().category(deal.categoryId()).orElseThrow();

      var ruche = new CommandLine(market.home());
      var id = deal.id().hex();
      assertThat(ruche.run("task", "explain", "--deal", id).json().path("stage").asText())
          .isEqualTo("unset");
      market.passTime(requester, category.finalTime().plusSeconds(1));
      var watched = ruche.run("deal", "watch", id);
      assertThat(watched.code()).isEqualTo(1);
      assertThat(watched.json().at("/claimable/commands/0").asText())
          .isEqualTo("ruche deal claim " + id);
      var explained = ruche.run("task", "explain", "--deal", id, "--index", "1").json();
      assertThat(explained.path("stage").asText()).isEqualTo("claimable");
      assertThat(explained.path("next").asText()).isEqualTo("ruche deal claim " + id);
      assertThat(
              ruche.run("task", "explain", "--deal", id, "--index", "2").error().path("code"))
          .hasToString("\"TASK_OUTSIDE_DEAL\"");
      assertThat(ruche.run("deal", "claim", id).json().path("claimed")).hasSize(2);
      var first = deal.taskId(0).hex();
      assertThat(ruche.run("task", "explain", first).json().path("stage").asText())
          .isEqualTo("claimed");

      assertThat(requester.view().tasks(Marketplace.ids(deal)))
          .allMatch(task -> task.status() == TaskStatus.FAILED);
      assertThat(market.balance(requester, me)).isEqualTo(before);
      var stake = deal.workerpool().price().percentRoundedDown(30).times(2);
      assertThat(market.balance(requester, Marketplace.KITTY)).isEqualTo(stake);
      assertThat(market.isConserved(requester)).isTrue();
    }
  }
}
