package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ruche.cli.up.UpOptions;
import io.ruche.core.Address;
import io.ruche.core.TaskStatus;
import io.ruche.sdk.RucheClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * An image that is built here, sold as an archive, run by a worker's podman and certified; and a
 * run of it that its requester stops.
 */
class ImageE2E {
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final String STAY = "stay";

  /** Keeps its argument; with one it stays, and its grandchild would outlive it. */
  private static final String SCRIPT = """
      if [ $0 = stay ]; then
        echo at work
        (/bin/busybox sleep 86396 & wait) &
        wait
      fi
      echo $0 > $IEXEC_OUT/word
      """;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  @Test
  void imageIsBoughtRunCertifiedAndDownloaded() throws Exception {
    requireTools();
    try (var market = new Marketplace(folder, UpOptions.ofWorkers(1));
        var requester = market.requester()) {
      var app = market.app(image(), "DOCKER");
      var deal = market.buy(requester, new Marketplace.Wish(app, 1, 1, "honey"));

      var tasks = market.settled(requester, deal);

      assertThat(tasks).allMatch(task -> task.status() == TaskStatus.COMPLETED);
      var result = market.verified(requester, tasks).getFirst();
      assertThat(result.failure()).isEmpty();
      assertThat(result.folder().resolve("word")).hasContent("honey");
      cancelledContainerLeavesNothing(market, requester, app);
    }
  }

  private static void cancelledContainerLeavesNothing(
      Marketplace market, RucheClient requester, Address app) throws Exception {
    var engine = market.home().worker(1).resolve("oci");
    var deal = market.buy(requester, new Marketplace.Wish(app, 1, 1, STAY));
    Marketplace.await("the grandchild", () -> isStaying() ? true : null);
    assertThat(containers(engine)).as("while it runs").isNotEmpty();

    var run = new CancelledRun(market);
    run.stop(requester, deal);

    assertThat(isStaying()).isFalse();
    Marketplace.await("no container", () -> containers(engine).isEmpty() ? true : null);
    assertThat(Files.readAllLines(Path.of("/proc/self/mountinfo")))
        .noneMatch(mount -> mount.contains(engine.toString()) && mount.contains("/merged"));
    run.awaitNoFolder(deal);
  }

  private static boolean isStaying() {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> process.info().commandLine().orElse("").endsWith("sleep 86396"));
  }

  /** Each container has a folder in the engine's store, whatever way the store keeps layers. */
  private static List<Path> containers(Path engine) {
    try (var found = Files.find(
        engine.resolve("store"),
        2,
        (file, _) -> String.valueOf(file.getParent()).endsWith("-containers")
            && String.valueOf(file.getFileName()).matches("[0-9a-f]{64}"))) {
      return found.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireTools() {
    if (System.getenv("RUCHE_REQUIRE_ALL") == null) {
      assumeTrue(Files.isExecutable(BUSYBOX), "busybox-static is not installed");
      assumeTrue(Files.isExecutable(Path.of("/usr/bin/podman")), "podman is not installed");
    }
  }

  /** As `podman save` writes it: one layer with one program, which keeps its argument. */
  private static Path image() throws Exception {
    var bin = Files.createDirectories(folder.resolve("layer/bin"));
    Files.copy(BUSYBOX, bin.resolve("busybox"), StandardCopyOption.COPY_ATTRIBUTES);
    var image = Files.createDirectories(folder.resolve("image"));
    tar(image.resolve("layer.tar"), folder.resolve("layer"));
    Files.writeString(image.resolve("config.json"), """
        {"architecture":"%s","os":"linux","rootfs":{"type":"layers","diff_ids":["sha256:%s"]},
         "config":{"Entrypoint":["/bin/busybox","sh","-c","%s"]}}
        """.formatted(
        architecture(), sha256(image.resolve("layer.tar")), SCRIPT.strip().replace("\n", "\\n")));
    Files.writeString(
        image.resolve("manifest.json"),
        "[{\"Config\":\"config.json\",\"RepoTags\":null,\"Layers\":[\"layer.tar\"]}]");
    var archive = folder.resolve("image.tar");
    tar(archive, image);
    return archive;
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }

  private static void tar(Path file, Path content) throws Exception {
    var process = new ProcessBuilder(
            "sh", "-c", "cd \"$1\" && tar -cf \"$0\" *", file.toString(), content.toString())
        .inheritIO()
        .start();
    assertThat(process.waitFor()).isZero();
  }

  private static String sha256(Path file) throws Exception {
    var process = new ProcessBuilder("sha256sum", file.toString()).start();
    try (var reader = process.inputReader()) {
      return reader.readLine().split(" ", 2)[0];
    }
  }
}
