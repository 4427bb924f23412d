package io.ruche.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Category;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InMemoryHubTest {
  @TestFactory
  Stream<DynamicTest> followsTheSharedScenarios() {
    return HubScenario.all().stream()
        .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> {
          var hub = new InMemoryScenarioHub();
          scenario.play(hub);
          assertThat(hub.hub().inPurses()).isEqualTo(hub.hub().deposited());
        }));
  }

  @Test
  void aRolledBackBlockLeavesNoTrace() {
    var hub =
        new InMemoryHub(List.of(new Category(0, "XS", "", Duration.ofMinutes(5))), Instant.EPOCH);
    hub.deposit(Sample.REQUESTER, TokenAmount.ofNano(100_000_000));
    hub.deposit(Sample.POOL_OWNER, TokenAmount.ofNano(100_000_000));
    hub.deposit(Sample.worker(1), TokenAmount.ofNano(100_000_000));
    var deal = hub.match(MatchTerms.standard());
    hub.mine(Instant.ofEpochSecond(1));
    var task = hub.initialize(deal, 0);
    hub.mine(Instant.ofEpochSecond(2));
    hub.contribute(Sample.worker(1), task, Sample.digest("a"), true);

    var gone = hub.rollBack(1);

    assertThat(gone).hasSize(3).first().isEqualTo(new HubLog.TaskInitialize(task));
    assertThat(hub.viewTask(task).status()).isEqualTo(TaskStatus.UNSET);
    assertThat(hub.viewAccount(Sample.worker(1)).locked()).isEqualTo(TokenAmount.ZERO);
    assertThat(hub.viewDeal(deal)).isPresent();
    assertThat(hub.logs()).containsExactly(new HubLog.OrdersMatched(deal));
    assertThat(hub.initialize(deal, 0)).isEqualTo(task);
  }

  @Test
  void aRefusedCallLeavesNoTrace() {
    var hub = new InMemoryScenarioHub();
    hub.deposit("requester", TokenAmount.ofNano(11_000_000));
    var wish = new ScenarioHub.Wish(1, 1, TokenAmount.ofNano(10_000_000), false);

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> hub.match("d1", wish))
        .isInstanceOf(HubRevert.class)
        .hasMessageContaining("StakeTooLow");

    assertThat(hub.purses(List.of("requester")).getFirst().locked()).isEqualTo(TokenAmount.ZERO);
    assertThat(hub.hub().logs()).isEmpty();
  }
}
