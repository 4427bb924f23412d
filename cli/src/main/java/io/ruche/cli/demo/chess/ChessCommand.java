package io.ruche.cli.demo.chess;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.cli.demo.Story;
import io.ruche.cli.output.OutputFormat;
import io.ruche.cli.settings.TemporaryHome;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ruche demo chess}: a contract that calls the grid, and pays by its answer. */
@Command(
    name = "chess",
    description = {
      "Show a contract that calls the grid: two players, stakes, two games, and a chess app that",
      "says who won. A private market on this machine; no account, no real money."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche demo chess                     play both games",
      "  ruche demo chess --ascii             pieces as letters",
      "  ruche demo chess --output json       one JSON object at the end"
    })
public final class ChessCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--ascii",
      description = "Draw pieces as letters, for fonts without chess symbols.")
  private boolean isAscii;

  public ChessCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var installation = Installation.requireRepository("ruche demo chess");
    var screen = session.screen();
    var view = BoardView.suited(session.environment(), screen.isTerminal(), isAscii);
    var story = new Story(screen, session.settings().output());
    var temporary = TemporaryHome.create("ruche-chess-");
    try {
      var demo = new ChessDemo(installation, temporary.home(), story, view, session.clock());
      var outcome = demo.play();
      temporary.delete();
      if (session.settings().output() == OutputFormat.json) {
        screen.out().println(outcome.toJson());
      }
      return outcome.isSuccess() ? ExitCode.OK : ExitCode.FAILED;
    } catch (RucheException | IOException e) {
      session.note(
          "The logs of the demonstration are kept in " + temporary.home().logs() + ".");
      throw e;
    }
  }
}
