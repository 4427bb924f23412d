package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.TaskStatus;
import java.nio.file.Path;
import java.util.List;
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

      market.passTime(requester, category.finalTime().plusSeconds(1));
      requester.transactions().claim(deal, List.of(), List.of(0L, 1L));

      assertThat(requester.view().tasks(Marketplace.ids(deal)))
          .allMatch(task -> task.status() == TaskStatus.FAILED);
      assertThat(market.balance(requester, me)).isEqualTo(before);
      var stake = deal.workerpool().price().percentRoundedDown(30).times(2);
      assertThat(market.balance(requester, Marketplace.KITTY)).isEqualTo(stake);
      assertThat(market.isConserved(requester)).isTrue();
    }
  }
}
