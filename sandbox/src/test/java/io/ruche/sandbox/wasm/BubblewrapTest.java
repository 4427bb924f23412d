package io.ruche.sandbox.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ruche.sandbox.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a wrapped runner sees of the machine; skipped where bubblewrap does not work. */
class BubblewrapTest {
  @TempDir
  Path folder;

  private @Nullable RunnerPool pool;
  private Path tasks = Path.of(".");
  private long java;

  @BeforeEach
  void start() throws Exception {
    tasks = Files.createDirectory(folder.toRealPath().resolve("tasks"));
    pool = RunnerPool.start(RunnerSettings.of(tasks, List.of()).withMaxMemoryMiB(16));
    assumeTrue(pool.isolation() instanceof Isolation.Wrapped, pool.isolation().toString());
    java = ProcessHandle.of(pool.idleRunners().getFirst())
        .orElseThrow()
        .descendants()
        .filter(child -> child.children().findAny().isEmpty())
        .findFirst()
        .orElseThrow()
        .pid();
  }

  @AfterEach
  void stop() {
    if (pool != null) {
      pool.close();
    }
  }

  @Test
  void noNetworkButLoopback() throws IOException {
    var interfaces = Files.readAllLines(Path.of("/proc/%d/net/dev".formatted(java)));

    assertThat(interfaces.stream().filter(line -> line.contains(":")).map(String::strip))
        .allMatch(line -> line.startsWith("lo:"));
  }

  @Test
  void noFileBesideTheTaskFolders() throws IOException {
    var root = Path.of("/proc/%d/root".formatted(java));
    var key = Files.writeString(folder.toRealPath().resolve("key"), "secret");

    assertThat(root.resolve("etc/passwd")).doesNotExist();
    assertThat(root.resolve(key.toString().substring(1))).doesNotExist();
    assertThat(root.resolve(tasks.toString().substring(1))).isDirectory();
  }

  @Test
  void noCapabilitiesAndAnEmptyEnvironment() throws IOException {
    var status = Files.readString(Path.of("/proc/%d/status".formatted(java)));
    var environ = Files.readString(Path.of("/proc/%d/environ".formatted(java)));

    assertThat(status).contains("CapEff:\t0000000000000000");
    assertThat(environ.split("\0")).allMatch(variable -> variable.matches("(LC_ALL|PWD)=.*"));
  }
}
