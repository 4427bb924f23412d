package io.ruche.server.pool;

import io.ruche.core.RucheException;
import io.ruche.scheduler.Command;
import io.ruche.scheduler.Decision;
import io.ruche.scheduler.Event;
import io.ruche.scheduler.Fact;
import io.ruche.scheduler.Journal;
import io.ruche.scheduler.SchedulerEngine;
import io.ruche.scheduler.ShellEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The one thread that owns the engine. It takes what is waiting, asks the engine about each event,
 * syncs all facts that bind at once, and only then lets the commands go. Any thread may put events;
 * a full queue makes it wait.
 */
public final class PoolLoop implements AutoCloseable {
  private static final int MAX_WAITING = 16_384;

  /** Of what came together, that share one sync. */
  private static final int MAX_BATCH = 512;

  /** Times that a failed engine is rebuilt from the journal before the process gives up. */
  private static final int MAX_REBUILDS = 10;

  private static final Duration LONGEST_NAP = Duration.ofSeconds(1);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final Parts parts;
  private final ArrayBlockingQueue<List<Item>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final FactWriter writer;
  private final Thread thread;
  private SchedulerEngine engine;
  private int rebuilds;
  private volatile boolean isClosed;

  /** Carries out commands; called on the loop's thread, so it must not block. */
  public interface Shell {
    /** Gives what it knows at once, for the engine to hear before anything else. */
    List<Event> carryOut(List<Command> commands);

    /** Sees each event before its commands go out. */
    void observed(Event event, Instant now);

    /** Sees each fact, on disk if it binds. */
    void recorded(Fact fact);

    /** Sees each fact of an earlier time when the engine is rebuilt. */
    void replayed(Fact fact);

    /** The engine was rebuilt: tell it again who is connected. */
    void rebuilt();

    void healed(Throwable cause);

    /** The loop has ended and the process must. */
    void fatal(Throwable cause);
  }

  /** What the loop works with. */
  public record Parts(
      Supplier<SchedulerEngine> engines,
      Journal journal,
      Shell shell,
      PoolMeter meter,
      InstantSource clock) {}

  private sealed interface Item {
    record Told(Event event) implements Item {}

    record Asked(Consumer<SchedulerEngine> question) implements Item {}

    record Mark(Runnable afterSync) implements Item {}
  }

  private PoolLoop(Parts parts) {
    this.parts = parts;
    this.writer = new FactWriter(parts.journal(), parts.meter());
    this.engine = parts.engines().get();
    this.thread = Thread.ofPlatform().name("pool-engine").unstarted(this::run);
  }

  /** Rebuilds the engine from the journal, carries out what it asks for, and starts. */
  public static PoolLoop start(Parts parts) {
    var loop = new PoolLoop(parts);
    loop.restore();
    loop.thread.start();
    return loop;
  }

  /** As {@link #put(List)}, one event. */
  public boolean put(Event event) {
    return put(List.of(event));
  }

  /**
   * Tells the engine what came together; waits while the queue is full. False once the loop is
   * closed.
   */
  public boolean put(List<? extends Event> events) {
    return putAll(events.stream().<Item>map(Item.Told::new).toList());
  }

  /** Runs the action after everything put before it is synced. */
  public boolean mark(Runnable afterSync) {
    return put(new Item.Mark(afterSync));
  }

  /** Asks the engine on its own thread. */
  public <T> T ask(Function<SchedulerEngine, T> question) {
    var answer = new CompletableFuture<T>();
    put(asked(question, answer));
    try {
      return answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy(e);
    } catch (TimeoutException e) {
      throw busy(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the engine failed on a question", e.getCause());
    }
  }

  /**
   * As {@link #ask}, for those who can do without: empty when the queue is full or no answer comes
   * in time.
   */
  public <T> Optional<T> askWithin(Duration patience, Function<SchedulerEngine, T> question) {
    var answer = new CompletableFuture<T>();
    if (isClosed || !waiting.offer(List.of(asked(question, answer)))) {
      return Optional.empty();
    }
    try {
      return Optional.of(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the engine failed on a question", e.getCause());
    }
  }

  private static <T> Item asked(
      Function<SchedulerEngine, T> question, CompletableFuture<T> answer) {
    return new Item.Asked(engine -> {
      try {
        answer.complete(question.apply(engine));
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
    });
  }

  public int waitingCount() {
    return waiting.size();
  }

  /** Stops after what is under way; what waits is dropped and asked for again after a restart. */
  @Override
  public void close() {
    isClosed = true;
    waiting.clear();
    var me = Thread.currentThread();
    if (me != thread) {
      try {
        thread.join(ANSWER_WITHIN);
      } catch (InterruptedException e) {
        me.interrupt();
      }
    }
  }

  private boolean put(Item item) {
    return putAll(List.of(item));
  }

  private boolean putAll(List<Item> items) {
    try {
      while (!isClosed) {
        if (waiting.offer(items, LONGEST_NAP.toMillis(), TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private void restore() {
    var facts = parts.journal().replay();
    var decision = engine.restore(facts, now());
    facts.forEach(parts.shell()::replayed);
    writer.compact(engine);
    parts.journal().append(decision.facts());
    hear(parts.shell().carryOut(decision.commands()));
  }

  private void run() {
    var batch = new ArrayList<Item>(MAX_BATCH);
    try {
      while (!isClosed) {
        batch.clear();
        take(batch);
        turn(batch);
      }
      writer.flush();
    } catch (InterruptedException e) {
      isClosed = true;
    } catch (RuntimeException | Error e) {
      isClosed = true;
      parts.shell().fatal(e);
    }
  }

  /** Waits for an event or the engine's own time. */
  private void take(List<Item> batch) throws InterruptedException {
    var due = engine.nextWakeup();
    var nap = due.map(at -> Duration.between(now(), at)).orElse(LONGEST_NAP);
    var longest = writer.isWaiting() ? writer.left() : LONGEST_NAP;
    if (nap.compareTo(longest) > 0) {
      nap = longest;
    }
    var first = waiting.poll(nap.toNanos(), TimeUnit.NANOSECONDS); // in whole ms it would spin
    if (first != null) {
      batch.addAll(first);
      var more = new ArrayList<List<Item>>();
      waiting.drainTo(more, MAX_BATCH - 1);
      more.forEach(batch::addAll);
    }
    if (due.isPresent() && !due.get().isAfter(now())) {
      batch.add(new Item.Told(new ShellEvent.Ticked()));
    }
  }

  private void turn(List<Item> batch) {
    var facts = new ArrayList<Fact>();
    var commands = new ArrayList<Command>();
    for (int i = 0; i < batch.size(); i++) {
      if (batch.get(i) instanceof Item.Told(var event)) {
        try {
          var decision = decide(event);
          facts.addAll(decision.facts());
          commands.addAll(decision.commands());
        } catch (RuntimeException e) {
          rebuild(e);
          batch.remove(i);
          turn(batch);
          return;
        }
      }
    }
    writer.add(facts);
    facts.forEach(parts.shell()::recorded);
    writer.compactLong(engine);
    hear(parts.shell().carryOut(commands));
    batch.forEach(this::serve);
    writer.flushOverdue();
  }

  private void hear(List<Event> known) {
    if (!known.isEmpty()) {
      turn(new ArrayList<>(known.stream().map(Item.Told::new).toList()));
    }
  }

  private Decision decide(Event event) {
    var now = now();
    long start = System.nanoTime();
    var decision = engine.on(event, now);
    parts.meter().decided(System.nanoTime() - start);
    parts.shell().observed(event, now);
    return decision;
  }

  /** What is not an event is served after the sync. */
  private void serve(Item item) {
    switch (item) {
      case Item.Asked(var question) -> question.accept(engine);
      case Item.Mark(var afterSync) -> {
        writer.flush();
        afterSync.run();
      }
      case Item.Told _ -> {}
    }
  }

  /**
   * A failed engine may hold half a change: it is replaced by one rebuilt from the journal, and the
   * batch is told again without the event that it failed on.
   */
  private void rebuild(RuntimeException cause) {
    rebuilds++;
    if (rebuilds > MAX_REBUILDS) {
      throw cause;
    }
    parts.shell().healed(cause);
    writer.flush();
    engine = parts.engines().get();
    restore();
    parts.shell().rebuilt();
  }

  private Instant now() {
    return parts.clock().instant();
  }

  private static RucheException busy(Exception cause) {
    return new RucheException(
        "POOL_BUSY", "the pool did not answer in time.", "Try again.", true, cause);
  }
}
