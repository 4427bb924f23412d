package io.ruche.sandbox;

/**
 * Hears a run while it goes on. Called by one thread of the sandbox at a time, which waits for it:
 * to be quick is the listener's part.
 */
@FunctionalInterface
public interface RunListener {
  /** For callers who read the logs at the end. */
  RunListener NONE = (stream, bytes) -> {};

  /** The app wrote this; at most what {@link RunLogs} keeps of each stream is ever told. */
  void logged(LogStream stream, byte[] bytes);
}
