package io.ruche.agent.availability;

import io.ruche.worker.Event;
import java.time.Instant;

/** Counts on from what the home's status file holds. One thread counts, any may look. */
public final class TallyCount {
  private volatile Tally tally;

  public TallyCount(StatusFile status, Instant now) {
    tally = status.read().map(StatusFile.Status::tally).orElseGet(() -> Tally.none(now));
  }

  public void heard(Event event) {
    tally = tally.after(event);
  }

  public Tally tally() {
    return tally;
  }
}
