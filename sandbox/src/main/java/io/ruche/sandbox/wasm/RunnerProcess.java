package io.ruche.sandbox.wasm;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.RunClock;
import io.ruche.sandbox.RunListener;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.wire.Message;
import io.ruche.sandbox.wire.MessageReader;
import io.ruche.sandbox.wire.MessageWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One child process and the conversation with it. One run at a time; the pool sees to that. After
 * an answer that was not understood, or none in time, the process is killed and must be replaced.
 */
final class RunnerProcess implements AutoCloseable {
  static final Duration START_TIME = Duration.ofSeconds(30);

  /** How long a cancelled run may take to stop before its process is killed. */
  static final Duration CANCEL_GRACE = Duration.ofSeconds(2);

  /**
   * So that what an engine may leak has an end; a fresh process is slow for its first thousands.
   */
  static final int MAX_RUNS = 50_000;

  private static final int MAX_UNREAD = 4;

  private final Process process;
  private final MessageWriter out;
  private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(MAX_UNREAD);
  private final StderrTail stderr;
  private volatile RunListener listener = RunListener.NONE;
  private Message.Ready engine = new Message.Ready("", false);
  private long runs;
  private volatile boolean isBroken;

  /** What the reading thread found. */
  private sealed interface Arrival {
    record Received(Message message) implements Arrival {}

    record Lost(String why) implements Arrival {}
  }

  private RunnerProcess(Process process) {
    this.process = process;
    this.out = new MessageWriter(process.getOutputStream());
    this.stderr = new StderrTail(process.getErrorStream(), process.pid());
    Thread.ofPlatform().daemon().name("runner-" + process.pid()).start(this::receive);
  }

  /**
   * Starts a process and waits until it can take work. Must be called by a thread that lives as
   * long as the process: the kernel kills a wrapped runner when the thread that started it ends.
   *
   * @throws IOException with the process's last words when it does not come up
   */
  static RunnerProcess start(ProcessBuilder command) throws IOException, InterruptedException {
    var runner = new RunnerProcess(command.start());
    try {
      var first = runner.arrivals.poll(START_TIME.toMillis(), TimeUnit.MILLISECONDS);
      if (first instanceof Arrival.Received(Message.Ready ready)) {
        runner.engine = ready;
        return runner;
      }
    } catch (InterruptedException e) {
      runner.close();
      throw e;
    }
    runner.close();
    throw new IOException("the runner did not start: " + runner.stderr.text());
  }

  private void receive() {
    var in = new MessageReader(process.getInputStream());
    try {
      while (take(in.read())) {}
      process.destroyForcibly(); // it talks without being asked
    } catch (IOException e) {
      arrivals.offer(new Arrival.Lost(String.valueOf(e.getMessage())));
    }
  }

  private boolean take(Message message) {
    if (message instanceof Message.Logged logged) {
      var bytes = new byte[logged.bytes().remaining()];
      logged.bytes().get(bytes);
      listener.logged(logged.stream(), bytes);
      return true;
    }
    return arrivals.offer(new Arrival.Received(message));
  }

  /** What it runs modules with. */
  Message.Ready engine() {
    return engine;
  }

  long pid() {
    return process.pid();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** False once the process is gone, spoilt, or old enough to be replaced. */
  boolean isUsable() {
    return !isBroken && process.isAlive() && runs < MAX_RUNS;
  }

  /** Runs to the end or until the clock, which may stand, says that the run time is over. */
  RunOutcome run(RunRequest request, RunListener hears, RunClock clock)
      throws InterruptedException {
    runs++;
    listener = hears;
    try {
      out.write(new Message.Run(runs, request));
    } catch (IOException e) {
      return broken("the runner cannot be reached: " + e.getMessage());
    }
    try {
      var runTime = request.limits().runTime();
      var arrival = await(clock, clock.deadlineAfter(runTime));
      return arrival != null ? outcome(arrival) : stop(timeOut(runTime));
    } catch (InterruptedException e) {
      var cancelled = RunOutcome.failed(FailureCode.TIMEOUT, "the run was cancelled");
      var _ = clock.isPaused() ? kill(cancelled) : stop(cancelled); // what stands does not hear
      throw e;
    } finally {
      listener = RunListener.NONE;
    }
  }

  private @Nullable Arrival await(RunClock clock, long deadline) throws InterruptedException {
    Arrival arrival = null;
    while (arrival == null && clock.left(deadline).isPositive()) {
      arrival = arrivals.poll(clock.patience(deadline).toNanos(), TimeUnit.NANOSECONDS);
    }
    return arrival;
  }

  private static RunOutcome.Failed timeOut(Duration runTime) {
    return RunOutcome.failed(
        FailureCode.TIMEOUT, "the app ran longer than %d ms".formatted(runTime.toMillis()));
  }

  /** Asks the run to stop; a process that does not is killed. */
  private RunOutcome stop(RunOutcome.Failed reason) {
    try {
      out.write(new Message.Cancel(runs));
    } catch (IOException e) {
      return kill(reason);
    }
    var arrival = pollUninterruptibly(CANCEL_GRACE);
    if (arrival == null) {
      return kill(reason);
    }
    return switch (outcome(arrival)) {
      case RunOutcome.Finished finished -> finished;
      case RunOutcome.Failed failed
      when failed.code() == FailureCode.TIMEOUT ->
        new RunOutcome.Failed(reason.code(), 0, reason.detail(), failed.logs());
      case RunOutcome.Failed failed -> failed;
    };
  }

  private RunOutcome kill(RunOutcome reason) {
    isBroken = true;
    process.destroyForcibly();
    return reason;
  }

  private @Nullable Arrival pollUninterruptibly(Duration time) {
    boolean isInterrupted = false;
    try {
      long deadline = System.nanoTime() + time.toNanos();
      while (true) {
        try {
          return arrivals.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private RunOutcome outcome(Arrival arrival) {
    return switch (arrival) {
      case Arrival.Received(Message.Done done)
      when done.number() == runs -> {
        isBroken = done.isSpent();
        yield done.outcome();
      }
      case Arrival.Received(var message) -> crashed("the runner answered out of turn");
      case Arrival.Lost(var why) ->
        crashed("the runner was lost: %s %s".formatted(why, stderr.text()));
    };
  }

  /** Other machines say whether the app did it; a runner that we ended ourselves proves nothing. */
  private RunOutcome crashed(String detail) {
    return isBroken ? broken(detail) : kill(RunOutcome.failed(FailureCode.CRASH, detail));
  }

  private RunOutcome broken(String detail) {
    return kill(RunOutcome.failed(FailureCode.INFRASTRUCTURE, detail));
  }

  /**
   * Lets it end by itself, as it does when it is asked for nothing more.
   *
   * @throws IOException when it has not within {@code limit}; then it is ended by force
   */
  void end(Duration limit) throws IOException, InterruptedException {
    isBroken = true;
    process.getOutputStream().close();
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      close();
      throw new IOException("the runner did not end within " + limit);
    }
  }

  @Override
  public void close() {
    isBroken = true;
    process.destroyForcibly();
  }
}
