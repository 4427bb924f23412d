package io.ruche.cli.output;

import java.io.PrintStream;

/**
 * Where output goes, and what is known about it.
 *
 * @param out data
 * @param err words: progress, notes, errors
 * @param columns width of the terminal behind {@code out}; 0 when it is no terminal
 * @param isErrTerminal whether a person watches {@code err} live
 */
public record Screen(PrintStream out, PrintStream err, int columns, boolean isErrTerminal) {
  public boolean isTerminal() {
    return columns > 0;
  }
}
