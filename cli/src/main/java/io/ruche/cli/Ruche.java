package io.ruche.cli;

import io.ruche.cli.output.OutputFormat;
import io.ruche.cli.output.Printer;
import io.ruche.core.RucheException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command tree, and how it ends: every failure becomes one sentence and an exit code. */
public final class Ruche {
  private static final int WIDEST_HELP = 100;

  private Ruche() {}

  /** Runs one command line and returns the exit code of the process. */
  public static int run(Session session, List<String> arguments) {
    return commandLine(session, arguments).execute(arguments.toArray(String[]::new));
  }

  private static CommandLine commandLine(Session session, List<String> arguments) {
    var line = new CommandLine(new RucheCommand(session));
    addCommands(line, session, arguments.isEmpty() ? "" : arguments.getFirst());
    Converters.register(line);
    int columns = session.screen().columns();
    line.setUsageHelpWidth(columns == 0 ? WIDEST_HELP : Math.clamp(columns, 60, WIDEST_HELP));
    line.setUsageHelpAutoWidth(false);
    line.setCaseInsensitiveEnumValuesAllowed(false);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setOut(new PrintWriter(session.screen().out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(session.screen().err(), true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler(onFailure(session));
    line.setParameterExceptionHandler(onUsage(session));
    line.setExpandAtFiles(false);
    return line;
  }

  /**
   * Reading what all commands say of themselves takes longer than most of them do, so a line that
   * begins with a command gets that one alone. Any other line gets all: help, and what is mistyped.
   */
  private static void addCommands(CommandLine line, Session session, String first) {
    var commands = Commands.of(session);
    boolean isOne = commands.containsKey(first);
    commands.forEach((name, command) -> {
      if (!isOne || name.equals(first)) {
        line.addSubcommand(name, command.get());
        var noun = Objects.requireNonNull(line.getSubcommands().get(name));
        Commands.verbs(name, session).forEach(noun::addSubcommand);
      }
    });
  }

  private static IExecutionExceptionHandler onFailure(Session session) {
    return (failure, line, parsed) -> {
      var known = failure instanceof RucheException ruche ? ruche : unexpected(failure);
      if (session.environment().containsKey("RUCHE_DEBUG")) {
        failure.printStackTrace(session.screen().err());
      }
      new Printer(session.screen(), session.errorFormat()).error(known);
      return ExitCode.of(known);
    };
  }

  private static RucheException unexpected(Exception failure) {
    return new RucheException(
        "INTERNAL",
        "unexpected " + failure,
        "This is a defect of Ruche; run again with RUCHE_DEBUG=1 and report what it prints.",
        false,
        failure);
  }

  private static IParameterExceptionHandler onUsage(Session session) {
    return (failure, arguments) -> {
      var line = failure.getCommandLine();
      var usage = new RucheException("USAGE", sentence(failure), hint(line), false);
      new Printer(session.screen(), usageFormat(session, arguments)).error(usage);
      return ExitCode.USAGE;
    };
  }

  private static String sentence(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched);
    }
    var text = String.valueOf(failure.getMessage()).strip().replaceFirst("^Error: ", "");
    return text.endsWith(".") || text.endsWith(")") ? text : text + ".";
  }

  private static String unknown(UnmatchedArgumentException failure) {
    var words = String.join(" ", failure.getUnmatched());
    var known = failure.getSuggestions().stream()
        .filter(name -> name.charAt(0) == words.charAt(0))
        .toList();
    return known.isEmpty()
        ? "%s is not known here.".formatted(words)
        : "%s is not known here; did you mean %s?".formatted(words, String.join(" or ", known));
  }

  private static String hint(CommandLine line) {
    return "See `%s --help`.".formatted(line.getCommandSpec().qualifiedName());
  }

  /** A line that could not be parsed may not have got as far as its {@code --output}. */
  private static OutputFormat usageFormat(Session session, String[] arguments) {
    var line = " " + String.join(" ", arguments) + " ";
    boolean isJson = line.contains(" --output json ")
        || line.contains(" --output=json ")
        || line.contains(" -o json ")
        || line.contains(" -o=json ");
    return isJson ? OutputFormat.json : session.errorFormat();
  }
}
