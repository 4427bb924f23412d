package io.ruche.worker;

import io.ruche.core.Address;
import io.ruche.core.Cancellation;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import io.ruche.core.Salt;
import io.ruche.core.Settlement;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An engine with a journal in memory, a hand-moved clock and short words for events. */
final class Bench {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant DEADLINE = START.plusSeconds(2_100);
  static final Instant FINAL = START.plusSeconds(3_000);
  static final Signature LEAVE = new Signature("0x" + "1b".repeat(65));
  static final Digest DIGEST = new Digest(word(0xd1));
  static final Digest OTHER_DIGEST = new Digest(word(0xd2));
  static final Digest FAILURE_DIGEST = new Digest(word(0xd3));
  static final TxHash TX = new TxHash(word(0xe1));
  static final TxHash REVEAL_TX = new TxHash(word(0xe2));
  static final DealId DEAL = new DealId(word(0xaa));
  static final Salt SALT = new Salt(word(0x55));
  static final Failure TRAP = new Failure(FailureCode.TRAP, 0);
  static final Failure FETCH = new Failure(FailureCode.FETCH, 0);
  static final Failure CANCELLED = new Failure(FailureCode.CANCELLED, 0);
  static final Digest CANCELLED_DIGEST = new Digest(word(0xd4));
  static final Cancellation CANCELLATION =
      new Cancellation(START, new Signature("0x" + "2c".repeat(65)));
  static final UploadTarget TARGET = new UploadTarget("/results/1", "t0ken");
  static final Settlement SETTLEMENT = new Settlement("{}", "0x01");
  static final TokenAmount STAKE = TokenAmount.ofNano(5);

  final List<Fact> journal = new ArrayList<>();
  final WorkerPolicy policy;
  WorkerEngine engine;
  Instant now = START;

  Bench() {
    this(WorkerPolicy.of(new Address("0x" + "3f".repeat(20)), 2, 512));
  }

  Bench(WorkerPolicy policy) {
    this.policy = policy;
    engine = new WorkerEngine(policy, () -> SALT);
  }

  static String word(int octet) {
    return "0x" + "%02x".formatted(octet).repeat(32);
  }

  static AttemptId id(int task, int number) {
    return new AttemptId(new TaskId(word(task)), number);
  }

  static Assignment assignment(AttemptId id, Release release) {
    var limits = new RunLimits(Duration.ofMinutes(5), 256, 1 << 20, 100);
    return new Assignment(id, DEAL, 0, limits, release, DEADLINE);
  }

  static Event.Assigned assigned(AttemptId id) {
    return new Event.Assigned(assignment(id, new Release.WithWork(LEAVE)));
  }

  static Event.Assigned assignedAfterCommit(AttemptId id) {
    return new Event.Assigned(assignment(id, new Release.AfterCommit()));
  }

  static Event.Assigned assignedAfterResult(AttemptId id) {
    return new Event.Assigned(assignment(id, new Release.AfterResult()));
  }

  static Terms terms() {
    return new Terms(DEADLINE, FINAL, STAKE, TokenAmount.ofNano(100));
  }

  static ChainView view(TaskStatus task, ChainView.Standing standing, boolean isOurs) {
    return new ChainView(task, standing, isOurs);
  }

  static ChainView revealing() {
    return view(TaskStatus.REVEALING, ChainView.Standing.CONTRIBUTED, true);
  }

  /** Feeds events one by one; the commands of the last decision. */
  List<Command> on(Event... events) {
    List<Command> commands = List.of();
    for (var event : events) {
      var decision = engine.on(List.of(event), now);
      journal.addAll(decision.facts());
      commands = decision.commands();
    }
    return commands;
  }

  List<Command> after(Duration time) {
    now = now.plus(time);
    return on(new Event.Tick());
  }

  /** A new process with the old journal; the commands of its start. */
  List<Command> restart() {
    engine = new WorkerEngine(policy, () -> new Salt(word(0x66)));
    var decision = engine.restore(journal, now);
    journal.addAll(decision.facts());
    return decision.commands();
  }

  /** Brings an attempt to the point where it runs. */
  Bench running(AttemptId id) {
    on(new Event.Connected(), assigned(id));
    on(new Event.Verified(id, terms()), new Event.Fetched(id));
    return this;
  }

  Bench contributing(AttemptId id) {
    running(id).on(new Event.RunFinished(id, DIGEST));
    return this;
  }

  Bench contributed(AttemptId id) {
    contributing(id).on(new Event.ContributionMined(id, TX));
    return this;
  }

  Bench revealing(AttemptId id) {
    contributed(id).on(new Event.RevealAsked(id), new Event.ChainSeen(id, revealing()));
    return this;
  }

  Bench revealed(AttemptId id) {
    revealing(id).on(new Event.RevealMined(id, REVEAL_TX));
    return this;
  }
}
