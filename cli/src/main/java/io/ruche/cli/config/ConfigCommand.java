package io.ruche.cli.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Table;
import io.ruche.cli.settings.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;

/** Shows the settings. */
@Command(
    name = "config",
    description = "Show the settings.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche config show                    every setting, its value and its origin",
      "  ruche config show --output json      the same for a program"
    })
public final class ConfigCommand {
  private final Session session;

  public ConfigCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "show",
      description = "Show each setting, its value and where it comes from.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche config show                    every setting, its value and its origin",
        "  RUCHE_WALLET=bob ruche config show   see what a variable changes"
      })
  int show() {
    var json = JsonNodeFactory.instance.objectNode();
    var rows = new ArrayList<List<Cell>>();
    for (var key : Key.values()) {
      var value = Objects.requireNonNull(session.settings().values().get(key));
      json.putObject(key.fileKey()).put("value", value.text()).put("origin", value.origin());
      rows.add(List.of(
          Cell.of(key.fileKey()),
          Cell.of(value.text()),
          Cell.of(value.origin()),
          Cell.of(key.meaning())));
    }
    var table = new Table(List.of("KEY", "VALUE", "ORIGIN", "MEANING"), rows);
    session.answer(new Answer(json, List.of(table), List.of()));
    return ExitCode.OK;
  }
}
