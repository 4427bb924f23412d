package io.ruche.cli.category;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.Connection;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Durations;
import io.ruche.cli.output.Table;
import io.ruche.core.Category;
import io.ruche.core.FuelText;
import io.ruche.core.RunLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Shows the classes of run times. */
@Command(
    name = "category",
    description = "Show the classes of run times that the hub knows.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche category list                  how long a run may take, and when money comes back",
      "  ruche category list --output json"
    })
public final class CategoryCommand {
  private static final List<String> COLUMNS = List.of(
      "ID", "NAME", "RUN TIME", "FUEL", "CONTRIBUTE WITHIN", "REVEAL WITHIN", "MONEY BACK AFTER");

  private final Session session;

  public CategoryCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "list",
      description = {
        "List the categories: how long one run may take, the fuel that suffices for it, and the deadlines of its task.",
        "Time counts from the match; what is not finished by the last one can be claimed back."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche category list                  ids for `ruche run --category`",
        "  ruche category list --output json    the same in seconds"
      })
  int list() {
    try (var client = Connection.openToRead(session)) {
      var json = JsonNodeFactory.instance.objectNode();
      var array = json.putArray("categories");
      var rows = new ArrayList<List<Cell>>();
      var names = new ArrayList<String>();
      for (var category : client.hub().categories()) {
        array
            .addObject()
            .put("id", category.id())
            .put("name", category.name())
            .put("description", category.description())
            .put("runSeconds", category.referenceTime().toSeconds())
            .put("maxFuel", RunLimits.maxFuel(category.referenceTime()))
            .put("contributeSeconds", category.contributionTime().toSeconds())
            .put("revealSeconds", category.revealTime().toSeconds())
            .put("finalSeconds", category.finalTime().toSeconds());
        rows.add(row(category));
        names.add(Long.toString(category.id()));
      }
      session.answer(new Answer(json, List.of(new Table(COLUMNS, rows)), names));
    }
    return ExitCode.OK;
  }

  private static List<Cell> row(Category category) {
    return List.of(
        Cell.of(category.id()),
        Cell.of(category.name()),
        time(category.referenceTime()),
        Cell.of(FuelText.of(RunLimits.maxFuel(category.referenceTime()))),
        time(category.contributionTime()),
        time(category.revealTime()),
        time(category.finalTime()));
  }

  private static Cell time(Duration time) {
    return new Cell(Durations.brief(time), time.toString());
  }
}
