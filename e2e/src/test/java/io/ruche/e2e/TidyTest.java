package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house rules that a compiler does not check. */
class TidyTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int MAX_FILE_LINES = 500;
  private static final int MAX_METHOD_LINES = 70;
  private static final int MAX_COLUMNS = 100;

  /** Banned call, and what to use in its place. Shells that own time or processes are named. */
  private static final Map<Pattern, String> BANNED = Map.of(
      Pattern.compile("\\.printStackTrace\\(\\)"), "a RucheException or a log line",
      Pattern.compile("\\bnew Date\\("), "java.time.Instant",
      Pattern.compile("\\bCompletableFuture<[^>]*> \\w+\\("), "a blocking method",
      Pattern.compile("Optional<[^=;(]*> \\w+;"), "@Nullable, as Optional is for results");

  @Test
  void filesStayReadable() {
    var tooLong = javaFiles().stream()
        .filter(file -> lines(file).size() > MAX_FILE_LINES)
        .map(file -> name(file) + ": " + lines(file).size() + " lines")
        .toList();

    assertThat(tooLong).as("files over %d lines: split them", MAX_FILE_LINES).isEmpty();
  }

  @Test
  void methodsStayReadable() {
    var tooLong = new ArrayList<String>();
    for (var file : javaFiles()) {
      tooLong.addAll(longMethods(file));
    }

    assertThat(tooLong)
        .as("methods over %d lines: split them", MAX_METHOD_LINES)
        .isEmpty();
  }

  @Test
  void linesFitTheScreen() {
    var wide = new ArrayList<String>();
    for (var file : javaFiles()) {
      var lines = lines(file);
      for (int i = 0; i < lines.size(); i++) {
        var line = lines.get(i);
        boolean isLiteral =
            line.contains("\"") || line.contains("http") || line.startsWith("import ");
        if (line.length() > MAX_COLUMNS && !isLiteral) {
          wide.add("%s:%d has %d columns".formatted(name(file), i + 1, line.length()));
        }
      }
    }

    assertThat(wide).as("lines over %d columns", MAX_COLUMNS).isEmpty();
  }

  @Test
  void bannedCallsHaveAReplacement() {
    var found = new ArrayList<String>();
    for (var file : mainFiles()) {
      var lines = lines(file);
      for (int i = 0; i < lines.size(); i++) {
        for (var rule : BANNED.entrySet()) {
          if (rule.getKey().matcher(lines.get(i)).find()) {
            found.add("%s:%d: use %s".formatted(name(file), i + 1, rule.getValue()));
          }
        }
      }
    }

    assertThat(found).isEmpty();
  }

  @Test
  void onlyMainClassesEndTheProcess() {
    var ending = mainFiles().stream()
        .filter(file -> !file.getFileName().toString().endsWith("Main.java"))
        .filter(file -> lines(file).stream().anyMatch(line -> line.contains("System.exit(")))
        .map(TidyTest::name)
        .toList();

    assertThat(ending).as("classes that end the process: return a value").isEmpty();
  }

  @Test
  void testsNeverSleep() {
    var self = "TidyTest.java";
    var sleeping = javaFiles().stream()
        .filter(file -> file.toString().contains("src/test") && !file.endsWith(self))
        .filter(file -> lines(file).stream().anyMatch(l -> l.contains("Thread.sleep(")))
        .map(TidyTest::name)
        .toList();

    assertThat(sleeping).as("tests that sleep: wait for the event instead").isEmpty();
  }

  @Test
  void nothingIsLeftToFix() {
    var marker = Pattern.compile("\\b(FIX" + "ME|TO" + "DO|X" + "XX)\\b");
    var left = javaFiles().stream()
        .filter(file -> lines(file).stream().anyMatch(l -> marker.matcher(l).find()))
        .map(TidyTest::name)
        .toList();

    assertThat(left).isEmpty();
  }

  @Test
  void linksInDocsLeadSomewhere() {
    var dead = new ArrayList<String>();
    var link = Pattern.compile("\\[[^\\]]*\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    for (var doc : filesEnding(".md")) {
      var matcher = link.matcher(String.join("\n", lines(doc)));
      while (matcher.find()) {
        var target = matcher.group(1);
        if (!target.matches("[a-z]+:.*") && !Files.exists(doc.resolveSibling(target))) {
          dead.add(name(doc) + " links to " + target);
        }
      }
    }

    assertThat(dead).isEmpty();
  }

  @Test
  void lockFilesNameNoRegistry() {
    var naming = filesEnding("package-lock.json").stream()
        .filter(file -> lines(file).stream().anyMatch(l -> l.contains("\"resolved\": \"http")))
        .map(TidyTest::name)
        .toList();

    assertThat(naming).isEmpty();
  }

  private static List<String> longMethods(Path file) {
    var found = new ArrayList<String>();
    var lines = lines(file);
    var opening =
        Pattern.compile("^  (?! )[^/*@}].*\\)( throws [\\w., ]+)? \\{$|^      throws .*\\{$");
    int start = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (opening.matcher(lines.get(i)).find()) {
        start = i;
      } else if (lines.get(i).equals("  }") && start >= 0) {
        if (i - start > MAX_METHOD_LINES) {
          found.add("%s:%d has %d lines".formatted(name(file), start + 1, i - start));
        }
        start = -1;
      }
    }
    return found;
  }

  private static List<Path> javaFiles() {
    return filesEnding(".java");
  }

  private static List<Path> mainFiles() {
    return javaFiles().stream()
        .filter(file -> file.toString().contains("src/main"))
        .toList();
  }

  private static List<Path> filesEnding(String suffix) {
    try (Stream<Path> files = Files.walk(ROOT, 16)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .filter(file -> isOurs(ROOT.relativize(file).toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOurs(String path) {
    return Stream.of(
            "target/", "node_modules/", ".git/", ".ruche-build/", "/build/", "contracts/out/")
        .noneMatch(skipped ->
            path.startsWith(skipped) || path.contains("/" + skipped) || path.contains(skipped));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return ROOT.relativize(file).toString();
  }
}
