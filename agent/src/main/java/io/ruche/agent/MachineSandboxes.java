package io.ruche.agent;

import io.ruche.agent.RuntimeSearch.Found;
import io.ruche.agent.settings.AgentSettings;
import io.ruche.agent.state.WorkFolders;
import io.ruche.core.AppType;
import io.ruche.core.RucheException;
import io.ruche.sandbox.OperatingSystem;
import io.ruche.sandbox.Sandboxes;
import io.ruche.sandbox.gpu.Gpu;
import io.ruche.sandbox.gpu.GpuDetector;
import io.ruche.sandbox.nativeapp.NativeSandbox;
import io.ruche.sandbox.nativeapp.NativeSettings;
import io.ruche.sandbox.oci.ContainerSettings;
import io.ruche.sandbox.oci.ContainerStart;
import io.ruche.sandbox.wasm.RunnerPool;
import io.ruche.sandbox.wasm.RunnerSettings;
import io.ruche.sandbox.wasm.RunnerSettings.Bubblewrap;
import io.ruche.transfer.HostRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts every sandbox that works on this machine: WASM at once, the others beside. */
final class MachineSandboxes implements AutoCloseable {
  /** Of the disk space below which no work is taken, running apps may use all but this part. */
  private static final int RESERVE_DIVISOR = 2;

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  /** Written by {@code nvidia-ctk cdi generate}. */
  private static final List<Path> DEVICE_DESCRIPTIONS =
      List.of(Path.of("/etc/cdi/nvidia.yaml"), Path.of("/var/run/cdi/nvidia.yaml"));

  private final AgentSettings settings;
  private final OperatingSystem system;
  private final AgentLog log;
  private final RunnerPool runners;
  private final Sandboxes sandboxes;
  private final List<AppType> searchedFor;
  private final List<Thread> searching;

  private MachineSandboxes(AgentSettings settings, OperatingSystem system, AgentLog log)
      throws InterruptedException {
    this.settings = settings;
    this.system = system;
    this.log = log;
    this.runners = RunnerPool.start(runnerSettings(settings));
    this.sandboxes = new Sandboxes(Map.of(AppType.WASM, runners));
    var searches = searches();
    this.searchedFor = searches.stream().map(RuntimeSearch::type).toList();
    this.searching = Stream.concat(
            Stream.of(inBackground("search-engine", this::tellEngine)),
            searches.stream().map(this::begin))
        .toList();
  }

  /**
   * Starts them.
   *
   * @throws RucheException RUNNER_NOT_STARTED when not even WASM runs
   */
  static MachineSandboxes start(AgentSettings settings, AgentLog log) throws InterruptedException {
    return start(settings, OperatingSystem.current(), log);
  }

  /** As on another system. */
  static MachineSandboxes start(AgentSettings settings, OperatingSystem system, AgentLog log)
      throws InterruptedException {
    return new MachineSandboxes(settings, system, log);
  }

  /** Those that work now; more may be added. */
  Sandboxes sandboxes() {
    return sandboxes;
  }

  /** What a machine may have beside WASM. */
  private List<RuntimeSearch> searches() {
    if (!system.hasNamespaces()) {
      log.wasmOnly(system);
      return List.of();
    }
    return List.of(
        new RuntimeSearch(AppType.NATIVE, this::nativePrograms),
        new RuntimeSearch(AppType.DOCKER, this::containers));
  }

  /** What is looked for beside WASM; some may have been found meanwhile. */
  List<AppType> searchedFor() {
    return searchedFor;
  }

  private Thread begin(RuntimeSearch search) {
    return inBackground("search-" + search.type(), () -> {
      switch (search.step().find()) {
        case Found.Works(var sandbox) -> {
          log.runtimeReady(search.type(), sandbox.isolation());
          sandboxes.add(search.type(), sandbox);
        }
        case Found.Missing(var reason, var remedy) ->
          log.runtimeMissing(search.type(), reason, remedy);
      }
    });
  }

  /** WASM runs already; which engine runs it is found out beside. */
  private void tellEngine() throws InterruptedException {
    log.runtimeReady(AppType.WASM, runners.awaitIsolation());
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private Thread inBackground(String name, Work work) {
    return Thread.ofVirtual().name(name).start(() -> {
      try {
        work.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        log.defect(e);
      }
    });
  }

  private Found nativePrograms() throws InterruptedException {
    if (settings.bubblewrap() == Bubblewrap.NEVER) {
      return new Found.Missing("bubblewrap is switched off by the settings", "");
    }
    try {
      return new Found.Works(NativeSandbox.start(nativeSettings(settings)));
    } catch (RucheException e) {
      return new Found.Missing(String.valueOf(e.getMessage()), e.hint());
    }
  }

  private Found containers() throws InterruptedException {
    var rule = new HostRule(settings.allowPrivateAddresses());
    var wanted = ContainerSettings.of(settings.home().resolve("oci"))
        .withChoice(settings.containers())
        .withRuns(settings.slots())
        .withCpus(Math.max(1, Runtime.getRuntime().availableProcessors() / settings.slots()))
        .withMayReach(rule::allows);
    return switch (ContainerStart.find(wanted, System.getenv(), containersGetGpus())) {
      case ContainerStart.Found.Works(var sandbox) -> new Found.Works(sandbox);
      case ContainerStart.Found.Missing(var reason, var remedy) ->
        new Found.Missing(reason, remedy);
    };
  }

  /** An engine hands them over where the vendor's tool has described them to it. */
  private static boolean containersGetGpus() throws InterruptedException {
    var gpus = GpuDetector.detect();
    return gpus.areUsable()
        && gpus.has(Gpu.Vendor.NVIDIA)
        && DEVICE_DESCRIPTIONS.stream().anyMatch(Files::exists);
  }

  private static NativeSettings nativeSettings(AgentSettings settings) throws InterruptedException {
    var scratch = settings.home().resolve("native");
    return NativeSettings.of(scratch, settings.slots(), settings.memoryMiB())
        .withMinFreeBytes(((long) settings.minFreeMiB() << 20) / RESERVE_DIVISOR)
        .withGpus(GpuDetector.detect());
  }

  private static RunnerSettings runnerSettings(AgentSettings settings) {
    var cache = settings.home().resolve("cache");
    createFolder(cache);
    var tasks = new WorkFolders(settings.home()).root();
    createFolder(tasks);
    return RunnerSettings.of(tasks, List.of(cache))
        .withRunners(settings.slots())
        .withMaxMemoryMiB(settings.memoryMiB())
        .withBubblewrap(settings.bubblewrap())
        .withEngines(settings.engines())
        .withCache(AotCache.ofRunners());
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new RucheException(
          "HOME_UNUSABLE",
          "cannot create the folder %s: %s.".formatted(folder, e),
          "Choose a --home on a local disk that you may write to.",
          false,
          e);
    }
  }

  /** A sandbox that is just being tried out cleans up first. */
  @Override
  public void close() {
    searching.forEach(Thread::interrupt);
    try {
      for (var thread : searching) {
        thread.join(STOP_PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sandboxes.close();
  }
}
