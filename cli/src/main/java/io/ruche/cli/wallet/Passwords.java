package io.ruche.cli.wallet;

import io.ruche.chain.wallet.Secret;
import io.ruche.cli.Session;
import io.ruche.cli.output.Reason;
import io.ruche.core.RucheException;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Where a wallet's password comes from: a variable, a file, or the person at the terminal. */
final class Passwords {
  static final String VARIABLE = "RUCHE_WALLET_PASSWORD";
  private static final int MAX_FILE_BYTES = 4_096;

  private final Session session;

  Passwords(Session session) {
    this.session = session;
  }

  /** The password of a wallet that exists. */
  Secret ask(String wallet) {
    return given().orElseGet(() -> prompt("Password of wallet " + wallet + ": "));
  }

  /** A password for a new wallet; typed twice. */
  Secret choose(String wallet) {
    return given().orElseGet(() -> {
      var first = prompt("Password for the new wallet " + wallet + ": ");
      if (!first.equals(prompt("The same again: "))) {
        throw new RucheException(
            "WALLET_PASSWORD_MISSING", "the two passwords differ.", "Try again.", true);
      }
      return first;
    });
  }

  private Optional<Secret> given() {
    var variable = session.environment().get(VARIABLE);
    if (variable != null && !variable.isEmpty()) {
      return Optional.of(Secret.of(variable));
    }
    var file = session.settings().passwordFile();
    return file == null ? Optional.empty() : Optional.of(read(file));
  }

  /** First line of a small file. */
  static Secret read(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IOException("it is larger than %d bytes".formatted(MAX_FILE_BYTES));
      }
      return Secret.of(Files.readString(file).lines().findFirst().orElse("").strip());
    } catch (IOException e) {
      throw new RucheException(
          "SECRET_FILE",
          "cannot read the secret in %s: %s.".formatted(file, Reason.of(e)),
          "Name a file that holds it in its first line and that you may read.",
          false,
          e);
    }
  }

  private static Secret prompt(String question) {
    Console console = Objects.requireNonNull(System.console());
    if (!console.isTerminal()) {
      throw new RucheException(
          "WALLET_PASSWORD_MISSING",
          "the wallet needs a password and there is no terminal to ask on.",
          "Set --password-file or %s.".formatted(VARIABLE),
          false);
    }
    char[] typed = console.readPassword("%s", question);
    if (typed == null) {
      throw new RucheException("CANCELLED", "no password was given.", "", false);
    }
    return Secret.of(new String(typed));
  }
}
