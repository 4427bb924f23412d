package io.ruche.sandbox.oci;

import io.ruche.core.RunLimits;
import io.ruche.sandbox.Access;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.oci.ContainerSettings.Choice;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds an engine that works: one that runs a tiny image under all limits, with its folders. What
 * an earlier worker of the same home left in it is removed first.
 */
public final class ContainerStart {
  private static final Duration PROBE_TIME = Duration.ofSeconds(20);
  private static final String WORD = "ruche\n";

  private static final String INSTALL =
      "To run images, install podman (Debian: apt install podman) and start the worker again.";
  private static final String REPAIR =
      "Let `podman run --rm IMAGE` work for the worker's user, then start the worker again.";

  private final ContainerSettings settings;
  private final Map<String, String> outside;
  private final EngineHome home;
  private final boolean hasGpu;
  private final Set<Guard> lifted;
  private final List<String> reasons = new ArrayList<>();

  /** What was found. */
  public sealed interface Found {
    record Works(OciSandbox sandbox) implements Found {}

    /** No engine works; why, and what its owner can do, is for people. */
    record Missing(String reason, String remedy) implements Found {}
  }

  ContainerStart(
      ContainerSettings settings, Map<String, String> outside, boolean hasGpu, Set<Guard> lifted) {
    this.settings = settings;
    this.outside = Map.copyOf(outside);
    this.home = new EngineHome(settings.home());
    this.hasGpu = hasGpu;
    this.lifted = Set.copyOf(lifted);
  }

  /**
   * Looks for an engine.
   *
   * @param outside this process's environment, of which the engine gets a part and apps nothing
   * @param hasGpu whether this machine has GPUs to hand over
   */
  public static Found find(ContainerSettings settings, Map<String, String> outside, boolean hasGpu)
      throws InterruptedException {
    return new ContainerStart(settings, outside, hasGpu, Set.of()).find();
  }

  Found find() throws InterruptedException {
    if (settings.choice() == Choice.NEVER) {
      return new Found.Missing("switched off by the settings", "");
    }
    try {
      home.prepare();
      for (var engine : installed()) {
        var found = tryOut(engine);
        if (found.isPresent()) {
          return new Found.Works(found.get());
        }
      }
    } catch (IOException e) {
      reasons.add("the folder %s: %s".formatted(home.folder(), e));
    }
    return reasons.isEmpty()
        ? new Found.Missing("no podman or docker is installed", INSTALL)
        : new Found.Missing(String.join("; ", reasons), REPAIR);
  }

  private List<ContainerEngine> installed() {
    var engines = new ArrayList<ContainerEngine>();
    if (settings.choice() != Choice.DOCKER) {
      program("podman").ifPresent(path -> engines.add(new Podman(path, home, outside)));
    }
    if (settings.choice() != Choice.PODMAN) {
      program("docker").ifPresent(path -> engines.add(new Docker(path, home, outside)));
    }
    return engines;
  }

  /** With the engine's own choice of a runtime, then with each other that is installed. */
  private Optional<OciSandbox> tryOut(ContainerEngine engine)
      throws InterruptedException, IOException {
    for (var runtime : runtimes(engine)) {
      home.write(runtime);
      var sandbox = sandbox(engine);
      if (sandbox.isEmpty()) {
        return sandbox;
      }
      var trouble = selfTest(sandbox.get());
      if (trouble.isEmpty()) {
        return sandbox;
      }
      sandbox.get().close();
      var with = runtime.isEmpty() ? "" : " with " + runtime;
      reasons.add("%s%s: %s".formatted(engine.name(), with, trouble.get()));
    }
    return Optional.empty();
  }

  /** The one that worked last time comes first. */
  private List<String> runtimes(ContainerEngine engine) throws IOException {
    if (engine instanceof Docker) {
      return List.of("");
    }
    var all = new LinkedHashSet<String>();
    home.lastRuntime().ifPresent(all::add);
    all.add("");
    Stream.of("crun", "runc").filter(name -> program(name).isPresent()).forEach(all::add);
    return List.copyOf(all);
  }

  private Optional<OciSandbox> sandbox(ContainerEngine engine)
      throws InterruptedException, IOException {
    var calls = new EngineCalls(engine);
    var info = calls.call(engine.info());
    if (!info.isGood()) {
      reasons.add("%s: %s".formatted(engine.name(), info.why()));
      return Optional.empty();
    }
    removeLeftovers(calls);
    var images = new ImageStore(calls, settings, home);
    images.tidy();
    try {
      var powers = engine.powers(info.out());
      return Optional.of(new OciSandbox(
          new OciSandbox.Parts(calls, powers, home, settings, images, hasGpu, lifted)));
    } catch (IllegalArgumentException e) {
      reasons.add("%s: %s".formatted(engine.name(), e.getMessage()));
      return Optional.empty();
    }
  }

  /** Containers of a worker that was killed, told by their label. */
  private void removeLeftovers(EngineCalls calls) throws InterruptedException {
    var filter = "label=" + home.label();
    var left = calls.call(List.of("ps", "--all", "--quiet", "--no-trunc", "--filter", filter));
    left.out()
        .lines()
        .filter(id -> !id.isBlank())
        .forEach(id -> calls.must(calls.engine().removal(id.strip())));
  }

  /** What is wrong, if anything is. */
  private Optional<String> selfTest(OciSandbox sandbox) throws InterruptedException, IOException {
    var archive = ProbeImage.archive(ImageStore.architecture());
    if (archive.isEmpty()) {
      return Optional.of("no self-test for this kind of processor");
    }
    var folder = Files.createTempDirectory(home.downloads(), "self-test");
    var input = Files.createDirectory(folder.resolve("in"));
    var output = Files.createDirectory(folder.resolve("out"));
    Files.writeString(input.resolve("word"), WORD);
    var file = Files.write(folder.resolve("probe.tar"), archive.get());
    SortedMap<String, String> noVariables = new TreeMap<>();
    var request = new RunRequest(
        new RunRequest.App.AppFile(file, ProbeImage.sha256(archive.get())),
        "",
        List.of(),
        noVariables,
        input,
        output,
        new RunLimits(PROBE_TIME, 64, 1_024, 1),
        Access.NONE);
    return switch (sandbox.run(request)) {
      case RunOutcome.Failed failed -> Optional.of(failed.detail());
      case RunOutcome.Finished finished -> misread(finished.logs().stdout(), output);
    };
  }

  private static Optional<String> misread(String out, Path output) throws IOException {
    var written = output.resolve("word");
    boolean isRight =
        out.equals(WORD) && Files.exists(written) && Files.readString(written).equals(WORD);
    return isRight ? Optional.empty() : Optional.of("a first run gave something else: " + out);
  }

  private Optional<Path> program(String name) {
    var folders = outside.getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
    return Stream.of(folders.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
