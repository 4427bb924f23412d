package io.ruche.cli.demo;

import io.ruche.cli.output.OutputFormat;
import io.ruche.cli.output.Screen;
import io.ruche.cli.output.Section;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Tells the demonstration to a person, chapter by chapter; silent when a program listens. */
final class Story {
  /** Width of tables when the story goes to a file. */
  private static final int PAGE_COLUMNS = 100;

  private final Screen screen;

  Story(Screen screen, OutputFormat format) {
    this.screen = format == OutputFormat.table ? screen : silent();
  }

  void chapter(String title) {
    screen.out().println();
    screen.out().println("── " + title);
    screen.out().flush();
  }

  void say(String sentence) {
    screen.out().println("   " + sentence);
    screen.out().flush();
  }

  void show(Section section) {
    int columns = screen.isTerminal() ? screen.columns() : PAGE_COLUMNS;
    section.forTerminal(columns - 3).forEach(this::say);
  }

  LiveBlock live() {
    return new LiveBlock(screen);
  }

  private static Screen silent() {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Screen(nowhere, nowhere, 0, false);
  }
}
