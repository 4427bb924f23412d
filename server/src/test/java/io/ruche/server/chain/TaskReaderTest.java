package io.ruche.server.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.chain.hub.Contribution;
import io.ruche.chain.hub.Contribution.Status;
import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.OnChainTask;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.ChainEvent.ContributionStatus;
import io.ruche.testkit.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskReaderTest {
  private static final Address WORKER = Sample.address(7);
  private static final Digest NONE = Digest.of(new byte[32]);
  private static final Digest RESULT = digest(5);

  private final List<List<TaskId>> asked = new ArrayList<>();
  private final Chain chain = new Chain();
  private final TaskReader reader = new TaskReader(chain);

  /** In which so many reveals are mined, each right after a task was read. */
  private final class Chain implements TaskReader.Source {
    private int revealsAhead;
    private int reveals;

    @Override
    public List<OnChainTask> tasks(List<TaskId> ids) {
      asked.add(ids);
      var tasks = ids.stream().map(id -> id.equals(task(1)) ? task(id, reveals) : task(id, 0));
      var read = tasks.toList();
      if (revealsAhead > 0) {
        revealsAhead--;
        reveals++;
      }
      return read;
    }

    @Override
    public List<Contribution> contributions(TaskId task, List<Address> workers) {
      boolean isRevealed = task.equals(task(1)) && reveals > 0;
      var status = isRevealed ? Status.PROVED : Status.CONTRIBUTED;
      return List.of(new Contribution(status, digest(8), digest(9), Address.ZERO, 1));
    }
  }

  @Test
  void aRevealThatIsMinedInBetweenIsSeenWholeOrNotAtAll() {
    chain.revealsAhead = 1;

    var seen = reader.read(List.of(task(2), task(1)));

    assertThat(seen).extracting(one -> one.task().id()).containsExactly(task(2), task(1));
    assertThat(seen.getLast().task().resultDigest()).isEqualTo(RESULT);
    assertThat(seen.getLast().contributions().getFirst().status())
        .isEqualTo(ContributionStatus.PROVED);
    assertThat(seen.getFirst().contributions().getFirst().status())
        .isEqualTo(ContributionStatus.CONTRIBUTED);
    assertThat(asked.getLast()).as("only what changed is read again").containsExactly(task(1));
  }

  @Test
  void aTaskThatNeverStandsStillIsLeftForLater() {
    chain.revealsAhead = 1_000;

    assertThatThrownBy(() -> reader.read(List.of(task(1))))
        .isInstanceOfSatisfying(RucheException.class, e -> {
          assertThat(e.code()).isEqualTo("CHAIN_UNSTEADY");
          assertThat(e.isRetryable()).isTrue();
        })
        .hasMessageContaining(task(1).hex());
  }

  private static OnChainTask task(TaskId id, int reveals) {
    return new OnChainTask(
        id,
        DealId.of(new byte[32]),
        0,
        TaskStatus.REVEALING,
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH,
        digest(8),
        reveals,
        2,
        List.of(WORKER),
        reveals == 0 ? NONE : RESULT,
        "");
  }

  private static TaskId task(int number) {
    return new TaskId("0x" + "%064x".formatted(number));
  }

  private static Digest digest(int number) {
    return new Digest("0x" + "%064x".formatted(number));
  }
}
