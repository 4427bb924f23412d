package io.ruche.cli.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Section;
import io.ruche.cli.output.Table;
import io.ruche.cli.wallet.Wallets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks for what is missing or wrong. */
@Command(
    name = "doctor",
    description = "Check this machine and the network, and say how to mend what is wrong.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche doctor                         tools, disk, home, chain, market",
      "  ruche doctor --output json           the same for a program",
      "  ruche doctor --database 'jdbc:postgresql://db.example.org/ruche?user=ruche'"
    })
public final class DoctorCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "Also check this PostgreSQL database of a pool; nothing is written. Its password"
              + " is read from RUCHE_SERVER_DATABASE_PASSWORD.")
  private @Nullable String database;

  public DoctorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var findings = new ArrayList<Finding>();
    findings.addAll(new MachineChecks(Installation.current()).all());
    findings.addAll(new HomeChecks(session.home(), new Wallets(session)).all());
    findings.addAll(NetworkChecks.all(session.settings().network()));
    if (database != null) {
      findings.add(DatabaseCheck.of(database, Installation.current()));
    }
    answer(findings);
    boolean isWell =
        findings.stream().noneMatch(finding -> finding.state() == Finding.State.problem);
    session.note(isWell ? "Nothing stands in the way." : "Some things need mending.");
    return isWell ? ExitCode.OK : ExitCode.FAILED;
  }

  private void answer(List<Finding> findings) {
    var json = JsonNodeFactory.instance.objectNode();
    var array = json.putArray("findings");
    var rows = new ArrayList<List<Cell>>();
    for (var finding : findings) {
      array
          .addObject()
          .put("what", finding.what())
          .put("state", finding.state().name())
          .put("found", finding.found())
          .put("fix", finding.fix());
      rows.add(
          List.of(Cell.of(finding.what()), Cell.of(finding.state()), Cell.of(finding.found())));
    }
    var sections = new ArrayList<Section>();
    sections.add(new Table(List.of("WHAT", "STATE", "FOUND"), rows));
    var wrong = findings.stream().filter(finding -> !finding.fix().isEmpty()).toList();
    if (!wrong.isEmpty()) {
      sections.add(new Fields(wrong.stream()
          .map(finding ->
              Fields.field(finding.what(), "%s: %s".formatted(finding.found(), finding.fix())))
          .toList()));
    }
    session.answer(new Answer(json, sections, wrong.stream().map(Finding::what).toList()));
  }
}
