package io.ruche.cli.demo;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.cli.output.OutputFormat;
import io.ruche.cli.settings.TemporaryHome;
import io.ruche.cli.up.UpOptions.WorkerProgram;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ruche demo}: the product doing its job, on this machine, in about a minute. */
@Command(
    name = "demo",
    description = {
      "See it work: a private market on this machine, one of whose workers lies.",
      "From signed orders to certified, paid results. Needs no account, touches no real money."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche demo                           tell the story",
      "  ruche demo chess                     a contract asks the grid who won a game"
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int TASKS = 12;
  private static final int WORKERS = 5;
  private static final int TRUST = 3;
  private static final int LIAR = 4;
  private static final String LIAR_MAIN = "io.ruche.liar.LiarMain";
  private static final DateTimeFormatter FOLDER_NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").withZone(ZoneOffset.UTC);

  private final Session session;

  @Option(
      names = "--output-dir",
      paramLabel = "DIR",
      description = "Where results, table and plot go (default: a new folder in the home).")
  @Nullable
  Path outputDir;

  public DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var installation = Installation.requireRepository("ruche demo");
    var program = new WorkerProgram(LIAR_MAIN, liarClasspath(installation));
    var options = new DemoOptions(TASKS, WORKERS, TRUST, LIAR, program, output());
    var story = new Story(session.screen(), session.settings().output());
    var temporary = TemporaryHome.create("ruche-demo-");
    try {
      var demo = new Demo(options, installation, temporary.home(), story, session.clock());
      var outcome = demo.play();
      temporary.delete();
      if (session.settings().output() == OutputFormat.json) {
        session.screen().out().println(outcome.toJson());
      }
      return outcome.isSuccess() ? ExitCode.OK : ExitCode.FAILED;
    } catch (RucheException | IOException e) {
      session.note(
          "The logs of the demonstration are kept in " + temporary.home().logs() + ".");
      throw e;
    }
  }

  private Path output() {
    return outputDir != null
        ? outputDir.toAbsolutePath()
        : session
            .home()
            .create()
            .folder()
            .resolve("demo")
            .resolve(FOLDER_NAME.format(session.clock().instant()));
  }

  /** The liar's own jar is no part of the product's classpath; the launcher puts it beside. */
  private static String liarClasspath(Installation installation) {
    var jar = System.getProperty("ruche.liar");
    if (jar == null || !Files.exists(Path.of(jar))) {
      throw new RucheException(
          "LIAR_MISSING",
          "expected the jar of the lying test worker in the property ruche.liar, found " + jar
              + ".",
          "Start the demonstration with the script `ruche` of the repository.",
          false);
    }
    return installation.agentClasspath() + java.io.File.pathSeparator + jar;
  }
}
