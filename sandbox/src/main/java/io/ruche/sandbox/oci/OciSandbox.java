package io.ruche.sandbox.oci;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.Isolation;
import io.ruche.sandbox.OutputCheck;
import io.ruche.sandbox.PausedProcesses;
import io.ruche.sandbox.RunClock;
import io.ruche.sandbox.RunListener;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.RunUsers;
import io.ruche.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Runs OCI images, each run in a container of its own that is gone afterwards. Thread-safe; a call
 * beyond the number of runs waits.
 */
public final class OciSandbox implements Sandbox {
  private final EngineCalls calls;
  private final EnginePowers powers;
  private final EngineHome home;
  private final ContainerSettings settings;
  private final ImageStore images;
  private final RunUsers users;
  private final boolean hasGpu;
  private final Set<Guard> lifted;
  private final Semaphore permits;
  private final RunClock clock = new RunClock();
  private final AtomicLong count = new AtomicLong();
  private final Set<String> running = new HashSet<>();
  private final Set<String> standing = new HashSet<>();
  private final PausedProcesses stopped = new PausedProcesses(this::processes);
  private boolean isClosed;

  /** What a sandbox is made of. */
  record Parts(
      EngineCalls calls,
      EnginePowers powers,
      EngineHome home,
      ContainerSettings settings,
      ImageStore images,
      boolean hasGpu,
      Set<Guard> lifted) {}

  OciSandbox(Parts parts) throws IOException {
    calls = parts.calls();
    powers = parts.powers();
    home = parts.home();
    settings = parts.settings();
    images = parts.images();
    hasGpu = parts.hasGpu();
    lifted = parts.lifted();
    users = RunUsers.of(home.folder());
    permits = new Semaphore(settings.runs(), true);
  }

  @Override
  public RunOutcome run(RunRequest request, RunListener listener) throws InterruptedException {
    requireMountable(request.input());
    requireMountable(request.output());
    permits.acquire();
    try {
      var image = images.use(request.app());
      try {
        return run(request, image, listener);
      } finally {
        images.release(request.app());
      }
    } catch (ImageRefused e) {
      return RunOutcome.failed(e.code(), e.detail());
    } catch (IOException e) {
      return RunOutcome.failed(FailureCode.INFRASTRUCTURE, "the run's folders: " + e);
    } finally {
      permits.release();
    }
  }

  private RunOutcome run(RunRequest request, ImageList.Image image, RunListener listener)
      throws InterruptedException, IOException {
    var name = "ruche-%s-%d-%d"
        .formatted(home.id(), ProcessHandle.current().pid(), count.incrementAndGet());
    long user = users.next();
    users.hand(request.input(), request.output(), user);
    var plan = new RunFlags.Plan(request, image, name, user, users.areOwn());
    var flags = new RunFlags(calls.engine(), powers, home, settings.cpus(), lifted).of(plan);
    if (!begin(name)) {
      return closed();
    }
    try {
      var outcome = new ContainerRun(calls, request, name, lifted).run(flags, listener, clock);
      users.takeBack(request.output());
      if (isClosed() && outcome instanceof RunOutcome.Failed) {
        return closed();
      }
      return lifted.contains(Guard.OUTPUT_CHECK) ? outcome : OutputCheck.checked(outcome, request);
    } finally {
      end(name);
    }
  }

  private static RunOutcome closed() {
    return RunOutcome.failed(FailureCode.INFRASTRUCTURE, "the sandbox was closed");
  }

  private synchronized boolean begin(String name) {
    return !isClosed && running.add(name);
  }

  private synchronized void end(String name) throws IOException {
    running.remove(name);
    standing.remove(name);
    Files.deleteIfExists(RunFlags.pidFile(home, name));
  }

  private synchronized boolean isClosed() {
    return isClosed;
  }

  private static void requireMountable(Path folder) {
    if (folder.toString().indexOf(',') >= 0) {
      throw new IllegalArgumentException(
          "containers cannot see a folder with a comma in its path: " + folder);
    }
  }

  /** Those not yet started are caught when this is said again. */
  @Override
  public void pause() {
    clock.pause();
    if (!powers.freezer()) {
      var _ = stopped.pause();
      return;
    }
    var names = new ArrayList<String>();
    synchronized (this) {
      running.stream().filter(name -> !standing.contains(name)).forEach(names::add);
    }
    for (var name : names) {
      if (calls.must(List.of("pause", name)).isGood()) {
        remember(name);
      }
    }
  }

  private synchronized void remember(String name) {
    if (running.contains(name)) {
      standing.add(name);
    }
  }

  @Override
  public void resume() {
    stopped.resume();
    List<String> names;
    synchronized (this) {
      names = List.copyOf(standing);
      standing.clear();
    }
    names.forEach(name -> calls.must(List.of("unpause", name)));
    clock.resume();
  }

  private synchronized Stream<ProcessHandle> processes() {
    return List.copyOf(running).stream()
        .map(name -> RunFlags.pidFile(home, name))
        .flatMap(OciSandbox::process);
  }

  private static Stream<ProcessHandle> process(Path pidFile) {
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip())).stream();
    } catch (IOException | NumberFormatException e) {
      return Stream.empty(); // not started yet
    }
  }

  @Override
  public boolean hasGpu() {
    return hasGpu;
  }

  @Override
  public Isolation isolation() {
    var program = "%s %s".formatted(calls.engine().name(), powers.version());
    return new Isolation.Confined(program, powers.gaps());
  }

  @Override
  public void close() {
    List<String> names;
    synchronized (this) {
      isClosed = true;
      names = List.copyOf(running);
    }
    names.forEach(name -> calls.must(calls.engine().removal(name)));
    // Podman leaves its store mounted where the last run was killed; a call that comes to its own
    // end lets go of it.
    calls.must(calls.engine().info());
  }
}
