package io.ruche.server.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.ruche.core.Address;
import io.ruche.scheduler.WorkerOffer;
import io.ruche.server.chain.ChainIntake;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.http.Json;
import io.ruche.server.pool.Pool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /health}, {@code /ready}, {@code /status} and {@code /workers}. */
public final class StatusRoutes implements HttpOrigin.Routes {
  /** A head that is older says that the chain or the node has stopped. */
  private static final Duration STALE = Duration.ofMinutes(2);

  private final Parts parts;

  /**
   * What the routes show.
   *
   * @param advisedRpc node that workers are advised to use; empty for none
   * @param head newest block handed on, null before the first
   */
  public record Parts(
      long chainId,
      Address hub,
      String advisedRpc,
      Supplier<ChainIntake.@Nullable Head> head,
      @Nullable Pool pool,
      Address workerpool,
      InstantSource clock) {}

  public StatusRoutes(Parts parts) {
    this.parts = parts;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/health", context -> Json.answer(context, Json.object().put("ok", true)));
    routes.get("/ready", this::ready);
    routes.get("/status", this::status);
    routes.get("/workers", this::workers);
  }

  private void ready(Context context) {
    var head = parts.head().get();
    var now = parts.clock().instant();
    if (head == null || Duration.between(head.timestamp(), now).compareTo(STALE) > 0) {
      throw new HttpProblem(
          503,
          "CHAIN_BEHIND",
          head == null
              ? "no block of the chain has been read yet."
              : "the newest block read is of %s.".formatted(head.timestamp()),
          "Check that the chain node answers and makes blocks.");
    }
    Json.answer(context, Json.object().put("ok", true).put("role", "master"));
  }

  private void status(Context context) {
    var answer = Json.object()
        .put("ok", true)
        .put("chainId", parts.chainId())
        .put("hub", parts.hub().checksummed());
    if (!parts.advisedRpc().isEmpty()) {
      answer.put("rpc", parts.advisedRpc());
    }
    var head = parts.head().get();
    if (head != null) {
      answer
          .putObject("head")
          .put("number", head.block().number())
          .put("hash", head.block().hash().hex())
          .put("timestamp", head.timestamp().toString());
    }
    var pool = parts.pool();
    if (pool != null) {
      describe(pool, answer.putObject("pool"));
    }
    Json.answer(context, answer);
  }

  private void describe(Pool pool, ObjectNode json) {
    var workers = pool.link().connected();
    json.put("workerpool", parts.workerpool().checksummed())
        .put("workers", workers.size())
        .put(
            "slots", workers.stream().mapToInt(worker -> worker.offer().slots()).sum())
        .put("deals", pool.board().deals().size())
        .put("waitingEvents", pool.waitingEvents());
    var tasks = json.putObject("tasks");
    pool.board()
        .counts(parts.clock().instant())
        .forEach((status, count) -> tasks.put(status.name(), count));
  }

  private void workers(Context context) {
    var answer = Json.object().put("ok", true);
    var list = answer.putArray("workers");
    var pool = parts.pool();
    if (pool != null) {
      pool.link().connected().stream()
          .sorted(Comparator.comparing(worker -> worker.who().machine()))
          .forEach(worker -> {
            var entry = list.addObject()
                .put("worker", worker.who().worker().checksummed())
                .put("machine", worker.who().machine().checksummed())
                .put("software", worker.software())
                .put("slots", worker.offer().slots())
                .put("memoryMiB", worker.offer().memoryMiB())
                .put("diskMiB", worker.offer().diskMiB())
                .put("since", worker.since().toString())
                .put("lastHeard", worker.lastHeard().toString());
            if (worker.offer().claimedFuelPerSecond() > 0) {
              entry.put("claimedFuelPerSecond", worker.offer().claimedFuelPerSecond());
            }
            var runtimes = entry.putArray("runtimes");
            worker.offer().runtimes().forEach(runtimes::add);
            addMachine(entry, worker.offer().machine());
          });
    }
    Json.answer(context, answer);
  }

  private static void addMachine(ObjectNode entry, WorkerOffer.@Nullable Machine machine) {
    if (machine != null) {
      entry.put("cpus", machine.cpus()).put("arch", machine.arch());
      machine.groups().forEach(entry.putArray("groups")::add);
      machine.weaknesses().forEach(entry.putArray("weaknesses")::add);
    }
  }
}
