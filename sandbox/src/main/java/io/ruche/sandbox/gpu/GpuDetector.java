package io.ruche.sandbox.gpu;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Asks {@code nvidia-smi} and {@code rocm-smi}, and looks for the devices of what they name. */
public final class GpuDetector {
  /** A driver that hangs must not keep the worker from starting. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int MAX_BYTES = 1 << 20;

  private static final List<String> ASK_NVIDIA =
      List.of("nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader,nounits");
  private static final List<String> ASK_AMD =
      List.of("rocm-smi", "--showproductname", "--showmeminfo", "vram", "--csv");

  private final String searchPath;
  private final Path devices;

  /**
   * A detector.
   *
   * @param searchPath folders with programs, divided as in {@code PATH}
   * @param devices {@code /dev}
   */
  public GpuDetector(String searchPath, Path devices) {
    this.searchPath = searchPath;
    this.devices = devices;
  }

  /** What this machine has, by the worker's own {@code PATH}. */
  public static Gpus detect() throws InterruptedException {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return new GpuDetector(path, Path.of("/dev")).find();
  }

  /** Empty when no tool is installed, or none answers in time. */
  public Gpus find() throws InterruptedException {
    var nvidia = GpuReports.nvidia(ask(ASK_NVIDIA));
    var amd = GpuReports.amd(ask(ASK_AMD));
    var nodes = new ArrayList<Path>();
    if (!nvidia.isEmpty()) {
      addNodes(devices, "nvidia{[0-9]*,ctl,-uvm,-uvm-tools,-modeset}", nodes);
    }
    if (!amd.isEmpty()) {
      addNodes(devices, "kfd", nodes);
    }
    if (!nodes.isEmpty()) {
      addNodes(devices.resolve("dri"), "renderD*", nodes);
    }
    return new Gpus(Stream.concat(nvidia.stream(), amd.stream()).toList(), nodes);
  }

  private static void addNodes(Path folder, String pattern, List<Path> nodes) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
      found.forEach(nodes::add);
    } catch (IOException e) {
      // A machine without this folder has none of these devices.
    }
  }

  private String ask(List<String> question) throws InterruptedException {
    var program = find(question.getFirst());
    if (program.isEmpty()) {
      return "";
    }
    var command = new ArrayList<>(question);
    command.set(0, program.get().toString());
    try {
      return answer(new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start());
    } catch (IOException e) {
      return "";
    }
  }

  private static String answer(Process tool) throws IOException, InterruptedException {
    var killer = Thread.ofVirtual().start(() -> killWhenLate(tool));
    try (var out = tool.getInputStream()) {
      var bytes = out.readNBytes(MAX_BYTES);
      return tool.waitFor() == 0 ? new String(bytes, StandardCharsets.UTF_8) : "";
    } finally {
      tool.descendants().forEach(ProcessHandle::destroyForcibly);
      tool.destroyForcibly();
      killer.interrupt();
    }
  }

  private static void killWhenLate(Process tool) {
    try {
      if (!tool.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        tool.descendants().forEach(ProcessHandle::destroyForcibly);
        tool.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Path> find(String name) {
    return Stream.of(searchPath.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
