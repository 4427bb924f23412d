package io.ruche.cli.bench;

import io.ruche.cli.Session;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import picocli.CommandLine.Command;

/** {@code ruche bench}: measures the product on this machine. */
@Command(
    name = "bench",
    description = "Measure Ruche on this machine. docs/performance.md explains it.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche bench bag                                  1,000 tasks, two workers",
      "  ruche bench call --offers --output json          how fast a contract is answered",
      "  ruche bench worker --archive target/ruche-*.tar.gz   start and memory of an idle worker",
      "  ruche bench sandbox                              runs per second, cost of each wall",
      "  ruche bench crowd                                2,000 idle workers on one server",
      "  ruche bench engine                               what a task costs a pool's scheduler",
      "  ruche bench link                                 server, socket and worker, no chain",
      "  ruche bench wasm                                 apps beside compiled C and V8",
      "  ruche bench cancel                               how soon a cancelled run is gone"
    })
public final class BenchCommand {

  /** What it measures, in the order that help shows. */
  public static SequencedMap<String, Object> verbs(Session session) {
    var verbs = new LinkedHashMap<String, Object>();
    verbs.put("bag", new BagCommand(session));
    verbs.put("call", new CallCommand(session));
    verbs.put("worker", new WorkerCommand(session));
    verbs.put("crowd", new CrowdCommand(session));
    verbs.put("sandbox", new SandboxCommand(session));
    verbs.put("engine", new EngineCommand(session));
    verbs.put("link", new LinkCommand(session));
    verbs.put("wasm", new WasmCommand(session));
    verbs.put("takeover", new TakeoverCommand(session));
    verbs.put("cancel", new CancelCommand(session));
    return verbs;
  }
}
