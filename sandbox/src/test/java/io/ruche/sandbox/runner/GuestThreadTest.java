package io.ruche.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.RunLogs;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.TestModules;
import io.ruche.sandbox.TestRuns;
import io.ruche.sandbox.wire.Message;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which thread executes a run. */
class GuestThreadTest {
  private final LinkedBlockingQueue<Thread> executed = new LinkedBlockingQueue<>();

  @Test
  void threadStaysAsLongAsItIsTold(@TempDir Path folder) throws Exception {
    var request = new TestRuns(folder).request(TestModules.noop());
    var guest = new GuestThread(order -> {
      executed.add(Thread.currentThread());
      return order.number() < 2;
    });

    guest.begin(new Message.Run(1, request));
    var first = executed.take();
    guest.begin(new Message.Run(2, request));
    var second = executed.take();

    assertThat(second).isSameAs(first);
    second.join();
  }

  @Test
  void onlyShortRunsLeaveTheirThread() {
    assertThat(GuestThread.isShort(finished(GuestThread.MAX_KEPT_FUEL))).isTrue();
    assertThat(GuestThread.isShort(finished(GuestThread.MAX_KEPT_FUEL + 1))).isFalse();
    assertThat(GuestThread.isShort(RunOutcome.failed(FailureCode.TRAP, "who knows")))
        .isFalse();
  }

  private static RunOutcome finished(long fuel) {
    return new RunOutcome.Finished(RunLogs.EMPTY, OptionalLong.of(fuel));
  }
}
