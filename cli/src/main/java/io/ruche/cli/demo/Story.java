package io.ruche.cli.demo;

import io.ruche.cli.output.OutputFormat;
import io.ruche.cli.output.Screen;
import io.ruche.cli.output.Section;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Tells the demonstration to a person, chapter by chapter; silent when a program listens. */
public final class Story {
  /** Width of tables when the story goes to a file. */
  private static final int PAGE_COLUMNS = 100;

  private final Screen screen;

  public Story(Screen screen, OutputFormat format) {
    this.screen = format == OutputFormat.table ? screen : silent();
  }

  public void chapter(String title) {
    screen.out().println();
    screen.out().println("── " + title);
    screen.out().flush();
  }

  public void say(String sentence) {
    screen.out().println("   " + sentence);
    screen.out().flush();
  }

  /** An empty line. */
  public void gap() {
    screen.out().println();
  }

  /** Whether somebody watches a terminal. */
  public boolean isLive() {
    return screen.isTerminal();
  }

  public void show(Section section) {
    int columns = screen.isTerminal() ? screen.columns() : PAGE_COLUMNS;
    section.forTerminal(columns - 3).forEach(this::say);
  }

  public LiveBlock live() {
    return new LiveBlock(screen);
  }

  private static Screen silent() {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Screen(nowhere, nowhere, 0, false);
  }
}
