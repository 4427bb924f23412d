package io.ruche.cli.bench;

import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.Category;
import io.ruche.core.ContributionHashes;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Keccak;
import io.ruche.core.Resource;
import io.ruche.core.Sha256;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;
import io.ruche.scheduler.Certification;
import io.ruche.scheduler.ChainEvent;
import io.ruche.scheduler.Command;
import io.ruche.scheduler.Event;
import io.ruche.scheduler.SchedulerEngine;
import io.ruche.scheduler.SchedulerPolicy;
import io.ruche.scheduler.ShellEvent;
import io.ruche.scheduler.StoredResult;
import io.ruche.scheduler.WorkerEvent;
import io.ruche.scheduler.WorkerOffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

/**
 * A scheduler's engine with a chain and machines that answer at once, for tasks of trust 1 that do
 * nothing and are voted on: initialize, assign, contribute, agree, reveal, upload, finalize. Only
 * the time inside the engine is counted.
 */
final class EnginePool {
  /** Tasks of one deal. */
  static final int BAG = 1_000;

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Category CATEGORY = new Category(0, "XS", "", Duration.ofDays(1));
  private static final Digest DIGEST = Digest.of(Keccak.hashText("nothing"));
  private static final TxHash TX = new TxHash("0x" + "0".repeat(64));

  /** Simulated time of one task, so that settled ones are forgotten at a realistic rate. */
  private static final Duration TICK = Duration.ofNanos(20_000);

  private static final Duration CONFIRM = Duration.ofMillis(100);

  private final SchedulerEngine engine = new SchedulerEngine(SchedulerPolicy.defaults()
      .withCertification(Certification.WITH_WORK)
      .withConfirmAfter(CONFIRM));

  /** What waits for an answer; made when its turn comes, or the engine would pay for its memory. */
  private final ArrayDeque<Command> asked = new ArrayDeque<>();

  private final int queued;
  private Instant now = START;
  private long engineNanos;
  private long finalized;
  private long bought;

  /**
   * A pool with work.
   *
   * @param workers machines, each of another owner, with one slot each
   * @param queued tasks that are bought and not finalized, kept up while it runs
   */
  EnginePool(int workers, int queued) {
    this.queued = queued;
    for (int i = 1; i <= workers; i++) {
      var machine = address(i);
      var offer = new WorkerOffer(1, 4_096, 100_000, List.of("WASM"));
      tell(WorkerEvent.Joined.ofWallet(machine, machine, offer, 0, TokenAmount.ofNano(1L << 60)));
      tell(new WorkerEvent.Heartbeat(machine, 1, List.of()));
    }
    buy();
  }

  /** Runs so many tasks to their end and gives the time that the engine took, in nanoseconds. */
  long run(int tasks) {
    engineNanos = 0;
    long end = finalized + tasks;
    buy();
    drain(end);
    if (finalized < end) {
      throw new IllegalStateException("the engine asks for nothing more after " + finalized);
    }
    return engineNanos;
  }

  private void buy() {
    int size = Math.min(BAG, queued);
    while (waiting() + size <= queued) {
      tell(new ChainEvent.DealMatched(deal(bought, size), CATEGORY, app(), false));
      bought += size;
    }
  }

  private void drain(long end) {
    for (var next = asked.poll(); next != null; next = asked.poll()) {
      answer(next);
      if (finalized >= end) {
        return;
      }
      buy();
    }
  }

  private void tell(Event event) {
    if (event instanceof ChainEvent.TaskFinalized) {
      finalized++;
      now = now.plus(TICK);
    }
    long began = System.nanoTime();
    var decision = engine.on(event, now);
    engineNanos += System.nanoTime() - began;
    asked.addAll(decision.commands());
  }

  private void answer(Command command) {
    switch (command) {
      case Command.Initialize(var keys) ->
        keys.forEach(key -> tell(new ChainEvent.TaskInitialized(key.task())));
      case Command.Assign assign -> {
        var task = assign.attempt().task();
        var hash = ContributionHashes.of(assign.worker(), task, DIGEST).resultHash();
        tell(new ChainEvent.TaskContributed(task, assign.worker(), hash));
        tell(new ChainEvent.ConsensusReached(task, hash, now));
        tell(new WorkerEvent.Contributed(assign.machine(), assign.attempt(), TX));
        tell(new WorkerEvent.SlotsFreed(assign.machine(), 1));
      }
      case Command.Reveal reveal ->
        tell(new ChainEvent.TaskRevealed(reveal.attempt().task(), reveal.machine(), DIGEST));
      case Command.RequestUpload upload ->
        tell(new ShellEvent.ResultStored(
            upload.machine(), upload.attempt(), new StoredResult("bafkrei", DIGEST, null, "")));
      case Command.Finalize(var task, var _) -> tell(new ChainEvent.TaskFinalized(task));
      case Command.Done _ -> {}
      default -> throw new IllegalStateException("unexpected in this benchmark: " + command);
    }
  }

  /** Tasks that are bought and not finalized. */
  long waiting() {
    return bought - finalized;
  }

  private static Deal deal(long number, int size) {
    var requester = address(3_000_000);
    return new Deal(
        DealId.of(Keccak.hashText("deal " + number)),
        new Resource(address(2_000_001), address(2_000_002), TokenAmount.ofNano(1)),
        new Resource(Address.ZERO, Address.ZERO, TokenAmount.ZERO),
        new Resource(address(2_000_003), address(2_000_004), TokenAmount.ofNano(1_000)),
        1,
        CATEGORY.id(),
        Tag.NONE,
        requester,
        requester,
        Address.ZERO,
        "",
        START,
        0,
        size,
        TokenAmount.ofNano(300),
        1,
        Address.ZERO);
  }

  private static App app() {
    return new App(
        address(2_000_001), address(2_000_002), "noop", "WASM", "http://app", Sha256.ABSENT);
  }

  private static Address address(int number) {
    return new Address("0x%040x".formatted(number));
  }
}
