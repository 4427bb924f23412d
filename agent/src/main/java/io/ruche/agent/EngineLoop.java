package io.ruche.agent;

import io.ruche.agent.state.FileJournal;
import io.ruche.core.RucheException;
import io.ruche.worker.Decision;
import io.ruche.worker.Event;
import io.ruche.worker.WorkerEngine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * The one thread of the engine: takes events in batches, syncs the facts, then lets the commands
 * go. While the journal cannot be written nothing leaves, and it is tried again.
 */
final class EngineLoop {
  private static final long TICK_MILLIS = 1_000;

  /** How long a report that is in no hurry waits for another to go with. */
  private static final long COMPANY_MILLIS = 20;

  private static final Duration JOURNAL_RETRY = Duration.ofSeconds(1);

  /** The journal is rewritten after so many facts. */
  private static final int COMPACT_AFTER = 20_000;

  private final WorkerEngine engine;
  private final FileJournal journal;
  private final EventQueue events;
  private final Hands hands;
  private final InstantSource clock;
  private final AgentLog log;
  private final Consumer<Event> heard;
  private final Runnable onDefect;
  private final Thread thread;
  private volatile boolean isStopping;
  private volatile boolean isSending;
  private boolean isLeaving;
  private volatile int held;
  private Decision initial = new Decision(List.of(), List.of());
  private long tickedAt;

  EngineLoop(
      WorkerEngine engine,
      FileJournal journal,
      EventQueue events,
      Hands hands,
      Surroundings around) {
    this.engine = engine;
    this.journal = journal;
    this.events = events;
    this.hands = hands;
    this.clock = around.time();
    this.log = around.log();
    this.heard = around.heard();
    this.onDefect = around.onDefect();
    this.thread = Thread.ofPlatform().name("engine").unstarted(this::run);
  }

  /**
   * What is around the loop.
   *
   * @param heard is told each event of an attempt that is held, before the engine
   * @param onDefect is told when the engine broke
   */
  record Surroundings(InstantSource time, AgentLog log, Consumer<Event> heard, Runnable onDefect) {}

  /** Carries out what the restart decided, then goes on. */
  void start(Decision restored) {
    held = engine.heldCount();
    log.restored(engine.assignments());
    initial = restored;
    thread.start();
  }

  /** A transaction is under way; exact once the worker is leaving. */
  boolean isSending() {
    return isSending;
  }

  /** Attempts that are held. */
  int held() {
    return held;
  }

  void stop() throws InterruptedException {
    isStopping = true;
    thread.interrupt();
    thread.join(Duration.ofSeconds(2));
  }

  private void run() {
    try {
      carryOut(initial);
      while (!isStopping) {
        step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.defect(e);
      onDefect.run();
    }
  }

  private void step() throws InterruptedException {
    var batch = events.take(hands.isUntold() ? COMPANY_MILLIS : TICK_MILLIS);
    long millis = clock.millis();
    boolean isTick = millis - tickedAt >= TICK_MILLIS || millis < tickedAt;
    if (isTick) {
      tickedAt = millis;
      batch.add(new Event.Tick());
    }
    if (!batch.isEmpty()) {
      batch.forEach(this::tell);
      isLeaving |= batch.stream().anyMatch(Event.Leaving.class::isInstance);
      carryOut(engine.on(batch, clock.instant()));
      if (isTick || isLeaving) {
        isSending = engine.isSending(); // looks through all that is held
      }
      held = engine.heldCount();
    }
    if (batch.isEmpty() || isTick) {
      hands.tell();
    }
  }

  private void tell(Event event) {
    log.event(event);
    if (event instanceof Event.OfAttempt one && engine.holds(one.id())) {
      heard.accept(event);
    }
  }

  private void carryOut(Decision decision) throws InterruptedException {
    persist(decision);
    hands.carryOut(decision.commands());
    if (journal.appended() >= COMPACT_AFTER) {
      compact();
    }
  }

  private void persist(Decision decision) throws InterruptedException {
    while (!decision.facts().isEmpty()) {
      try {
        journal.append(decision.facts());
        return;
      } catch (RucheException e) {
        log.journalTrouble(e);
        Thread.sleep(JOURNAL_RETRY);
      }
    }
  }

  private void compact() {
    try {
      journal.compact(engine.snapshot());
    } catch (RucheException e) {
      log.journalTrouble(e);
    }
  }
}
