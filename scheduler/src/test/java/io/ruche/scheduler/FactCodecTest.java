package io.ruche.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.certify.WorkerRecord;
import io.ruche.core.Address;
import io.ruche.core.Cancellation;
import io.ruche.core.DealId;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.RucheException;
import io.ruche.core.Salt;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FactCodecTest {
  private static Stream<Fact> facts() {
    var deal = PoolFixture.deal(3, 2, "{\"iexec_args\":\"a \\\" b\"}", PoolFixture.address(7));
    var attempt = new AttemptId(deal.taskId(0), 2);
    var digest = PoolFixture.digest("a");
    var failure = new Failure(FailureCode.EXIT, 137);
    Address worker = PoolFixture.worker(1);
    return Stream.of(
        new Fact.DealAccepted(deal, PoolFixture.CATEGORY, PoolFixture.app("WASM")),
        new Fact.DealGone(deal.id(), PoolFixture.START),
        new Fact.DealClosed(deal.id()),
        new Fact.TasksSettled(deal.id(), 4, List.of(6L, 9L)),
        new Fact.TaskSettled(deal.id(), 5),
        new Fact.AttemptAssigned(
            attempt,
            deal.id(),
            0,
            PoolFixture.worker(2),
            worker,
            worker,
            true,
            Instant.parse("2026-01-01T00:00:00.123Z")),
        new Fact.AttemptCommitted(attempt, digest),
        new Fact.AttemptAuthorized(attempt),
        new Fact.AttemptOpened(attempt, digest, new Salt("0x" + "1".repeat(64))),
        new Fact.AttemptFailed(attempt, FailureCode.FETCH, 0, "line\nbreak \u00e9"),
        new Fact.AttemptDropped(attempt, Fact.DropReason.LOST),
        new Fact.AttemptRevived(attempt),
        new Fact.FailureCertified(attempt, failure),
        new Fact.CancelAsked(
            deal.id(),
            3,
            PoolFixture.address(904),
            new Cancellation(PoolFixture.START, new Signature("0x" + "2c".repeat(65)))),
        new Fact.CancelOvertaken(deal.id(), 3),
        new Fact.ResultKept(attempt, new StoredResult("bafk", digest, failure, "0x01")),
        new Fact.ResultKept(attempt, new StoredResult("bafk", digest, null, "")),
        new Fact.ResultBelieved(attempt, digest),
        new Fact.AttemptJudged(attempt, worker, new WorkerRecord(1, 2, 3, 4)),
        new Fact.WorkerRecorded(worker, new WorkerRecord(4, 3, 2, 1)),
        new Fact.WorkerDistrusted(worker, attempt),
        new Fact.MachineRated(worker, 900_000_000L, 21, 3),
        new Fact.WorkerBanned(worker, "sold the same disk twice"),
        new Fact.WorkerReadmitted(worker),
        new Fact.PoolDrained(PoolFixture.START),
        new Fact.PoolResumed());
  }

  @ParameterizedTest
  @MethodSource("facts")
  void everyFactReadsBackAsItWasWritten(Fact fact) {
    var line = FactCodec.encode(fact);

    assertThat(line).doesNotContain("\n");
    assertThat(FactCodec.decode(line)).isEqualTo(fact);
  }

  @Test
  void everyKindOfFactIsCovered() {
    assertThat(facts().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(Fact.class.getPermittedSubclasses());
  }

  @Test
  void aDamagedLineIsNamedWithWhatToDo() {
    assertThatThrownBy(() -> FactCodec.decode("{\"fact\":\"DealClosed\",\"deal\":\"0x12\"}"))
        .isInstanceOfSatisfying(RucheException.class, e -> {
          assertThat(e.code()).isEqualTo("JOURNAL_CORRUPT");
          assertThat(e.sentence()).contains("0x12").contains("backup");
        });
  }

  @Test
  void anAssignmentOfBeforeThereWereAccountsNamesTheWorkersOwnMachine() {
    var worker = PoolFixture.worker(1);
    var fact = new Fact.AttemptAssigned(
        new AttemptId(TaskId.of(new byte[32]), 1),
        new DealId("0x" + "2".repeat(64)),
        0,
        worker,
        worker,
        worker,
        true,
        Instant.EPOCH);
    var old = FactCodec.encode(fact).replaceFirst("\"machine\":\"[^\"]*\",", "");

    assertThat(old).doesNotContain("machine");
    assertThat(FactCodec.decode(old)).isEqualTo(fact);
  }
}
