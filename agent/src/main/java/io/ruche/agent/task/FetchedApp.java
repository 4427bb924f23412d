package io.ruche.agent.task;

import io.ruche.sandbox.RunRequest;
import io.ruche.transfer.Datum;
import org.jspecify.annotations.Nullable;

/**
 * An app that can be run; its file stays cached until this is closed.
 *
 * @param datum null when there is no file: the container engine brings the image
 */
record FetchedApp(RunRequest.App app, @Nullable Datum datum) implements AutoCloseable {
  @Override
  public void close() {
    if (datum != null) {
      datum.close();
    }
  }
}
