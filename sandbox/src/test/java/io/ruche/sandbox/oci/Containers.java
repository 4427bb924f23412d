package io.ruche.sandbox.oci;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ruche.core.RunLimits;
import io.ruche.sandbox.Access;
import io.ruche.sandbox.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An engine with a store of its own and an image that runs shell scripts. */
final class Containers implements AutoCloseable {
  static final RunLimits LIMITS = new RunLimits(Duration.ofMinutes(1), 64, 1 << 20, 8);
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  private final Path root;
  private final ContainerSettings settings;
  private final OciSandbox sandbox;
  private final byte[] shellImage;
  private int count;

  private Containers(Path root, ContainerSettings settings, OciSandbox sandbox) throws IOException {
    this.root = root;
    this.settings = settings;
    this.sandbox = sandbox;
    this.shellImage = shellImage("");
  }

  /** Skipped by name where there is no podman, unless the environment forbids that. */
  static Containers start(Path root) throws IOException, InterruptedException {
    return start(root, ContainerSettings.of(root.resolve("oci")).withRuns(4));
  }

  static Containers start(Path root, ContainerSettings settings)
      throws IOException, InterruptedException {
    requireTools();
    return new Containers(root, settings, sandbox(settings, Set.of()));
  }

  static void requireTools() {
    if (System.getenv("RUCHE_REQUIRE_ALL") == null) {
      assumeTrue(Files.isExecutable(BUSYBOX), "busybox-static is not installed");
      assumeTrue(Files.isExecutable(Path.of("/usr/bin/podman")), "podman is not installed");
    }
  }

  static OciSandbox sandbox(ContainerSettings settings, Set<Guard> lifted)
      throws InterruptedException {
    var podman = settings.withChoice(ContainerSettings.Choice.PODMAN);
    return switch (new ContainerStart(podman, System.getenv(), false, lifted).find()) {
      case ContainerStart.Found.Works works -> works.sandbox();
      case ContainerStart.Found.Missing missing -> throw new AssertionError(missing.reason());
    };
  }

  OciSandbox sandbox() {
    return sandbox;
  }

  /** The same engine and images, with guards taken away. */
  OciSandbox without(Guard... guards) throws InterruptedException {
    return sandbox(settings, Set.of(guards));
  }

  /** An image whose one argument is a script; the settings are further JSON fields. */
  static byte[] shellImage(String settings) throws IOException {
    var layer =
        new TarFile().add("bin/busybox", 0755, Files.readAllBytes(BUSYBOX)).bytes();
    return ProbeImage.archive(
        ImageStore.architecture(),
        layer,
        "\"Entrypoint\":[\"/bin/busybox\",\"sh\",\"-c\"],\"Env\":[\"PATH=/bin\"]" + settings);
  }

  RunRequest script(String... lines) throws IOException {
    return request(shellImage, String.join("\n", lines));
  }

  RunRequest request(byte[] archive, String... args) throws IOException {
    var file = root.resolve("image-" + ProbeImage.sha256(archive).hex() + ".tar");
    if (!Files.exists(file)) {
      Files.write(file, archive);
    }
    return request(new RunRequest.App.AppFile(file, ProbeImage.sha256(archive)), args);
  }

  RunRequest request(RunRequest.App app, String... args) throws IOException {
    var folder = Files.createDirectories(root.resolve("run-" + ++count));
    return new RunRequest(
        app,
        "seed",
        List.of(args),
        new TreeMap<>(Map.of("IEXEC_TASK_INDEX", "7")),
        Files.createDirectories(folder.resolve("in")),
        Files.createDirectories(folder.resolve("out")),
        LIMITS,
        Access.NONE);
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
