package io.ruche.cli.node;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.chain.ChainErrors;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.node.DrainWatch.Left;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.sdk.OwnPool;
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

  /** A minute: longer than a match takes to be deep enough for a server to see its deal. */
  private static final int QUIET_LOOKS = 30;

  private static final int QUIET_LOOKS_DEVELOPMENT = 2;

  private final Session session;

  @Option(names = "--wait", description = "Tell what is left until nothing is.")
  private boolean isWaiting;

  public PoolDrainCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var workerpool = OwnPoolSession.tell(session, OwnPool::drain);
    if (isWaiting) {
      untilNothing();
      answer(session, workerpool, "drained", new Left(0, 0));
      return ExitCode.OK;
    }
    try (var market = PoolMarket.open(session)) {
      var left = Left.of(market.poolStatus());
      answer(session, workerpool, left.isNothing() ? "drained" : "draining", left);
    }
    return ExitCode.OK;
  }

  /** As long as the operator has patience; the server goes on without us. */
  private void untilNothing() {
    try (var market = PoolMarket.open(session)) {
      int looks = ChainErrors.DEVELOPMENT_CHAINS.contains(session.network().chainId())
          ? QUIET_LOOKS_DEVELOPMENT
          : QUIET_LOOKS;
      var watch = new DrainWatch(market::poolStatus, looks, session::note);
      while (!watch.isOver()) {
        Thread.sleep(DrainWatch.LOOK_EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RucheException(
          "CANCELLED", "the wait was interrupted; the pool drains on.", "", false);
    }
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
