package io.ruche.manifest.stubs;

import java.util.ArrayList;
import java.util.List;

/** Lines of source code that fit the screen. */
final class Source {
  static final int WIDTH = 100;

  private final StringBuilder text = new StringBuilder();

  Source line(String line) {
    text.append(line).append('\n');
    return this;
  }

  Source blank() {
    return line("");
  }

  /** The text in lines that start with a prefix. */
  Source comment(String prefix, String words) {
    return comment(prefix, prefix, words);
  }

  /** The same, with another start of the first line. */
  Source comment(String first, String prefix, String words) {
    var start = first;
    for (var part : wrapped(words, WIDTH - Math.max(prefix.length(), first.length()))) {
      line((start + part).stripTrailing());
      start = prefix;
    }
    return this;
  }

  static List<String> wrapped(String words, int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : words.strip().split("\\s+", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
