package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.TaskId;
import io.ruche.scheduler.AttemptId;
import io.ruche.testkit.Sample;
import org.junit.jupiter.api.Test;

class HandedInTest {
  private static final int HALF = HandedIn.MAX_BYTES / 2;
  private final HandedIn handedIn = new HandedIn();

  @Test
  void eachIsGivenOnceAndToTheRightMachine() {
    handedIn.keep(Sample.address(1), attempt(1), new byte[] {7});

    assertThat(handedIn.take(Sample.address(2), attempt(1))).isNull();
    assertThat(handedIn.take(Sample.address(1), attempt(2))).isNull();
    assertThat(handedIn.take(Sample.address(1), attempt(1))).containsExactly(7);
    assertThat(handedIn.take(Sample.address(1), attempt(1))).isNull();
  }

  @Test
  void theOldestGiveWayAndRepeatsCountOnce() {
    handedIn.keep(Sample.address(1), attempt(1), new byte[HALF]);
    handedIn.keep(Sample.address(1), attempt(2), new byte[HALF]);
    handedIn.keep(Sample.address(1), attempt(2), new byte[HALF]);
    assertThat(handedIn.take(Sample.address(1), attempt(1))).hasSize(HALF);
    handedIn.keep(Sample.address(1), attempt(3), new byte[HALF]);
    handedIn.keep(Sample.address(1), attempt(4), new byte[1]);

    assertThat(handedIn.take(Sample.address(1), attempt(2))).isNull();
    assertThat(handedIn.take(Sample.address(1), attempt(3))).hasSize(HALF);
    assertThat(handedIn.take(Sample.address(1), attempt(4))).hasSize(1);
  }

  private static AttemptId attempt(int number) {
    return new AttemptId(new TaskId("0x" + "2a".repeat(32)), number);
  }
}
