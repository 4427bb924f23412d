package io.ruche.worker;

import static io.ruche.worker.Bench.DEADLINE;
import static io.ruche.worker.Bench.DEAL;
import static io.ruche.worker.Bench.DIGEST;
import static io.ruche.worker.Bench.LEAVE;
import static io.ruche.worker.Bench.assigned;
import static io.ruche.worker.Bench.id;
import static io.ruche.worker.Bench.view;
import static io.ruche.worker.ChainView.Standing.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.TaskStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A reorg took back the start of a task, or its whole deal, which come again. */
class ForgottenTaskTest {
  private static final AttemptId ID = id(1, 1);
  private static final Command.Contribute CONTRIBUTE =
      new Command.Contribute(ID, DEAL, DIGEST, LEAVE);
  private static final Command.LookAtChain LOOK = new Command.LookAtChain(ID, DIGEST);
  private static final ChainView NEVER_CAME = view(TaskStatus.ACTIVE, NONE, false);
  private final Bench bench = new Bench();

  @Test
  void aContributionThatCameBeforeTheStartOfItsTaskCameBackIsSentAgain() {
    var notStarted = new Event.ChainSeen(ID, view(TaskStatus.UNSET, NONE, false));
    bench.contributing(ID);
    bench.on(new Event.ChainFailed(ID, "TASK_NOT_STARTED", "lost in a reorganisation", true));
    bench.after(Duration.ofSeconds(1));

    for (int i = 0; i < 3; i++) {
      assertThat(bench.on(notStarted)).isEmpty();
      assertThat(bench.after(Duration.ofSeconds(15))).containsExactly(LOOK);
    }
    assertThat(bench.on(new Event.ChainSeen(ID, NEVER_CAME))).contains(CONTRIBUTE);
  }

  @Test
  void aRevealedContributionWhoseWholeTaskIsForgottenWaitsForTheStart() {
    bench.revealed(ID);
    bench.after(Duration.ofSeconds(31));

    assertThat(bench.on(new Event.ChainSeen(ID, view(TaskStatus.UNSET, NONE, false))))
        .doesNotContain(CONTRIBUTE);
    assertThat(bench.after(Duration.ofSeconds(1))).containsExactly(LOOK);
    assertThat(bench.on(new Event.ChainSeen(ID, NEVER_CAME))).contains(CONTRIBUTE);
  }

  @Test
  void aTaskThatPoolAndChainForgotIsRunAgain() {
    bench.revealing(ID);
    bench.on(new Event.Aborted(ID, "the deal left the chain"));
    bench.on(new Event.ChainFailed(ID, "TX_REVERTED", "not revealing", false));
    bench.after(Duration.ofSeconds(1));
    assertThat(bench.on(assigned(id(1, 2))))
        .as("before the chain was asked")
        .noneMatch(Command.Verify.class::isInstance);

    bench.on(new Event.ChainSeen(ID, NEVER_CAME));

    assertThat(bench.on(assigned(id(1, 3))))
        .contains(new Command.Discard(ID), new Command.Verify(id(1, 3), DEAL, 0, LEAVE, true));
  }

  @Test
  void anAbortedContributionToATaskThatTheChainForgotIsLetGo() {
    bench.contributing(ID);
    bench.on(new Event.Aborted(ID, "the deal left the chain"));
    bench.on(new Event.ChainFailed(ID, "TASK_NOT_STARTED", "lost in a reorganisation", true));
    bench.after(Duration.ofSeconds(1));

    assertThat(bench.on(new Event.ChainSeen(ID, view(TaskStatus.UNSET, NONE, false))))
        .doesNotContain(CONTRIBUTE);
    bench.now = DEADLINE;
    bench.on(new Event.Tick());
    assertThat(bench.on(new Event.ChainSeen(ID, view(TaskStatus.UNSET, NONE, false))))
        .contains(new Command.Discard(ID));
  }
}
