package io.ruche.sandbox.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search for an engine that is stopped while the engine is at work. */
class ContainerStartTest {
  private static final Path MOUNTS = Path.of("/proc/self/mounts");

  @TempDir
  Path root;

  @BeforeEach
  void requireTools() {
    Containers.requireTools();
  }

  /** At the engine's n-th call, which goes on for a while after it has mounted its store. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void searchThatIsInterruptedLeavesNoMount(int calls) throws Exception {
    var bin = Files.createDirectory(root.resolve("bin"));
    var slow = slowPodman(bin, calls);
    var settings = ContainerSettings.of(root.resolve("oci"));
    var search = Thread.ofVirtual().start(() -> {
      try {
        new ContainerStart(settings, Map.of("PATH", bin.toString()), false, Set.of()).find();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });

    awaitFile(slow, search);
    search.interrupt();
    search.join();

    assertThat(mountsBelow(root)).isEmpty();
  }

  /** Stands in for podman, and tells by a file that the store is mounted and held. */
  private Path slowPodman(Path bin, int calls) throws IOException {
    var told = root.resolve("told");
    var script = """
        #!/bin/sh
        PATH=/usr/sbin:/usr/bin:/sbin:/bin
        echo call >> %1$s/calls
        [ $(grep -c call %1$s/calls) = %2$d ] || exec podman "$@"
        mkdir -p %1$s/oci/store/overlay
        podman "$@" &
        podman=$!
        trap 'kill $podman; wait $podman; exit 1' TERM
        while ! grep -q %1$s/oci/store /proc/mounts && kill -0 $podman; do :; done
        echo told > %3$s
        wait $podman
        """.formatted(root, calls, told);
    var file = Files.writeString(bin.resolve("podman"), script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return told;
  }

  private static void awaitFile(Path file, Thread search) {
    while (!Files.exists(file) && search.isAlive()) {
      Thread.onSpinWait();
    }
  }

  private static List<String> mountsBelow(Path folder) throws IOException {
    return Files.readAllLines(MOUNTS).stream()
        .filter(line -> line.contains(folder.toString()))
        .toList();
  }
}
