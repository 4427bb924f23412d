package io.ruche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script on a small repository whose tools are stand-ins that write down their calls.
 */
class LauncherTest {
  private static final Path SCRIPT = Path.of("../ruche").toAbsolutePath().normalize();
  private static final long LIMIT_SECONDS = 120;

  @TempDir
  Path folder;

  private Path root;
  private Path tools;

  private record Outcome(int code, String out, String err) {}

  @BeforeEach
  void createRepository() throws IOException {
    root = folder.resolve("repository");
    tools = folder.resolve("tools");
    write(root.resolve("pom.xml"), "<project/>");
    write(root.resolve("cli/pom.xml"), "<project/>");
    write(root.resolve("cli/src/main/java/Main.java"), "class Main {}");
    write(root.resolve("contracts/package.json"), "{}");
    write(root.resolve("contracts/package-lock.json"), "{}");
    write(root.resolve("contracts/src/Hub.sol"), "contract Hub {}");
    Files.copy(SCRIPT, root.resolve("ruche"));
    program(
        "npm",
        "echo \"npm $*\" >>\"$CALLS\"; case \"$1\" in ci) mkdir -p node_modules;; esac; [ \"$1\" != \"${NPM_FAILS:-}\" ]");
    program("node", "echo v22.1.0");
    program(
        "mvn",
        "echo \"mvn $JAVA_HOME\" >>\"$CALLS\"; [ -z \"${MVN_FAILS:-}\" ] || { echo boom in Main.java; exit 1; }",
        "mkdir -p cli/target/lib liar/target; echo a >cli/target/lib/ruche-core-1.jar",
        "echo b >cli/target/ruche-cli-1.jar; echo c >cli/target/lib/other.jar",
        "echo d >liar/target/ruche-liar-1.jar");
    jdk("25.0.1");
  }

  @Test
  void firstCallBuildsEveryStageAndLaterOnesOnlyStart() throws Exception {
    var first = ruche("wallet", "list");
    var second = ruche("wallet", "list");

    assertThat(first.code()).isZero();
    assertThat(first.out()).contains("io.ruche.cli.Main wallet list");
    assertThat(first.err()).contains("[1/3] contracts ... done").contains("[3/3] java ... done");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(calls()).containsExactly("npm ci", "npm run build", "mvn " + jdk());
  }

  @Test
  void onlyTheStageThatChangedIsBuiltAndWhatFollowsIt() throws Exception {
    ruche("x");
    forgetCalls();

    write(root.resolve("cli/src/main/java/Main.java"), "class Main { int a; }");
    ruche("x");
    assertThat(calls()).containsExactly("mvn " + jdk());

    forgetCalls();
    write(root.resolve("contracts/src/Hub.sol"), "contract Hub { uint256 a; }");
    ruche("x");
    assertThat(calls()).containsExactly("npm run build", "mvn " + jdk());
  }

  @Test
  void touchedFileAndChangedTestAskForNoBuild() throws Exception {
    ruche("x");
    forgetCalls();

    Files.setLastModifiedTime(
        root.resolve("pom.xml"), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
    write(root.resolve("cli/src/test/java/MainTest.java"), "class MainTest {}");
    ruche("x");

    assertThat(calls()).isEmpty();
  }

  @Test
  void failedBuildShowsTheEndOfItsLogAndIsTriedAgain() throws Exception {
    var failed = run(Map.of("MVN_FAILS", "1"), "x");

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err())
        .contains("[3/3] java ... failed")
        .contains("boom in Main.java")
        .contains("BUILD_FAILED: the java stage did not build");
    assertThat(ruche("x").code()).isZero();
  }

  @Test
  void missingJdkIsOneSentenceAndOneObjectForPrograms() throws Exception {
    jdk("17.0.2");
    hideTheJdksOfThisMachine();

    var people = ruche("status");
    var programs = ruche("status", "--output", "json");

    assertThat(people.code()).isEqualTo(1);
    assertThat(people.err())
        .startsWith("JDK_MISSING: Ruche needs a JDK 25 or newer and found 17")
        .hasLineCount(1);
    assertThat(programs.err()).startsWith("{\"error\":{\"code\":\"JDK_MISSING\"");
  }

  private void hideTheJdksOfThisMachine() throws IOException {
    var script = Files.readString(SCRIPT);
    var usual = script.substring(
        script.indexOf("/usr/lib/jvm/*"), script.indexOf("; do", script.indexOf("/usr/lib/jvm/*")));
    Files.writeString(root.resolve("ruche"), script.replace(usual, ""));
    Files.createSymbolicLink(tools.resolve("java"), folder.resolve("jdk/bin/java"));
  }

  @Test
  void linkFromAnotherFolderFindsTheRepositoryAndKeepsTheFolder() throws Exception {
    var link = folder.resolve("bin/ruche");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, root.resolve("ruche"));

    var outcome = start(List.of(link.toString(), "x"), Map.of());

    assertThat(outcome.out())
        .contains("-Druche.root=" + root.toRealPath())
        .contains("cwd=" + folder.toRealPath());
  }

  @Test
  void plainLocaleIsReplacedByOneThatCanNameAnyFile() throws Exception {
    assertThat(run(Map.of("LC_ALL", "C"), "x").out()).contains("locale=C.UTF-8");
    assertThat(run(Map.of("LC_ALL", "fr_FR.UTF-8"), "x").out()).contains("locale=fr_FR.UTF-8");
  }

  @Test
  void twoCallsAtOnceBuildOnce() throws Exception {
    var results = new ArrayList<Outcome>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      threads.add(Thread.ofVirtual().start(() -> {
        try {
          var outcome = ruche("x");
          synchronized (results) {
            results.add(outcome);
          }
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }));
    }
    for (var thread : threads) {
      thread.join();
    }

    assertThat(results)
        .hasSize(2)
        .allSatisfy(outcome -> assertThat(outcome.code()).isZero());
    assertThat(calls()).containsOnlyOnce("npm run build").containsOnlyOnce("mvn " + jdk());
  }

  @Test
  void lockOfADeadBuildIsTakenOver() throws Exception {
    write(root.resolve(".ruche-build/lock/pid"), "999999999");

    assertThat(ruche("x").code()).isZero();
  }

  @Test
  void testRunsEverySuiteAndNamesTheOneThatFailed() throws Exception {
    var passed = ruche("test");
    assertThat(passed.code()).as(passed.err()).isZero();
    assertThat(passed.err()).contains("contracts ... done", "java ... done", "all tests passed");
    assertThat(calls()).contains("npm run check --if-present", "npm test");

    var failed = run(Map.of("NPM_FAILS", "test"), "test");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err())
        .contains("java ... done", "contracts ... failed", "these suites failed: contracts;");
  }

  private Outcome ruche(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  private Outcome run(Map<String, String> environment, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(root.resolve("ruche").toString()));
    command.addAll(List.of(arguments));
    return start(command, environment);
  }

  private Outcome start(List<String> command, Map<String, String> environment) throws Exception {
    var out = Files.createTempFile(folder, "out", "");
    var err = Files.createTempFile(folder, "err", "");
    var builder = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("RUCHE_"));
    builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", jdk());
    builder.environment().put("MAVEN_HOME", "");
    builder.environment().put("CALLS", callsFile().toString());
    builder.environment().putAll(environment);
    var process = builder.start();
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private List<String> calls() throws IOException {
    return Files.exists(callsFile()) ? Files.readAllLines(callsFile()) : List.of();
  }

  private void forgetCalls() throws IOException {
    Files.deleteIfExists(callsFile());
  }

  private Path callsFile() {
    return folder.resolve("calls");
  }

  private String jdk() {
    return folder.resolve("jdk").toString();
  }

  private void jdk(String version) throws IOException {
    var home = folder.resolve("jdk");
    write(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    executable(home.resolve("bin/javac"), "exit 0");
    executable(
        home.resolve("bin/java"), "echo \"$*\"; echo \"cwd=$(pwd -P)\"; echo \"locale=$LC_ALL\"");
  }

  private void program(String name, String... lines) throws IOException {
    executable(tools.resolve(name), String.join("\n", lines));
  }

  private static void executable(Path file, String script) throws IOException {
    write(file, "#!/usr/bin/env bash\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
