package io.ruche.sandbox.runner;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.LogStream;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.engine.ChicoryEngine;
import io.ruche.sandbox.wire.Message;
import io.ruche.sandbox.wire.MessageReader;
import io.ruche.sandbox.wire.MessageWriter;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A runner process. The main thread reads; each run gets a thread of its own with a deep stack, and
 * a second run before the first has answered is a breach that ends the process.
 */
public final class RunnerMain {
  /** Deep enough for honest recursion; the same everywhere, so that a stack overflow is too. */
  static final long GUEST_STACK_BYTES = 64L << 20;

  /** A heap larger than this after a run is given back to the machine. */
  static final long IDLE_HEAP_BYTES = 128L << 20;

  static final int EXIT_LOST_AGENT = 0;
  static final int EXIT_SPENT = 3;
  static final int EXIT_BROKEN_WIRE = 4;

  private final ModuleCache modules = new ModuleCache(new ChicoryEngine());
  private final MessageReader in;
  private final MessageWriter out;
  private @Nullable Thread guest;
  private long guestNumber;

  private RunnerMain(MessageReader in, MessageWriter out) {
    this.in = in;
    this.out = out;
  }

  public static void main(String[] arguments) {
    var out = new MessageWriter(new FileOutputStream(FileDescriptor.out));
    var runner = new RunnerMain(new MessageReader(System.in), out);
    System.setOut(System.err);
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> end(EXIT_SPENT));
    end(runner.serve());
  }

  private static void end(int exitCode) {
    Runtime.getRuntime().halt(exitCode);
  }

  private int serve() {
    try {
      out.write(new Message.Ready());
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
    if (guest != null) {
      throw new IOException(
          "run %d came while run %d goes on".formatted(run.number(), guestNumber));
    }
    guestNumber = run.number();
    guest = new Thread(null, () -> execute(run), "guest", GUEST_STACK_BYTES);
    guest.start();
  }

  private synchronized void cancel(long number) {
    if (guest != null && guestNumber == number) {
      guest.interrupt();
    }
  }

  private void execute(Message.Run run) {
    RunOutcome outcome;
    boolean isSpent = false;
    try {
      outcome = new ModuleRun(modules, run.request(), this::logged).execute();
    } catch (OutOfMemoryError e) {
      outcome = RunOutcome.failed(FailureCode.MEMORY, "the runner's memory is used up");
      isSpent = true;
    } catch (RuntimeException | Error e) {
      outcome = RunOutcome.failed(FailureCode.UNSUPPORTED, "the engine failed on the app: " + e);
      isSpent = true;
    }
    answer(new Message.Done(run.number(), outcome, isSpent));
  }

  /** A pool that is gone is found out by the reading thread. */
  private void logged(LogStream stream, byte[] bytes) {
    try {
      out.write(new Message.Logged(stream, ByteBuffer.wrap(bytes)));
    } catch (IOException e) {
      end(EXIT_LOST_AGENT);
    }
  }

  private void answer(Message.Done done) {
    synchronized (this) {
      guest = null;
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
