package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.Needs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A task that needs a GPU or the network goes to a machine that offers it, and to no other. */
class NeedsTest {
  private static final String NEEDS_GPU = "{\"ruche\":{\"needs\":{\"gpu\":true}}}";

  private final PoolFixture pool = new PoolFixture();

  @Test
  void aTaskWaitsForTheMachineThatHasWhatItNeeds() {
    pool.join(1, offering("NATIVE", "NATIVE+NETWORK"));
    pool.openDeal(PoolFixture.deal(1, 1, NEEDS_GPU, Address.ZERO), "NATIVE");
    assertThat(only(Command.Assign.class, pool.said)).isEmpty();

    pool.join(2, offering("NATIVE", "NATIVE+GPU"));

    assertThat(only(Command.Assign.class, pool.said))
        .singleElement()
        .satisfies(assign -> assertThat(assign.worker()).isEqualTo(PoolFixture.worker(2)));
  }

  @Test
  void aTaskWithoutNeedsGoesToAnyMachineOfItsType() {
    pool.join(1, offering("NATIVE"));

    pool.openDeal(PoolFixture.deal(1, 1, "", Address.ZERO), "NATIVE");

    assertThat(only(Command.Assign.class, pool.said)).hasSize(1);
  }

  @Test
  void itIsSaidWhatIsMissing() {
    pool.join(1, offering("NATIVE"));
    var deal = pool.openDeal(PoolFixture.deal(1, 1, NEEDS_GPU, Address.ZERO), "NATIVE");

    var reasons = pool.engine.explain(deal.taskId(0), pool.now).reasons();

    assertThat(reasons)
        .contains(new Reason.MissingRuntime(
            PoolFixture.worker(1), new Needs(false, true).runtime("NATIVE")));
  }

  private static WorkerOffer offering(String... runtimes) {
    return new WorkerOffer(1, 1024, 1024, List.of(runtimes));
  }
}
