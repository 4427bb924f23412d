package io.ruche.cli.node;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.sdk.MarketClient;
import io.ruche.sdk.OwnPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends a pool's selling. */
@Command(
    name = "drain",
    description = {
      "Let a pool sell nothing more and finish what is sold, until `ruche pool resume`.",
      "Its open orders are closed on chain; who matches one before that is served too.",
      "A drain outlives a restart of the server. The wallet must own the workerpool."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche pool drain --wallet pool       returns at once; `ruche pool status` tells what is left",
      "  ruche pool drain --wait --network pool.json --wallet pool"
    })
public final class PoolDrainCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private final Session session;

  @Option(names = "--wait", description = "Tell what is left until nothing is.")
  private boolean isWaiting;

  /** What a drained pool has still to do. */
  record Left(long tasks, long orders) {
    private boolean isNothing() {
      return tasks == 0 && orders == 0;
    }
  }

  public PoolDrainCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var workerpool = OwnPoolSession.tell(session, OwnPool::drain);
    var left = look();
    if (isWaiting) {
      left = untilNothing(left);
    }
    answer(session, workerpool, left.isNothing() ? "drained" : "draining", left);
    return ExitCode.OK;
  }

  private Left look() {
    try (var market = PoolMarket.open(session)) {
      return look(market);
    }
  }

  private static Left look(MarketClient market) {
    var status = market.poolStatus();
    return new Left(status.path("openTasks").asLong(), status.path("openOrders").asLong());
  }

  /** As long as the operator has patience; the server goes on without us. */
  private Left untilNothing(Left first) {
    var left = first;
    try (var market = PoolMarket.open(session)) {
      tell(left);
      while (!left.isNothing()) {
        Thread.sleep(LOOK_EVERY);
        var now = look(market);
        if (!now.equals(left)) {
          tell(now);
        }
        left = now;
      }
      return left;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RucheException(
          "CANCELLED", "the wait was interrupted; the pool drains on.", "", false);
    }
  }

  private void tell(Left left) {
    session.note("%d tasks and %d orders are left.".formatted(left.tasks(), left.orders()));
  }

  /** How the pool stands now. */
  static void answer(Session session, Address workerpool, String state, Left left) {
    var json =
        JSON.createObjectNode().put("workerpool", workerpool.checksummed()).put("state", state);
    var fields = new ArrayList<Fields.Field>();
    fields.add(Fields.field("pool", workerpool));
    fields.add(Fields.field("state", state));
    if (!state.equals("selling")) {
      json.put("openTasks", left.tasks()).put("openOrders", left.orders());
      fields.add(Fields.field("tasks left", left.tasks()));
      fields.add(Fields.field("orders to close", left.orders()));
    }
    session.answer(
        new Answer(json, List.of(new Fields(fields)), List.of(workerpool.checksummed())));
  }
}
