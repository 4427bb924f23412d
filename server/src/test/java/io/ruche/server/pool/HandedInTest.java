package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Digest;
import io.ruche.core.TaskId;
import io.ruche.scheduler.AttemptId;
import io.ruche.server.data.SmallResult;
import io.ruche.testkit.Sample;
import io.ruche.transfer.ResultSummary;
import org.junit.jupiter.api.Test;

class HandedInTest {
  private static final int HALF = HandedIn.MAX_BYTES / 2;
  private final HandedIn handedIn = new HandedIn();

  @Test
  void eachIsGivenOnceAndToTheRightMachine() {
    handedIn.keep(Sample.address(1), attempt(1), result(7));

    assertThat(handedIn.take(Sample.address(2), attempt(1))).isNull();
    assertThat(handedIn.take(Sample.address(1), attempt(2))).isNull();
    assertThat(handedIn.take(Sample.address(1), attempt(1))).returns(7, SmallResult::sizeBytes);
    assertThat(handedIn.take(Sample.address(1), attempt(1))).isNull();
  }

  @Test
  void theOldestGiveWayAndRepeatsCountOnce() {
    handedIn.keep(Sample.address(1), attempt(1), result(HALF));
    handedIn.keep(Sample.address(1), attempt(2), result(HALF));
    handedIn.keep(Sample.address(1), attempt(2), result(HALF));
    assertThat(handedIn.take(Sample.address(1), attempt(1))).returns(HALF, SmallResult::sizeBytes);
    handedIn.keep(Sample.address(1), attempt(3), result(HALF));
    handedIn.keep(Sample.address(1), attempt(4), result(1));

    assertThat(handedIn.take(Sample.address(1), attempt(2))).isNull();
    assertThat(handedIn.take(Sample.address(1), attempt(3))).returns(HALF, SmallResult::sizeBytes);
    assertThat(handedIn.take(Sample.address(1), attempt(4))).returns(1, SmallResult::sizeBytes);
  }

  private static SmallResult result(int bytes) {
    return new SmallResult(
        new byte[bytes],
        new ResultSummary(new Digest("0x" + "0d".repeat(32)), "0x", false, null, 1, bytes));
  }

  private static AttemptId attempt(int number) {
    return new AttemptId(new TaskId("0x" + "2a".repeat(32)), number);
  }
}
