package io.ruche.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.rpc.RpcSettings;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Section;
import io.ruche.cli.output.Table;
import io.ruche.cli.process.ProcessRecord;
import io.ruche.cli.settings.Network;
import io.ruche.core.RucheException;
import io.ruche.sdk.MarketClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Shows a local network. */
@Command(
    name = "status",
    description = "Show the processes of the local network, its chain and its pool.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche status                         processes, chain head, deals, workers",
      "  ruche status --output json           the same for a program"
    })
public final class StatusCommand implements Callable<Integer> {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);

  private final Session session;

  public StatusCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var local = new LocalNetwork(session.home(), Installation.current(), session::note);
    var processes = local.processes();
    var json = JsonNodeFactory.instance.objectNode();
    var sections = new ArrayList<Section>();
    var table = processes(processes, json);
    if (processes.isEmpty()) {
      session.note("Nothing was started in %s; `ruche up` starts a local network."
          .formatted(session.settings().home()));
    } else {
      sections.add(table);
      local.network().ifPresent(network -> sections.add(network(network, json)));
    }
    session.answer(
        new Answer(json, sections, processes.stream().map(ProcessRecord::name).toList()));
    boolean isWhole = processes.stream().allMatch(ProcessRecord::isRunning);
    return isWhole && !processes.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private Section processes(List<ProcessRecord> processes, ObjectNode json) {
    var array = json.putArray("processes");
    var rows = new ArrayList<List<Cell>>();
    for (var process : processes) {
      var state = process.isRunning() ? "running" : "ended";
      array
          .addObject()
          .put("name", process.name())
          .put("pid", process.pid())
          .put("state", state)
          .put("startedAt", process.startedAt().toString())
          .put("log", process.log());
      rows.add(List.of(
          Cell.of(process.name()),
          Cell.of(process.pid()),
          Cell.of(state),
          Cell.time(process.startedAt(), session.clock().instant()),
          Cell.of(process.log())));
    }
    return new Table(List.of("PROCESS", "PID", "STATE", "STARTED", "LOG"), rows);
  }

  private Section network(Network network, ObjectNode json) {
    var fields = new ArrayList<Fields.Field>();
    chain(network, json.putObject("chain"), fields);
    pool(network, json.putObject("pool"), fields);
    return new Fields(fields);
  }

  private static void chain(Network network, ObjectNode json, List<Fields.Field> fields) {
    json.put("chainId", network.chainId()).put("rpc", network.rpc().toString());
    var settings = RpcSettings.of(network.rpc()).withReadTries(1).withTimeout(ANSWER_LIMIT);
    try (var rpc = Rpc.open(settings)) {
      var head = rpc.latestBlock();
      json.put("head", head.number()).put("headAt", head.timestamp().toString());
      fields.add(Fields.field("chain", "%d at %s".formatted(network.chainId(), network.rpc())));
      fields.add(Fields.field("head", "block %d".formatted(head.number())));
    } catch (RucheException e) {
      json.put("error", e.code());
      fields.add(Fields.field("chain", e.sentence()));
    }
  }

  private static void pool(Network network, ObjectNode json, List<Fields.Field> fields) {
    json.put("market", network.market().toString())
        .put("workerpool", network.pool().checksummed());
    try (var market = MarketClient.toRead(network.market(), network.chainId())) {
      var pool = market.status().path("pool");
      json.put("workers", pool.path("workers").asInt());
      json.put("deals", pool.path("deals").asInt());
      json.set("tasks", pool.path("tasks").deepCopy());
      fields.add(Fields.field("market", network.market()));
      fields.add(Fields.field("pool", network.pool().checksummed()));
      fields.add(Fields.field("workers", pool.path("workers").asInt() + " connected"));
      fields.add(Fields.field("deals", pool.path("deals").asInt()));
      fields.add(Fields.field("tasks", counts(pool.path("tasks"))));
    } catch (RucheException e) {
      json.put("error", e.code());
      fields.add(Fields.field("market", e.sentence()));
    }
  }

  /** Such as {@code 12 completed, 1 active}. */
  private static String counts(JsonNode tasks) {
    var counts = tasks
        .propertyStream()
        .map(count ->
            "%d %s".formatted(count.getValue().asLong(), count.getKey().toLowerCase(Locale.ROOT)))
        .collect(Collectors.joining(", "));
    return counts.isEmpty() ? "none" : counts;
  }
}
