package io.ruche.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.certify.WorkerRecord;
import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.Cancellation;
import io.ruche.core.Category;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.Hex;
import io.ruche.core.Resource;
import io.ruche.core.Salt;
import io.ruche.core.Sha256;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.core.Words;
import io.ruche.scheduler.AttemptId;
import io.ruche.scheduler.Fact;
import io.ruche.scheduler.Journal;
import io.ruche.scheduler.StoredResult;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every {@link Journal} must do. */
abstract class JournalKit {
  private static final Address ALICE = new Address("0x" + "a1".repeat(20));
  private static final DealId DEAL = new DealId(word(7));
  private static final AttemptId ATTEMPT = new AttemptId(TaskId.of(DEAL, 3), 2);
  private static final Digest DIGEST = new Digest(word(9));

  /** A journal without facts. */
  abstract Journal journal();

  /** The same journal after the process died and came back. */
  abstract Journal afterRestart();

  @Test
  void startsEmpty() {
    assertThat(journal().replay()).isEmpty();
    assertThat(afterRestart().replay()).isEmpty();
  }

  @Test
  void everyKindOfFactComesBackAsItWas() {
    journal().append(everyFact());

    assertThat(afterRestart().replay()).containsExactlyElementsOf(everyFact());
  }

  @Test
  void everyKindIsInThisKit() {
    var kinds = everyFact().stream().map(Object::getClass).collect(Collectors.toSet());

    assertThat(Arrays.<Class<?>>asList(Fact.class.getPermittedSubclasses()))
        .allMatch(kinds::contains);
  }

  @Test
  void batchesKeepTheirOrderAcrossRestarts() {
    journal().append(List.of(authorized(1), authorized(2)));
    journal().append(List.of());
    journal().append(List.of(authorized(3)));
    var reopened = afterRestart();
    reopened.append(List.of(authorized(4)));

    assertThat(afterRestart().replay())
        .containsExactly(authorized(1), authorized(2), authorized(3), authorized(4));
  }

  @Test
  void compactingReplacesAllThatWasThere() {
    journal().append(List.of(authorized(1), authorized(2)));

    journal().compact(List.of(authorized(9)));
    journal().append(List.of(authorized(10)));

    assertThat(journal().replay()).containsExactly(authorized(9), authorized(10));
    assertThat(afterRestart().replay()).containsExactly(authorized(9), authorized(10));
  }

  @Test
  void compactingToNothingIsAllowed() {
    journal().append(List.of(authorized(1)));

    journal().compact(List.of());

    assertThat(afterRestart().replay()).isEmpty();
  }

  private static Fact authorized(int number) {
    return new Fact.AttemptAuthorized(new AttemptId(ATTEMPT.task(), number));
  }

  private static List<Fact> everyFact() {
    var at = Instant.ofEpochMilli(1_700_000_000_123L);
    var failure = new Failure(FailureCode.EXIT, 134);
    return List.of(
        new Fact.DealAccepted(deal(at), category(), app()),
        new Fact.DealGone(DEAL, at),
        new Fact.DealClosed(DEAL),
        new Fact.TasksSettled(DEAL, 4, List.of(6L, 8L)),
        new Fact.TaskSettled(DEAL, 5),
        new Fact.AttemptAssigned(ATTEMPT, DEAL, 3, ALICE, ALICE, ALICE, true, at),
        new Fact.AttemptCommitted(ATTEMPT, DIGEST),
        new Fact.AttemptAuthorized(ATTEMPT),
        new Fact.AttemptOpened(ATTEMPT, DIGEST, new Salt(word(5))),
        new Fact.AttemptFailed(ATTEMPT, FailureCode.FETCH, 0, "no route \"to\" host\n\u00e9"),
        new Fact.AttemptDropped(ATTEMPT, Fact.DropReason.LOST),
        new Fact.AttemptRevived(ATTEMPT),
        new Fact.FailureCertified(ATTEMPT, failure),
        new Fact.CancelAsked(DEAL, 3, ALICE, new Cancellation(at, new Signature("0x2c1b"))),
        new Fact.CancelOvertaken(DEAL, 3),
        new Fact.ResultKept(ATTEMPT, new StoredResult("bafy", DIGEST, null, "")),
        new Fact.ResultKept(ATTEMPT, new StoredResult("bafz", DIGEST, failure, "0x01")),
        new Fact.ResultBelieved(ATTEMPT, DIGEST),
        new Fact.AttemptJudged(ATTEMPT, ALICE, new WorkerRecord(1, 2, 3, 4)),
        new Fact.WorkerRecorded(ALICE, new WorkerRecord(4, 3, 2, 1)),
        new Fact.WorkerDistrusted(ALICE, ATTEMPT),
        new Fact.MachineRated(ALICE, 900_000_000L, 21, 3),
        new Fact.WorkerBanned(ALICE, "sold the same disk \"twice\"\n"),
        new Fact.WorkerReadmitted(ALICE),
        new Fact.PoolDrained(at),
        new Fact.PoolResumed());
  }

  private static Deal deal(Instant at) {
    var price = new TokenAmount(BigInteger.ONE.shiftLeft(255));
    return new Deal(
        DEAL,
        new Resource(ALICE, ALICE, price),
        Resource.NONE,
        new Resource(ALICE, ALICE, TokenAmount.ofNano(3)),
        3,
        1,
        Tag.ofBits(8),
        ALICE,
        ALICE,
        Address.ZERO,
        "{\"iexec_args\":\"\u00e9\"}",
        at,
        2,
        5,
        TokenAmount.ofNano(30),
        1,
        ALICE);
  }

  private static Category category() {
    return new Category(1, "S", "{}", Duration.ofMinutes(20));
  }

  private static App app() {
    return new App(ALICE, ALICE, "app", "WASM", "http://localhost/x", new Sha256(word(4)));
  }

  private static String word(long value) {
    return Hex.encode(Words.uint256(value));
  }
}
