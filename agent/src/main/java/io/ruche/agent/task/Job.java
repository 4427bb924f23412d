package io.ruche.agent.task;

import io.ruche.core.AppType;
import io.ruche.sandbox.RunLogs;
import io.ruche.sandbox.RunRequest;
import org.jspecify.annotations.Nullable;

/** What is known of an attempt between its steps; used by one thread at a time. */
public final class Job {
  private final DealCase deal;
  private final long index;
  private @Nullable FetchedApp app;
  private RunLogs logs = RunLogs.EMPTY;

  public Job(DealCase deal, long index) {
    this.deal = deal;
    this.index = index;
  }

  DealCase deal() {
    return deal;
  }

  long index() {
    return index;
  }

  synchronized void keepApp(FetchedApp fetched) {
    close();
    app = fetched;
  }

  synchronized RunRequest.App app() {
    if (app == null) {
      throw new IllegalStateException("the app was not fetched");
    }
    return app.app();
  }

  RunLogs logs() {
    return logs;
  }

  void keepLogs(RunLogs value) {
    logs = value;
  }

  /** Whether its app reaches what lies in its folders alone, not the folders themselves. */
  public boolean leavesFoldersAsTheyWere() {
    return deal instanceof DealCase.Feasible feasible && feasible.type() == AppType.WASM;
  }

  /** Lets the app's file go. */
  public synchronized void close() {
    if (app != null) {
      app.close();
      app = null;
    }
  }
}
