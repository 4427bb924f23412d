package io.ruche.scheduler;

/** One plain reason why a task waits or ended as it did. */
public sealed interface Reason {
  /** For people: one sentence. */
  String sentence();

  record NoWorkerConnected() implements Reason {
    @Override
    public String sentence() {
      return "No worker is connected. Start one with `ruche worker start`.";
    }
  }
}
