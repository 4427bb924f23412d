package io.ruche.core;

import java.time.Instant;

/**
 * A requester's word that one of its tasks is to stop: its personal signature of {@link #text}.
 * Holds for as long as the task does, since a task is never bought twice.
 *
 * @param time the whole second that was signed
 */
public record Cancellation(Instant time, Signature signature) {
  public Cancellation {
    time = Instant.ofEpochSecond(time.getEpochSecond());
  }

  public RequesterText text(long chainId, Address workerpool, TaskId task) {
    return new RequesterText(RequesterText.Action.CANCEL, chainId, workerpool, task, time);
  }
}
