package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.Address;
import io.ruche.core.TokenAmount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger does with the archive, on a machine without Java and Node. */
class UnpackedArchiveE2E {
  private static final long LIMIT_SECONDS = 600;
  private static final List<String> PROGRAMS =
      List.of("sh", "dirname", "readlink", "tput", "uname", "bwrap", "tar", "gzip");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private record Outcome(int code, String out, String err) {}

  @Test
  void unpackedArchiveJoinsAPoolAndEarns() throws Exception {
    var ruche = unpack(archive());
    assertThat(call(ruche, "--version").out()).startsWith("ruche ").doesNotContain("development");

    try (var market = new Marketplace(folder, 0);
        var requester = market.requester()) {
      var url = market.network().market().toString();
      try {
        var joined = call(ruche, "worker", "join", url, "--slots", "1", "--detach", "-o", "json");
        assertThat(joined.code()).as(joined.err()).isZero();
        var again = call(ruche, "worker", "join", url, "--slots", "1", "--detach", "-o", "json");
        assertThat(again.out()).contains("\"running\"");

        var worker =
            new Address(new JsonMapper().readTree(joined.out()).path("worker").asText());
        var before = market.balance(requester, worker);
        var deal = market.buy(requester, new Marketplace.Wish(market.app("noop"), 1, 1, "x"));
        var tasks = market.settled(requester, deal);

        assertThat(market.verified(requester, tasks)).hasSize(1);
        assertThat(market.balance(requester, worker)).isGreaterThan(before);
        assertThat(before).isGreaterThan(TokenAmount.ZERO);
        assertThat(mapped()).contains("/lib/agent.aot");
        if (Files.isExecutable(Path.of("/usr/bin/bwrap"))) { // else no runner can be trained
          assertThat(mapped()).contains("/lib/runner.aot");
        }
      } finally {
        assertThat(call(ruche, "worker", "stop").code()).isZero();
      }
    }
  }

  /** Which files the worker and its runners have in memory; Java leaves out what does not fit. */
  private String mapped() throws IOException {
    try (var files = Files.walk(folder.resolve("stranger"))) {
      var status =
          files.filter(file -> file.endsWith("status.json")).findFirst().orElseThrow();
      long pid = new JsonMapper().readTree(status.toFile()).path("pid").asLong();
      var worker = ProcessHandle.of(pid).orElseThrow();
      var text = new StringBuilder();
      for (var process : Stream.concat(Stream.of(worker), worker.descendants()).toList()) {
        text.append(Files.readString(Path.of("/proc/%d/maps".formatted(process.pid()))));
      }
      return text.toString();
    }
  }

  /** Made by the command that people use; the build before it is not repeated. */
  private Path archive() throws Exception {
    var launcher = Path.of("../ruche").toAbsolutePath().normalize();
    boolean isBuilt = Files.exists(launcher.resolveSibling(".ruche-build/current"));
    if (System.getenv("RUCHE_REQUIRE_ALL") == null) {
      assumeTrue(isBuilt, "the archive is made from what ./ruche built; run ./ruche test");
    }
    var outcome = run(
        List.of(launcher.toString(), "dist", folder.resolve("dist").toString()),
        System.getenv("PATH"));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return Path.of(outcome.out().strip());
  }

  private Path unpack(Path archive) throws Exception {
    var place = Files.createDirectories(folder.resolve("a place"));
    var tar = List.of("tar", "-xzf", archive.toString(), "-C", place.toString());
    assertThat(run(tar, System.getenv("PATH")).code()).isZero();
    try (var unpacked = Files.list(place)) {
      return unpacked.findFirst().orElseThrow().resolve("bin/ruche");
    }
  }

  private Outcome call(Path ruche, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(ruche.toString()));
    command.addAll(List.of(arguments));
    command.add("--home=" + folder.resolve("stranger"));
    return run(command, withoutJavaAndNode().toString());
  }

  /** A folder with the few programs that a plain system has. */
  private Path withoutJavaAndNode() throws IOException {
    var tools = folder.resolve("tools");
    if (Files.exists(tools)) {
      return tools;
    }
    Files.createDirectories(tools);
    for (var program : PROGRAMS) {
      for (var place : List.of("/usr/bin", "/bin")) {
        var found = Path.of(place, program);
        if (Files.exists(found) && !Files.exists(tools.resolve(program))) {
          Files.createSymbolicLink(tools.resolve(program), found);
        }
      }
    }
    return tools;
  }

  private Outcome run(List<String> command, String path) throws Exception {
    var out = Files.createTempFile(folder, "out", "");
    var err = Files.createTempFile(folder, "err", "");
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("PATH", path);
    builder.environment().put("RUCHE_NO_BUILD", "1");
    var process = builder.start();
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
