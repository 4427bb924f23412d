package io.ruche.cli.contract;

import io.ruche.chain.abi.AbiEvent;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.hub.HubEvent;
import io.ruche.chain.log.ChainStep;
import io.ruche.chain.log.FollowerSettings;
import io.ruche.chain.log.LogFollower;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.Receipt;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sees the steps of a contract's calls in the hub's log, on a chain that has no other deals. One
 * call at a time, for one thread.
 */
public final class CallFollower implements AutoCloseable {
  private static final Duration FEED_INTERVAL = Duration.ofMillis(10);
  private static final Duration WAIT = Duration.ofMillis(500);

  private final Hub hub;
  private final Address caller;
  private final Duration patience;
  private final BlockFeed feed;
  private final LogFollower logs;
  private Call call = new Call();

  /** Emitted by the contract in the transaction that brings the answer. */
  private static final AbiEvent ANSWERED = AbiEvent.of("CallAnswered(bytes32)", 1);

  /**
   * A call that was answered.
   *
   * @param callback the transaction that brought the answer
   */
  public record Seen(TaskId task, CallSteps steps, Receipt callback) {}

  /** What was seen so far of the call under way. */
  private static final class Call {
    private @Nullable Long placed;
    private @Nullable Long matched;
    private @Nullable Long initialized;
    private @Nullable Seen answered;
  }

  public CallFollower(Hub hub, Address caller, Duration patience) {
    this.hub = hub;
    this.caller = caller;
    this.patience = patience;
    this.feed = BlockFeed.start(hub.rpc(), FEED_INTERVAL);
    var source = new LogFollower.Source(hub.rpc(), feed, hub.address(), hub.chainId());
    long next = hub.rpc().latestBlock().number() + 1;
    this.logs = LogFollower.from(source, next, FollowerSettings.development());
  }

  /** Waits until the next call has its answer. */
  public Seen next() throws InterruptedException {
    call = new Call();
    long began = System.nanoTime();
    while (call.answered == null) {
      var steps = logs.next(WAIT);
      apply(steps, System.nanoTime());
      if (System.nanoTime() - began > patience.toNanos()) {
        throw new RucheException(
            "CALL_SLOW",
            "expected an answer within %d s, found none.".formatted(patience.toSeconds()),
            "Look into the logs of server and workers.",
            false);
      }
    }
    return Objects.requireNonNull(call.answered);
  }

  private void apply(List<ChainStep> steps, long nanos) {
    for (var step : steps) {
      switch (step) {
        case ChainStep.BlockBatch(var _, var _, var events) ->
          events.forEach(event -> apply(event, nanos));
        case ChainStep.RolledBack(var to) ->
          throw new RucheException(
              "CHAIN_REWOUND",
              "the private chain went back to block %d.".formatted(to),
              "Run the command again.",
              true);
      }
    }
  }

  private void apply(HubEvent event, long nanos) {
    switch (event) {
      case HubEvent.RequestBroadcast(var _, var order)
      when order.requester().equals(caller) -> call.placed = nanos;
      case HubEvent.OrdersMatched _ -> {
        call.placed = call.placed == null ? nanos : call.placed;
        call.matched = nanos;
      }
      case HubEvent.TaskInitialize _ -> call.initialized = nanos;
      case HubEvent.TaskFinalize done -> {
        call.answered = new Seen(done.task(), steps(nanos), callback(done));
      }
      default -> {}
    }
  }

  private CallSteps steps(long answered) {
    return new CallSteps(
        Objects.requireNonNull(call.placed, "placed"),
        Objects.requireNonNull(call.matched, "matched"),
        Objects.requireNonNull(call.initialized, "initialized"),
        answered);
  }

  /** The hub calls back in the transaction that finalizes. */
  private Receipt callback(HubEvent.TaskFinalize done) {
    var receipt =
        hub.rpc().receipts(List.of(done.position().transaction())).getFirst().orElseThrow();
    boolean isAnswered = receipt.logs().stream()
        .anyMatch(log -> log.address().equals(caller)
            && log.topics().equals(List.of(ANSWERED.topic(), done.task().hex())));
    if (!isAnswered) {
      throw new RucheException(
          "CALLBACK_MISSING",
          "task %s was finalized in %s, but contract %s took no answer."
              .formatted(done.task(), done.position().transaction(), caller.checksummed()),
          "Look into the logs of server and workers.",
          false);
    }
    return receipt;
  }

  @Override
  public void close() {
    feed.close();
  }
}
