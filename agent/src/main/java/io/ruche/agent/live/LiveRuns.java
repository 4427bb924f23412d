package io.ruche.agent.live;

import io.ruche.link.AttemptRef;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.FromWorker.Output;
import io.ruche.link.LinkLimits;
import io.ruche.link.LogStream;
import io.ruche.link.Phase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The runs of this worker that somebody may look at, and the thread that sends what is watched: a
 * piece of each log every {@link #PERIOD}, faster only while whole frames wait. It sleeps while
 * nobody watches. Any thread may call.
 */
public final class LiveRuns implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(200);
  private static final Duration HURRY = Duration.ofMillis(25);

  /** Attempts that a pool may watch at once; more are not heard. */
  private static final int MAX_WATCHES = 64;

  /** Ended runs that are kept for who comes late, and their logs in all. */
  private static final int MAX_ENDED = 64;

  private static final int MAX_ENDED_BYTES = 4 << 20;

  private final Consumer<FromWorker> reports;
  private final Predicate<FromWorker> whenIdle;
  private final Map<AttemptRef, LiveRun> runs = new LinkedHashMap<>();
  private final Map<AttemptRef, Watch> watches = new ConcurrentHashMap<>();
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private volatile boolean isClosed;

  /** Up to where a watcher has the log; after the start used by the sending thread only. */
  private static final class Watch {
    private int next;
    private boolean isAnswered;

    Watch(int from) {
      next = from;
    }
  }

  /**
   * Nothing runs yet.
   *
   * @param reports sends to the pool
   * @param whenIdle sends to the pool what may wait, or refuses for now
   */
  public LiveRuns(Consumer<FromWorker> reports, Predicate<FromWorker> whenIdle) {
    this.reports = reports;
    this.whenIdle = whenIdle;
    this.thread = Thread.ofVirtual().name("live-logs").unstarted(this::send);
  }

  public void start() {
    thread.start();
  }

  /** A run begins; the caller says when it has ended. */
  public LiveRun begin(AttemptRef ref) {
    var run = new LiveRun(
        text -> reports.accept(new FromWorker.Progress(ref, Phase.RUNNING, text)), wake::release);
    synchronized (runs) {
      runs.remove(ref);
      runs.put(ref, run);
      forgetEnded();
    }
    return run;
  }

  /** Nobody will ask for this run any more. */
  public void forget(AttemptRef ref) {
    synchronized (runs) {
      runs.remove(ref);
    }
  }

  /** Hears a pool; what is not about watching is passed over. */
  public void received(FromPool message) {
    if (message instanceof FromPool.Watch(var ref, var from)
        && (watches.containsKey(ref) || watches.size() < MAX_WATCHES)) {
      watches.put(ref, new Watch(from));
      wake.release();
    } else if (message instanceof FromPool.Unwatch(var ref)) {
      watches.remove(ref);
    }
  }

  /** The session is over: whoever watched will say so anew. */
  public void disconnected() {
    watches.clear();
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
  }

  private void forgetEnded() {
    int count = 0;
    long bytes = 0;
    for (var entry : List.copyOf(runs.entrySet()).reversed()) {
      if (entry.getValue().isOver()) {
        count++;
        bytes += entry.getValue().size();
        if (count > MAX_ENDED || bytes > MAX_ENDED_BYTES) {
          runs.remove(entry.getKey());
        }
      }
    }
  }

  private void send() {
    try {
      while (!isClosed) {
        if (watches.isEmpty() && !hasUntold()) {
          wake.acquire();
        }
        wake.drainPermits();
        snapshot().forEach(LiveRun::tellProgress);
        Thread.sleep(sendOfEach() ? HURRY : PERIOD);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasUntold() {
    return snapshot().stream().anyMatch(LiveRun::hasUntold);
  }

  private List<LiveRun> snapshot() {
    synchronized (runs) {
      return List.copyOf(runs.values());
    }
  }

  /** One piece for each watch; true when whole frames still wait. */
  private boolean sendOfEach() {
    boolean isMore = false;
    for (var entry : watches.entrySet()) {
      isMore |= sendOf(entry.getKey(), entry.getValue());
    }
    return isMore;
  }

  private boolean sendOf(AttemptRef ref, Watch watch) {
    var run = find(ref);
    if (run == null) {
      answerNothing(ref, watch);
      return false;
    }
    var look = run.look(watch.next);
    boolean isNews = look.piece().bytes().length > 0 || look.isLast() || !watch.isAnswered;
    if (isNews) {
      var end = look.isLast() ? look.end() : null;
      if (!whenIdle.test(Output.of(ref, look.piece(), look.total(), end))) {
        return true;
      }
      watch.isAnswered = true;
      watch.next = look.piece().next();
      if (look.isLast()) {
        watches.remove(ref, watch);
      }
    }
    return look.total() - watch.next >= LinkLimits.MAX_OUTPUT_BYTES;
  }

  /** The run has not begun, or its log is gone: the pool knows which. */
  private void answerNothing(AttemptRef ref, Watch watch) {
    if (!watch.isAnswered) {
      watch.isAnswered =
          whenIdle.test(new Output(ref, LogStream.STDOUT, watch.next, watch.next, "", null));
    }
  }

  private @Nullable LiveRun find(AttemptRef ref) {
    synchronized (runs) {
      return runs.get(ref);
    }
  }
}
