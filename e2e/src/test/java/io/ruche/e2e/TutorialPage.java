package io.ruche.e2e;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A page of docs as a program. Of its fenced blocks {@code ```sh} are commands, {@code ```text}
 * lines that the commands before it print ("…" stands for anything), and {@code ```ts app/put.ts}
 * is a file.
 */
record TutorialPage(List<Block> blocks) {
  private static final Pattern FENCED =
      Pattern.compile("^```(\\S*)(?: (\\S+))?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final String END_OF_FILE = "END_OF_THE_TUTORIALS_FILE";

  /** Known by the line of the page on which it begins. */
  sealed interface Block {
    int line();
  }

  record Commands(int line, String text, List<String> printed) implements Block {}

  record SourceFile(int line, String path, String text) implements Block {}

  static TutorialPage read(Path page) throws IOException {
    var text = Files.readString(page);
    var blocks = new ArrayList<Block>();
    var fence = FENCED.matcher(text);
    while (fence.find()) {
      int line = (int) text.substring(0, fence.start()).lines().count() + 1;
      var body = fence.group(3);
      if (fence.group(2) != null) {
        blocks.add(new SourceFile(line, fence.group(2), body));
      } else if (fence.group(1).equals("sh")) {
        blocks.add(new Commands(line, body, List.of()));
      } else if (fence.group(1).equals("text")
          && !blocks.isEmpty()
          && blocks.removeLast() instanceof Commands before) {
        blocks.add(new Commands(before.line(), before.text(), body.lines().toList()));
      } else {
        throw new AssertionError(
            "%s:%d: neither a file, nor commands, nor what they print".formatted(page, line));
      }
    }
    return new TutorialPage(List.copyOf(blocks));
  }

  List<Commands> commands() {
    return blocks.stream()
        .filter(Commands.class::isInstance)
        .map(Commands.class::cast)
        .toList();
  }

  /**
   * All of it in its order, for a shell that ends at the first failure.
   *
   * @param outputs folder for what the commands of each block print
   * @param substitute changes a line of commands
   */
  String script(Path outputs, UnaryOperator<String> substitute) {
    var script = new StringBuilder();
    for (var block : blocks) {
      switch (block) {
        case SourceFile file ->
          script.append("mkdir -p \"$(dirname '%2$s')\"%ncat >'%2$s' <<'%1$s'%n%3$s%1$s%n"
              .formatted(END_OF_FILE, file.path(), file.text()));
        case Commands commands ->
          script.append("{%n%s%n} >'%s' 2>&1%n"
              .formatted(
                  commands.text().lines().map(substitute).collect(joining("\n")),
                  outputOf(commands, outputs)));
      }
    }
    return script.toString();
  }

  static Path outputOf(Commands commands, Path outputs) {
    return outputs.resolve("line-%d.txt".formatted(commands.line()));
  }

  /** Matches output that has these lines, in their order, perhaps among others. */
  static Pattern outputWith(List<String> printed) {
    return Pattern.compile(printed.stream()
        .map(line -> Pattern.quote(line).replace("…", "\\E[^\\n]*\\Q"))
        .collect(joining("[^\\n]*\\n(?s:.*?)")));
  }
}
