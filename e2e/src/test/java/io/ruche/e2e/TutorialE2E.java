package io.ruche.e2e;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.cli.Installation;
import io.ruche.cli.process.ProcessRecord;
import io.ruche.cli.settings.Home;
import io.ruche.cli.up.LocalNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command of docs/tutorial.md on its files, in an empty folder. */
class TutorialE2E {
  private static final long LIMIT_SECONDS = 600;
  private static final Pattern FROM_REGISTRY = Pattern.compile("npm install (.+@\\d.*)");
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final Installation installation = Installation.current();
  private Path tools;
  private Path user;
  private Path outputs;

  @BeforeEach
  void prepare() throws IOException {
    tools = Files.createDirectory(folder.resolve("tools"));
    user = Files.createDirectory(folder.resolve("user"));
    outputs = Files.createDirectory(folder.resolve("outputs"));
    Files.createDirectory(folder.resolve("tmp"));
    Files.createSymbolicLink(user.resolve("ruche"), installation.root());
    for (var tool : new String[] {"forge", "cast"}) {
      Files.createSymbolicLink(tools.resolve(tool), foundry(tool));
    }
    var ruche = tools.resolve("ruche");
    Files.writeString(
        ruche,
        "#!/bin/sh%nexec %s \"$@\"%n"
            .formatted(CommandLine.commandWith(List.of()).stream()
                .map("'%s'"::formatted)
                .collect(joining(" "))));
    Files.setPosixFilePermissions(ruche, PosixFilePermissions.fromString("rwx------"));
  }

  @AfterEach
  void endWhatAFailedRunLeft() throws IOException {
    network().down();
    try (var files = Files.walk(folder.resolve("tmp"))) {
      for (var port : files.filter(file -> file.toString().endsWith(".port")).toList()) {
        long pid = JSON.readTree(Files.readString(port)).path("pid").asLong();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
      }
    }
  }

  @Test
  void tutorialDoesWhatItSays() throws Exception {
    var page = TutorialPage.read(installation.root().resolve("docs/tutorial.md"));
    var script = Files.writeString(
        folder.resolve("tutorial.sh"), page.script(outputs, this::packagesOfTheExamples));

    int code = run(script, Files.createDirectory(folder.resolve("dapp")));

    assertThat(code).as(() -> "what was printed last:\n" + printedLast(page)).isZero();
    for (var commands : page.commands()) {
      assertThat(Files.readString(TutorialPage.outputOf(commands, outputs)))
          .as("printed by the commands of line %d", commands.line())
          .containsPattern(TutorialPage.outputWith(commands.printed()));
    }
    assertThat(network().processes()).noneMatch(ProcessRecord::isRunning);
  }

  /**
   * On a reader's machine the tools are installed, npm knows a registry, and forge fetches solc.
   */
  private Map<String, String> environment() {
    return Map.of(
        "HOME",
        user.toString(),
        "RUCHE_HOME",
        home().folder().toString(),
        "TMPDIR",
        folder.resolve("tmp").toString(),
        "PATH",
        tools + ":" + System.getenv("PATH"),
        "LC_ALL",
        "C.UTF-8",
        "FOUNDRY_SOLC",
        installation.contracts().resolve("bin/solc").toString(),
        "FOUNDRY_OFFLINE",
        "true",
        "npm_config_offline",
        "true",
        "npm_config_update_notifier",
        "false");
  }

  /** Packages of a registry are those that the examples are built with, of the same versions. */
  private String packagesOfTheExamples(String line) {
    var install = FROM_REGISTRY.matcher(line);
    return install.matches()
        ? Stream.of(install.group(1).split(" ")).map(this::link).collect(joining("\n"))
        : line;
  }

  private String link(String wanted) {
    int at = wanted.lastIndexOf('@');
    var name = wanted.substring(0, at);
    var modules = installation.examples().resolve("node_modules");
    try {
      var found = JSON.readTree(modules.resolve(name).resolve("package.json").toFile());
      assertThat(found.path("version").asText())
          .as("the examples' " + name)
          .isEqualTo(wanted.substring(at + 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return """
        mkdir -p node_modules/.bin "$(dirname 'node_modules/%2$s')"
        ln -s '%1$s/%2$s' 'node_modules/%2$s'
        find '%1$s/.bin' -lname '../%2$s/*' -exec cp -P {} node_modules/.bin/ ';'""".formatted(modules, name);
  }

  private Path foundry(String tool) throws IOException {
    var packages = installation.contracts().resolve("node_modules/@foundry-rs");
    try (var found = Files.newDirectoryStream(packages, tool + "-*")) {
      return found.iterator().next().resolve("bin").resolve(tool);
    }
  }

  private int run(Path script, Path in) throws Exception {
    var builder = new ProcessBuilder("bash", "-eu", "-o", "pipefail", script.toString())
        .directory(in.toFile())
        .redirectErrorStream(true)
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectOutput(folder.resolve("tutorial.log").toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(RUCHE|ETH|FOUNDRY|npm)_?.*"));
    builder.environment().putAll(environment());
    var process = builder.start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      return -1;
    }
    return process.exitValue();
  }

  private String printedLast(TutorialPage page) {
    return page.commands().stream()
        .filter(commands -> Files.exists(TutorialPage.outputOf(commands, outputs)))
        .reduce((_, later) -> later)
        .map(last -> "docs/tutorial.md:%d: %s".formatted(last.line(), printed(last)))
        .orElse("nothing");
  }

  private String printed(TutorialPage.Commands commands) {
    try {
      return Files.readString(TutorialPage.outputOf(commands, outputs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Home home() {
    return new Home(folder.resolve("home"));
  }

  private LocalNetwork network() {
    return new LocalNetwork(home(), installation, step -> {});
  }
}
