package io.ruche.cli;

import io.ruche.cli.output.OutputFormat;
import io.ruche.cli.settings.Key;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The top of the command tree: the options that every command takes. */
@Command(
    name = "ruche",
    description = "An open marketplace for computing: sell idle machines, buy certified runs.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche up --workers 3                 start a local chain, pool and three workers",
      "  ruche run 0x5fbd..0aa3 --trust 3     buy one run of an app, checked by copies"
    },
    versionProvider = Version.class)
final class RucheCommand {
  private final Session session;

  RucheCommand(Session session) {
    this.session = session;
  }

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      order = 100,
      description = "Folder with wallets, settings and state (default: ~/.ruche).")
  void home(Path home) {
    session.flag(Key.HOME, home.toString());
  }

  @Option(
      names = "--network",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      order = 101,
      description = "Where chain, hub and market are (default: network.json of the home).")
  void network(Path file) {
    session.flag(Key.NETWORK, file.toString());
  }

  @Option(
      names = "--wallet",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      order = 102,
      description = "Wallet that signs: a name in the home, or a key file.")
  void wallet(String wallet) {
    session.flag(Key.WALLET, wallet);
  }

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      order = 103,
      description = "File with the wallet's password (default: ask on the terminal).")
  void passwordFile(Path file) {
    session.flag(Key.PASSWORD_FILE, file.toString());
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      order = 104,
      description = "${COMPLETION-CANDIDATES} (default: table).")
  void output(OutputFormat format) {
    session.flag(Key.OUTPUT, format.name());
  }

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      order = 105,
      description = "Show what a command does.")
  void help(boolean isAsked) {}

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      order = 106,
      description = "Show the version.")
  void version(boolean isAsked) {}
}
