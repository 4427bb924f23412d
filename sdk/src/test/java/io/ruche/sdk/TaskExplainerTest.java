package io.ruche.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.chain.hub.Contribution;
import io.ruche.core.Address;
import io.ruche.core.Category;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Hex;
import io.ruche.core.OnChainTask;
import io.ruche.core.Resource;
import io.ruche.core.Tag;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskExplainerTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final Category CATEGORY = new Category(0, "XS", "", Duration.ofMinutes(5));
  private static final Address CALLBACK = FakeWorld.address("cb");
  private static final Digest NONE = new Digest("0x" + "00".repeat(32));
  private static final Instant REVEAL_DEADLINE = START.plusSeconds(900);
  private static final CallbackState DELIVERED = new CallbackState.Delivered();

  private final Deal deal = deal();
  private final Set<TaskStage> seen = EnumSet.noneOf(TaskStage.class);

  @Test
  void everyStageIsToldWithWhatHelpsOn() {
    expect(TaskStage.UNSET, task(TaskStatus.UNSET, 0, 0), 1, "pool does that after the match");
    expect(TaskStage.CONTRIBUTIONS_CLOSED, task(TaskStatus.UNSET, 0, 0), 2_101, "deal claim");
    expect(TaskStage.CLAIMABLE, task(TaskStatus.UNSET, 0, 0), 3_001, "6 RUC go back to");
    expect(TaskStage.WAITING_FOR_WORKERS, task(TaskStatus.ACTIVE, 0, 0), 1, "no worker");
    expect(TaskStage.CONTRIBUTIONS_CLOSED, task(TaskStatus.ACTIVE, 0, 0), 2_101, "any more");
    expect(TaskStage.CLAIMABLE, task(TaskStatus.ACTIVE, 0, 0), 3_001, "final deadline");
    expect(TaskStage.REVEALING, task(TaskStatus.REVEALING, 1, 2), 1, "1 of 2 winners");
    expect(TaskStage.FINALIZING, task(TaskStatus.REVEALING, 2, 2), 1, "2 of 2 winners");
    expect(TaskStage.FINALIZING, task(TaskStatus.REVEALING, 1, 2), 901, "1 of 2 winners");
    expect(TaskStage.REVEALS_MISSED, task(TaskStatus.REVEALING, 0, 2), 901, "open it again");
    expect(TaskStage.CLAIMABLE, task(TaskStatus.REVEALING, 2, 2), 3_001, "nobody finished");
    expect(TaskStage.COMPLETED, task(TaskStatus.COMPLETED, 2, 2), 9_999, "paid");
    expect(TaskStage.CLAIMED, task(TaskStatus.FAILED, 0, 0), 9_999, "6 RUC went back to");
    expectContributions();
    expectEndings();

    assertThat(seen).containsExactlyInAnyOrder(TaskStage.values());
  }

  private void expectContributions() {
    var one = List.of(Contribution.Status.CONTRIBUTED);
    var again = List.of(Contribution.Status.REJECTED, Contribution.Status.CONTRIBUTED);
    var task = task(TaskStatus.ACTIVE, 0, 0);

    assertThat(seen(at(task, 1).explain(one, DELIVERED)))
        .extracting(TaskExplanation::stage)
        .isEqualTo(TaskStage.CONTRIBUTING);
    assertThat(seen(at(task, 1).explain(again, DELIVERED)))
        .satisfies(told -> assertThat(told.stage()).isEqualTo(TaskStage.REOPENED))
        .satisfies(told -> assertThat(told.sentence()).contains("1 contributions were", "1 are"));
  }

  private void expectEndings() {
    var done = at(task(TaskStatus.COMPLETED, 2, 2), 9_999);
    var failure = Hex.encode(
        "{\"failure\":{\"code\":\"EXIT\",\"exitCode\":7}}".getBytes(StandardCharsets.UTF_8));

    assertThat(seen(done.explain(List.of(), new CallbackState.Takeable())))
        .satisfies(told -> assertThat(told.stage()).isEqualTo(TaskStage.CALLBACK_FAILED))
        .satisfies(told ->
            assertThat(told.next()).isEqualTo("ruche task retry-callback " + deal.taskId(0)));
    assertThat(done.explain(List.of(), new CallbackState.Refused("out of ink")).sentence())
        .contains(CALLBACK.checksummed(), "out of ink");
    assertThat(done.explain(List.of(), new CallbackState.Unknown()).stage())
        .isEqualTo(TaskStage.COMPLETED);
    assertThat(seen(
            at(task(TaskStatus.COMPLETED, 2, 2, failure), 9_999).explain(List.of(), DELIVERED)))
        .satisfies(told -> assertThat(told.stage()).isEqualTo(TaskStage.FAILURE_CERTIFIED))
        .satisfies(told -> assertThat(told.sentence()).contains("EXIT, exit code 7"));
  }

  private void expect(TaskStage stage, OnChainTask task, long seconds, String words) {
    var told = seen(at(task, seconds).explain(List.of(), DELIVERED));

    assertThat(told.stage()).isEqualTo(stage);
    assertThat(told.sentence()).containsIgnoringCase(words);
    assertThat(told.next().contains("ruche deal claim " + deal.id()))
        .isEqualTo(stage == TaskStage.CLAIMABLE);
  }

  private TaskExplanation seen(TaskExplanation told) {
    seen.add(told.stage());
    return told;
  }

  private TaskExplainer at(OnChainTask task, long seconds) {
    return new TaskExplainer(
        new BagView.Entry(deal, CATEGORY, 0, task), START.plusSeconds(seconds));
  }

  private OnChainTask task(TaskStatus status, int revealed, int winners) {
    return task(status, revealed, winners, "0x");
  }

  private OnChainTask task(TaskStatus status, int revealed, int winners, String results) {
    return new OnChainTask(
        deal.taskId(0),
        deal.id(),
        0,
        status,
        START.plus(CATEGORY.contributionTime()),
        REVEAL_DEADLINE,
        START.plus(CATEGORY.finalTime()),
        NONE,
        revealed,
        winners,
        List.of(),
        NONE,
        results);
  }

  private static Deal deal() {
    return new Deal(
        new DealId("0x" + "de".repeat(32)),
        new Resource(FakeWorld.APP, FakeWorld.OWNER, TokenAmount.parse("1")),
        new Resource(Address.ZERO, Address.ZERO, TokenAmount.parse("2")),
        new Resource(FakeWorld.POOL, FakeWorld.POOL_OWNER, TokenAmount.parse("3")),
        5,
        0,
        Tag.NONE,
        FakeWorld.REQUESTER,
        FakeWorld.REQUESTER,
        CALLBACK,
        "{}",
        START,
        0,
        1,
        TokenAmount.ZERO,
        1,
        FakeWorld.SPONSOR);
  }
}
