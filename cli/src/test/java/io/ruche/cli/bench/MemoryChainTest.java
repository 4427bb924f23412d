package io.ruche.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.Authorization;
import io.ruche.core.Category;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.RucheException;
import io.ruche.core.Settlement;
import io.ruche.core.Sha256;
import io.ruche.core.Signature;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.ChainEvent;
import io.ruche.scheduler.Command;
import io.ruche.scheduler.Event;
import io.ruche.scheduler.TaskKey;
import io.ruche.worker.AttemptId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryChainTest {
  private static final Address WORKER = new Address("0x" + "01".repeat(20));
  private static final Digest DIGEST = new Digest("0x" + "02".repeat(32));
  private static final TaskKey KEY = new TaskKey(new DealId("0x" + "03".repeat(32)), 0);
  private static final AttemptId ATTEMPT = new AttemptId(KEY.task(), 1);
  private static final Settlement SETTLEMENT = new Settlement("", "");

  private final List<Event> told = new ArrayList<>();
  private final MemoryChain chain = chain();

  private MemoryChain chain() {
    var app = new App(WORKER, WORKER, "noop", "WASM", "file:///noop", Sha256.ABSENT);
    var memory = new MemoryChain(app, new Category(0, "XS", "", Duration.ofMinutes(1)));
    memory.listener(told::add);
    return memory;
  }

  @Test
  void repeatedInitializeIsMinedOnce() {
    initialize();
    initialize();

    assertThat(told).containsExactly(new ChainEvent.TaskInitialized(KEY.task()));
  }

  @Test
  void taskEndsOnceAndItsPoolHearsIt() {
    initialize();
    settle();

    assertThat(told).last().isEqualTo(new ChainEvent.TaskFinalized(KEY.task()));
    assertThatThrownBy(this::settle).isInstanceOf(RucheException.class);
    assertThat(told).filteredOn(ChainEvent.TaskFinalized.class::isInstance).hasSize(1);
  }

  @Test
  void taskThatWasNotInitializedCannotEnd() {
    assertThatThrownBy(this::settle).isInstanceOf(RucheException.class);
    assertThat(chain.tasks(List.of(KEY.task())).getFirst().status()).isEqualTo(TaskStatus.UNSET);
  }

  private void initialize() {
    chain.send(new Command.Initialize(List.of(KEY)), (action, tasks, code) -> {});
  }

  private void settle() {
    var leave = new Authorization(WORKER, KEY.task(), Address.ZERO, Signature.EMPTY);
    chain.forWorker().contributeAndFinalize(ATTEMPT, leave, DIGEST, SETTLEMENT);
  }
}
