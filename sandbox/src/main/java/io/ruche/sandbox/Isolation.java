package io.ruche.sandbox;

/** What stands between a runner process and the machine, for the operator to read. */
public sealed interface Isolation {
  /** Own namespaces, no network, no capabilities, and only the folders that a run needs. */
  record Wrapped(String program) implements Isolation {
    @Override
    public String toString() {
      return program + ": no network, no capabilities, only the task folders";
    }
  }

  /** A plain child process: the engine alone keeps the app in. */
  record Plain(String reason) implements Isolation {
    @Override
    public String toString() {
      return "none beyond the WASM engine: " + reason;
    }
  }
}
