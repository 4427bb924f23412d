package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ruche.agent.AotCache;
import io.ruche.cli.Installation;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What a build keeps of the classes that its programs load. */
class CachesE2E {
  private static final long LIMIT_SECONDS = 300;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  /** As in a container that may make no namespaces, or on a system without it. */
  @Test
  void whereBubblewrapDoesNotWorkOnlyTheRunnersHaveNone() throws Exception {
    if (System.getenv("RUCHE_REQUIRE_ALL") == null) {
      assumeTrue(AotCache.ofRunners() != null, "Java keeps classes of jars only; run ./ruche test");
    }
    var programs = Files.createDirectory(folder.resolve("bin"));
    var bubblewrap = Files.writeString(
        programs.resolve("bwrap"),
        "#!/bin/sh\necho 'No permissions to create namespace' >&2\nexit 1\n");
    assertThat(bubblewrap.toFile().setExecutable(true)).isTrue();

    assertThat(warmUp(programs)).as(said()).isZero();

    assertThat(said()).contains("runners start without a cache");
    assertThat(folder.resolve("ruche.aot")).isNotEmptyFile();
    assertThat(folder.resolve("agent.aot")).isNotEmptyFile();
    assertThat(folder.resolve("server.aot")).isNotEmptyFile();
    assertThat(AotCache.ofRunners(folder)).doesNotExist();
  }

  /** The call of the launcher after a build; how it ended. */
  private int warmUp(Path programs) throws Exception {
    var here = Installation.current();
    var builder = new ProcessBuilder(List.of(
            here.java().toString(),
            "-XX:AOTCacheOutput=" + folder.resolve("ruche.aot"),
            "-Xlog:disable",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Druche.root=" + Path.of("..").toRealPath(),
            "-D" + AotCache.OUTPUT + "=" + folder,
            "-cp",
            here.classpath(),
            "io.ruche.cli.Main",
            "--warm-up"))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said").toFile());
    builder
        .environment()
        .merge("PATH", programs.toString(), (old, first) -> first + File.pathSeparator + old);
    builder.environment().keySet().removeIf(name -> name.startsWith("RUCHE_"));
    var process = builder.start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(said()).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private String said() throws Exception {
    var file = folder.resolve("said");
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
