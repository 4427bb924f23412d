package io.ruche.cli.deal;

import io.ruche.cli.Session;
import io.ruche.core.DealId;
import io.ruche.core.RucheException;
import io.ruche.core.TaskStatus;
import io.ruche.sdk.BagView;
import io.ruche.sdk.RucheClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Waits until the tasks of deals have ended, and says how far they are. */
public final class Follow {
  private static final Duration DEVELOPMENT_PAUSE = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final Session session;
  private final RucheClient client;

  public Follow(Session session, RucheClient client) {
    this.session = session;
    this.client = client;
  }

  /** Returns the tasks once all have ended or are overdue. */
  public BagView untilEnded(List<DealId> deals) {
    var watch = client.watch(deals);
    var bar = new ProgressLine(session.printer());
    var pause = client.isDevelopment() ? DEVELOPMENT_PAUSE : PAUSE;
    while (true) {
      var bag = watch.look();
      bar.show(bag.entries().size(), bag.count(TaskStatus.COMPLETED), sentence(bag));
      if (bag.isEnded()) {
        bar.end();
        return bag;
      }
      LockSupport.parkNanos(pause.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        bar.end();
        throw new RucheException(
            "CANCELLED",
            "following the deals was interrupted; they go on.",
            "See `ruche deal watch`.",
            false);
      }
    }
  }

  private static String sentence(BagView bag) {
    return "%d/%d completed, %d running, %d revealing, %d waiting, %d failed"
        .formatted(
            bag.count(TaskStatus.COMPLETED),
            bag.entries().size(),
            bag.count(TaskStatus.ACTIVE),
            bag.count(TaskStatus.REVEALING),
            bag.count(TaskStatus.UNSET),
            bag.count(TaskStatus.FAILED));
  }
}
