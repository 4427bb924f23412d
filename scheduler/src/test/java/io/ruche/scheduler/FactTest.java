package io.ruche.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Salt;
import org.junit.jupiter.api.Test;

class FactTest {
  private static final AttemptId ATTEMPT =
      new AttemptId(PoolFixture.deal(1, 1, "", PoolFixture.address(7)).taskId(0), 1);

  @Test
  void anAssignmentBindsOnceItCarriesASignature() {
    assertThat(assigned(true).bindsPool()).isTrue();
    assertThat(assigned(false).bindsPool()).isFalse();
  }

  @Test
  void whatWorkersTellAgainDoesNotBind() {
    var digest = PoolFixture.digest("a");

    assertThat(new Fact.AttemptCommitted(ATTEMPT, digest).bindsPool()).isFalse();
    assertThat(new Fact.AttemptOpened(ATTEMPT, digest, new Salt("0x" + "1".repeat(64))).bindsPool())
        .isFalse();
  }

  @Test
  void whatIsSignedOrCalledStoredBinds() {
    var result = new StoredResult("bafk", PoolFixture.digest("a"), null, "");

    assertThat(new Fact.AttemptAuthorized(ATTEMPT).bindsPool()).isTrue();
    assertThat(new Fact.ResultKept(ATTEMPT, result).bindsPool()).isTrue();
  }

  private static Fact assigned(boolean isAuthorized) {
    var worker = PoolFixture.worker(1);
    return new Fact.AttemptAssigned(
        ATTEMPT,
        PoolFixture.deal(1, 1, "", PoolFixture.address(7)).id(),
        0,
        worker,
        worker,
        worker,
        isAuthorized,
        PoolFixture.START);
  }
}
