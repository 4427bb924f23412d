package io.ruche.cli.process;

/** Runs something when this process is told to end before a piece of work is over. */
public final class OnShutdown implements AutoCloseable {
  private final Thread hook;

  private OnShutdown(Thread hook) {
    this.hook = hook;
  }

  public static OnShutdown run(Runnable action) {
    var hook = new Thread(action);
    Runtime.getRuntime().addShutdownHook(hook);
    return new OnShutdown(hook);
  }

  /** The work is over. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, so the hook has begun; it cannot be called back, and need not be.
      hook.setName("begun");
    }
  }
}
