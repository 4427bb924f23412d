package io.ruche.cli.demo;

import io.ruche.cli.output.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines that are redrawn in place on a terminal. Elsewhere each line is printed once whenever it
 * changed, so that a log tells the same story.
 */
public final class LiveBlock {
  /** What sets a colour takes no room. */
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  private final Screen screen;
  private List<String> shown = List.of();

  LiveBlock(Screen screen) {
    this.screen = screen;
  }

  public void show(List<String> lines) {
    if (lines.equals(shown)) {
      return;
    }
    if (screen.isTerminal()) {
      redraw(lines);
    } else {
      lines.stream().filter(line -> !shown.contains(line)).forEach(screen.out()::println);
    }
    screen.out().flush();
    shown = new ArrayList<>(lines);
  }

  private void redraw(List<String> lines) {
    if (!shown.isEmpty()) {
      screen.out().print("\u001b[" + shown.size() + "A\u001b[J");
    }
    for (var line : lines) {
      boolean fits = COLOUR.matcher(line).replaceAll("").length() <= screen.columns();
      screen.out().println(fits ? line : line.substring(0, screen.columns() - 1) + "…");
    }
  }
}
