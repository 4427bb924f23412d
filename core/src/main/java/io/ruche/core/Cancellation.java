package io.ruche.core;

import java.time.Instant;

/**
 * A requester's word that one of its tasks is to stop: its personal signature of {@link #text}, or
 * what it signed with its order, that no task waits longer than so for its first run. Holds for as
 * long as the task does, since a task is never bought twice.
 *
 * @param time the whole second that was signed, or when the wait became too long
 * @param signature empty for the word in the order
 */
public record Cancellation(Instant time, Signature signature) {
  public Cancellation {
    time = Instant.ofEpochSecond(time.getEpochSecond());
  }

  /** By word of the order, from then on. */
  public static Cancellation ofQueue(Instant longestWait) {
    return new Cancellation(longestWait, Signature.EMPTY);
  }

  /**
   * When a task of the deal has waited too long for its first run; {@link Instant#MAX} when the
   * order says nothing of it, or cannot be read.
   */
  public static Instant queueEnd(Deal deal) {
    try {
      long seconds = DealParams.parse(deal.params()).maxQueueSeconds();
      return seconds == 0 ? Instant.MAX : deal.startTime().plusSeconds(seconds);
    } catch (IllegalArgumentException e) {
      return Instant.MAX;
    }
  }

  public RequesterText text(long chainId, Address workerpool, TaskId task) {
    return new RequesterText(RequesterText.Action.CANCEL, chainId, workerpool, task, time);
  }
}
