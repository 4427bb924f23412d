package io.ruche.sandbox;

/**
 * Runs an app on inputs that already lie on this machine.
 *
 * <p>Callers may not assume that a failed run left the output folder empty, nor that the limits
 * were enforced to the byte for logs. May be called from many threads; each call uses its own
 * folders.
 */
public interface Sandbox {
  /**
   * Runs to the end, a limit or an interrupt of the calling thread. Every expected end is a value.
   *
   * @throws InterruptedException after the run was stopped because the caller was interrupted
   */
  RunOutcome run(RunRequest request) throws InterruptedException;
}
