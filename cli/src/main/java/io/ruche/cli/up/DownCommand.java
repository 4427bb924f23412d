package io.ruche.cli.up;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Table;
import io.ruche.cli.process.ProcessRecord;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stops a local network. */
@Command(
    name = "down",
    description = {
      "Stop exactly the processes that `ruche up` started for this home.",
      "The chain's state and all files stay; the next `up` goes on from there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche down                           the network of the home",
      "  ruche down --home /tmp/a             that of another home"
    })
public final class DownCommand implements Callable<Integer> {
  private final Session session;

  public DownCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var stopped = new LocalNetwork(session.home(), Installation.current(), session::note).down();
    if (stopped.isEmpty()) {
      session.note("Nothing of this home was running.");
    }
    var json = JsonNodeFactory.instance.objectNode();
    var array = json.putArray("stopped");
    stopped.forEach(
        process -> array.addObject().put("name", process.name()).put("pid", process.pid()));
    var rows = stopped.stream()
        .map(process -> List.of(Cell.of(process.name()), Cell.of(process.pid())))
        .toList();
    session.answer(new Answer(
        json,
        rows.isEmpty() ? List.of() : List.of(new Table(List.of("STOPPED", "PID"), rows)),
        stopped.stream().map(ProcessRecord::name).toList()));
    return ExitCode.OK;
  }
}
