package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.link.AttemptRef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageResultsTest {
  private static final AttemptRef REF = new AttemptRef(new TaskId("0x" + "2a".repeat(32)), 1);

  /** Nothing is lost: the worker still has the result. */
  @ParameterizedTest
  @ValueSource(strings = {"STORE_FULL", "DISK_FULL", "DISK_FAILED", "STORE_UNUSABLE", "BUSY"})
  void whatTheServerCannotStoreNowMayComeAgain(String code) {
    assertThat(MessageResults.refused(REF, failure(code)).retryable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DIGEST_MISMATCH", "ARCHIVE_REFUSED", "BLOB_TOO_LARGE"})
  void anArchiveThatIsWrongIsRefusedForGood(String code) {
    var refused = MessageResults.refused(REF, failure(code));

    assertThat(refused.retryable()).isFalse();
    assertThat(refused.detail()).isEqualTo(code + ": why");
  }

  private static RucheException failure(String code) {
    return new RucheException(code, "why", "", false);
  }
}
