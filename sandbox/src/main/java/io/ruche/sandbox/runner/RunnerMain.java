package io.ruche.sandbox.runner;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.LogStream;
import io.ruche.sandbox.RunLogs;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.wire.Message;
import io.ruche.sandbox.wire.MessageReader;
import io.ruche.sandbox.wire.MessageWriter;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A runner process. The main thread reads; a second thread, with a deep stack, executes the runs,
 * and a second run before the first has answered is a breach that ends the process.
 */
public final class RunnerMain {
  /** A heap larger than this after a run is given back to the machine. */
  static final long IDLE_HEAP_BYTES = 128L << 20;

  static final int EXIT_LOST_AGENT = 0;
  static final int EXIT_SPENT = 3;
  static final int EXIT_BROKEN_WIRE = 4;

  /** An argument: try the wasmtime among this process's jars. */
  public static final String BUNDLED = "--bundled-wasmtime";

  /** An argument, followed by the file: try this library of wasmtime. */
  public static final String INSTALLED = "--installed-wasmtime=";

  /** An argument: try them at once; else the first run does, and idle runners stay small. */
  public static final String TRY_NOW = "--try-now";

  private final List<String> libraries;
  private final MessageReader in;
  private final MessageWriter out;
  private volatile @Nullable EngineChoice choice;
  private @Nullable ModuleCache modules;
  private @Nullable GuestThread guest;
  private @Nullable ModuleRun run;
  private long runNumber;
  private boolean isRunning;

  private RunnerMain(List<String> libraries, MessageReader in, MessageWriter out) {
    this.libraries = libraries;
    this.in = in;
    this.out = out;
  }

  public static void main(String[] arguments) throws InterruptedException {
    var out = new MessageWriter(new FileOutputStream(FileDescriptor.out));
    var in = new MessageReader(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
    System.setOut(System.err);
    var libraries = Stream.of(arguments).filter(word -> !word.equals(TRY_NOW)).toList();
    var runner = new RunnerMain(libraries, in, out);
    if (libraries.size() < arguments.length) {
      runner.choose();
    }
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> end(EXIT_SPENT));
    end(runner.serve());
  }

  private static void end(int exitCode) {
    Runtime.getRuntime().halt(exitCode);
  }

  private EngineChoice choose() throws InterruptedException {
    var known = choice;
    if (known == null) {
      known = EngineChoice.of(libraries);
      choice = known;
    }
    return known;
  }

  /** For the one guest thread. */
  private ModuleCache modules() throws InterruptedException {
    var known = modules;
    if (known == null) {
      known = new ModuleCache(choose().engines());
      modules = known;
    }
    return known;
  }

  private int serve() {
    try {
      var found = choice;
      out.write(
          found == null
              ? new Message.Ready("", false)
              : new Message.Ready(found.text(), found.isFast()));
      while (true) {
        switch (in.read()) {
          case Message.Run run -> start(run);
          case Message.Cancel cancel -> cancel(cancel.number());
          case Message.Ready ready -> throw new IOException("ready is for the pool");
          case Message.Logged logged -> throw new IOException("logs are for the pool");
          case Message.Done done -> throw new IOException("done is for the pool");
        }
      }
    } catch (EOFException e) {
      return EXIT_LOST_AGENT;
    } catch (IOException e) {
      System.err.println("runner: " + e.getMessage());
      return EXIT_BROKEN_WIRE;
    }
  }

  private synchronized void start(Message.Run run) throws IOException {
    if (isRunning) {
      throw new IOException("run %d came while run %d goes on".formatted(run.number(), runNumber));
    }
    isRunning = true;
    runNumber = run.number();
    this.run = null;
    if (guest == null) {
      guest = new GuestThread(this::execute);
    }
    guest.begin(run);
  }

  /** A guest that hears no interrupt is answered for, and ends with this process. */
  private void cancel(long number) {
    synchronized (this) {
      if (guest == null || !isRunning || runNumber != number) {
        return;
      }
      guest.interrupt();
    }
    var known = choice;
    if (known == null || !known.engine().isInterruptible()) {
      answer(new Message.Done(number, stopped(), true), false);
    }
  }

  private synchronized RunOutcome stopped() {
    var logs = run == null ? RunLogs.EMPTY : run.logs();
    return new RunOutcome.Failed(FailureCode.TIMEOUT, 0, "the run was stopped", logs);
  }

  /** Whether the thread stays for the next run. */
  private boolean execute(Message.Run order) {
    RunOutcome outcome;
    boolean isSpent = false;
    try {
      outcome = begun(order).execute();
    } catch (InterruptedException e) {
      outcome = RunOutcome.failed(FailureCode.TIMEOUT, "the run was stopped");
    } catch (OutOfMemoryError e) {
      outcome = RunOutcome.failed(FailureCode.MEMORY, "the runner's memory is used up");
      isSpent = true;
    } catch (RuntimeException | Error e) {
      outcome = RunOutcome.failed(FailureCode.UNSUPPORTED, "the engine failed on the app: " + e);
      isSpent = true;
    }
    boolean isKept = GuestThread.isShort(outcome);
    answer(new Message.Done(order.number(), outcome, isSpent), isKept);
    return isKept;
  }

  private ModuleRun begun(Message.Run order) throws InterruptedException {
    var begun = new ModuleRun(modules(), order.request(), this::logged);
    synchronized (this) {
      run = begun;
    }
    return begun;
  }

  /** A pool that is gone is found out by the reading thread. */
  private void logged(LogStream stream, byte[] bytes) {
    try {
      out.write(new Message.Logged(stream, ByteBuffer.wrap(bytes)));
    } catch (IOException e) {
      end(EXIT_LOST_AGENT);
    }
  }

  private void answer(Message.Done done, boolean isGuestKept) {
    synchronized (this) {
      if (!isRunning) {
        return; // the other thread answered
      }
      isRunning = false;
      if (!isGuestKept) {
        guest = null;
      }
    }
    try {
      Thread.interrupted();
      out.write(done);
    } catch (IOException e) {
      end(EXIT_LOST_AGENT);
    }
    if (done.isSpent()) {
      end(EXIT_SPENT);
    }
    if (Runtime.getRuntime().totalMemory() > IDLE_HEAP_BYTES) {
      System.gc();
    }
  }
}
