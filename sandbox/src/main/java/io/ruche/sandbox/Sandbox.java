package io.ruche.sandbox;

/**
 * Runs apps of one type on inputs that already lie on this machine.
 *
 * <p>Callers may not assume that a failed run left the output folder empty, nor that the limits
 * were enforced to the byte for logs. May be called from many threads; each call uses its own
 * folders.
 */
public interface Sandbox extends AutoCloseable {
  /**
   * Runs to the end, a limit or an interrupt of the calling thread; afterwards nothing of the run
   * is left but the output folder. Every expected end is a value.
   *
   * @param listener hears what the app writes while it runs
   * @throws InterruptedException after the run was stopped because the caller was interrupted
   */
  RunOutcome run(RunRequest request, RunListener listener) throws InterruptedException;

  /** A run to whose logs nobody listens. */
  default RunOutcome run(RunRequest request) throws InterruptedException {
    return run(request, RunListener.NONE);
  }

  /**
   * Lets every run stand still where it is, those included that just began, and stops their clocks.
   * Saying it again is how later processes of a run are caught.
   */
  void pause();

  /** Lets every run go on. Saying it twice changes nothing. */
  void resume();

  /** Whether runs whose access asks for a GPU get one. */
  default boolean hasGpu() {
    return false;
  }

  /** What stands between a run and the machine, for the owner to read. */
  Isolation isolation();

  /** Stops all runs; those that still go on end with {@code INFRASTRUCTURE}. */
  @Override
  void close();
}
