package io.ruche.sandbox.nativeapp;

import io.ruche.core.FailureCode;
import io.ruche.core.RucheException;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Runs native programs, each in a small world that bubblewrap builds for it. Thread-safe; a call
 * beyond the number of slots waits. Never runs anything without bubblewrap.
 */
public final class NativeSandbox implements Sandbox {
  private final NativeSettings settings;
  private final Machine machine;
  private final ResourceGroups groups;
  private final Launch launch;
  private final ProgramStore programs;
  private final Path filter;
  private final BlockingQueue<Slot> slots;
  private final Set<NativeRun> running = new HashSet<>();
  private final AtomicLong count = new AtomicLong();
  private final RunClock clock = new RunClock();
  private final PausedProcesses paused = new PausedProcesses(this::processes);

  /** The kernel kills bubblewrap when the thread that started it ends; this one stays. */
  private final ExecutorService launcher = Executors.newSingleThreadExecutor(
      Thread.ofPlatform().daemon().name("native-launcher").factory());

  private final Set<Guard> lifted;
  private final RunUsers users;
  private boolean isClosed;

  private NativeSandbox(NativeSettings settings, Machine machine, Set<Guard> lifted)
      throws IOException {
    this.settings = settings;
    this.machine = machine;
    this.lifted = Set.copyOf(lifted);
    Files.createDirectories(settings.scratch());
    Files.setPosixFilePermissions(settings.scratch(), PosixFilePermissions.fromString("rwx------"));
    users = RunUsers.of(settings.scratch());
    for (var name : List.of("runs", "programs")) {
      clear(settings.scratch().resolve(name));
    }
    groups = lifted.contains(Guard.GROUPS)
        ? ResourceGroups.none()
        : ResourceGroups.find(settings.scratch().resolve("groups"));
    launch = new Launch(machine, settings, groups.limitMemory(), lifted);
    programs = new ProgramStore(settings.scratch().resolve("programs"));
    filter = settings.scratch().resolve("filter.bpf");
    Files.write(filter, SeccompFilter.of(machine.architecture(), groups.limitMemory()));
    slots = new ArrayBlockingQueue<>(
        settings.slots(), true, Slot.share(settings.slots(), machine.processors()));
  }

  /**
   * Starts it and lets a script try what runs must not be able to do.
   *
   * @throws RucheException {@code NATIVE_UNAVAILABLE} with the reason why no native programs can be
   *     run safely here
   */
  public static NativeSandbox start(NativeSettings settings) throws InterruptedException {
    try {
      var sandbox = untried(settings, Set.of());
      try {
        SelfTest.run(sandbox, settings.scratch().resolve("runs"));
        return sandbox;
      } catch (IOException | InterruptedException | RuntimeException e) {
        sandbox.close();
        throw e;
      }
    } catch (IOException e) {
      throw new RucheException(
          "NATIVE_UNAVAILABLE",
          "native programs are not run here: " + e.getMessage(),
          "Install bubblewrap (Debian: apt install bubblewrap), and allow user namespaces.",
          false,
          e);
    }
  }

  /** Without the self-test, which notices what is lifted. */
  static NativeSandbox untried(NativeSettings settings, Set<Guard> lifted) throws IOException {
    return new NativeSandbox(settings, Machine.find(), lifted);
  }

  private static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(folder);
  }

  @Override
  public RunOutcome run(RunRequest request, RunListener listener) throws InterruptedException {
    if (!(request.app() instanceof RunRequest.App.AppFile app)) {
      return RunOutcome.failed(FailureCode.UNSUPPORTED, "a native app is a file, not an image");
    }
    if (request.limits().memoryMiB() > settings.maxMemoryMiB()) {
      throw new IllegalArgumentException("expected a memory limit of at most %d MiB, found %d"
          .formatted(settings.maxMemoryMiB(), request.limits().memoryMiB()));
    }
    if (request.access().gpu() && !hasGpu()) {
      return RunOutcome.failed(FailureCode.UNSUPPORTED, "this machine has no GPU");
    }
    var slot = slots.take();
    try {
      var program = programs.executable(app.file(), app.sha256());
      if (program.isEmpty()) {
        return RunOutcome.failed(FailureCode.CHECKSUM, "the program is not what was published");
      }
      var obstacle = ProgramFile.obstacle(program.get(), machine.architecture());
      return obstacle.isPresent()
          ? RunOutcome.failed(FailureCode.UNSUPPORTED, obstacle.get())
          : run(request, program.get(), slot, listener);
    } catch (IOException e) {
      return RunOutcome.failed(FailureCode.INFRASTRUCTURE, "the run cannot be prepared: " + e);
    } finally {
      slots.add(slot);
    }
  }

  private RunOutcome run(RunRequest request, Path program, Slot slot, RunListener listener)
      throws IOException, InterruptedException {
    var name = "run-" + count.incrementAndGet();
    var folder = settings.scratch().resolve("runs").resolve(name);
    Files.createDirectory(folder);
    try (var group =
        groups.open(name, (long) request.limits().memoryMiB() << 20, Launch.MAX_PROCESSES)) {
      users.hand(request.input(), request.output(), slot.uid());
      var place = new Launch.Place(folder, filter, slot);
      var process = launched(launch.prepare(request, program, group.doors(), place), slot);
      var limits = new NativeRun.Limits(settings.minFreeBytes(), lifted);
      var run = new NativeRun(process, request, limits, place.status(), group, listener);
      var outcome = finish(run, request);
      return lifted.contains(Guard.OUTPUT_RULES) ? outcome : OutputCheck.checked(outcome, request);
    } finally {
      remove(folder);
    }
  }

  private RunOutcome finish(NativeRun run, RunRequest request)
      throws IOException, InterruptedException {
    synchronized (this) {
      running.add(run);
      if (isClosed) {
        run.stop(FailureCode.INFRASTRUCTURE, "the sandbox was closed");
      }
    }
    boolean isReadable;
    RunOutcome outcome;
    try {
      outcome = run.await(clock);
    } finally {
      synchronized (this) {
        running.remove(run);
      }
      isReadable = new OutputFolder(request.output(), request.limits()).takeBack();
    }
    return isReadable || outcome instanceof RunOutcome.Failed
        ? outcome
        : new RunOutcome.Failed(
            FailureCode.INVALID_OUTPUT, 0, "the output's names are too deep", outcome.logs());
  }

  private Process launched(ProcessBuilder builder, Slot slot)
      throws IOException, InterruptedException {
    var starting = new FutureTask<>(() -> {
      Affinity.tie(slot.processors());
      return builder.start();
    });
    try {
      launcher.execute(starting);
      return starting.get();
    } catch (RejectedExecutionException e) {
      throw new IOException("the sandbox was closed", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      killWhenStarted(starting);
      throw e;
    }
  }

  private void killWhenStarted(FutureTask<Process> starting) {
    launcher.execute(() -> {
      if (starting.state() == FutureTask.State.SUCCESS) {
        starting.resultNow().destroyForcibly();
      }
    });
  }

  /** What cannot be removed now goes at the next start; it must not hide how the run ended. */
  private static void remove(Path folder) {
    for (var name : Launch.FILES) {
      folder.resolve(name).toFile().delete();
    }
    folder.toFile().delete();
  }

  @Override
  public void pause() {
    clock.pause();
    var _ = paused.pause();
  }

  @Override
  public void resume() {
    paused.resume();
    clock.resume();
  }

  private synchronized Stream<ProcessHandle> processes() {
    return running.stream().map(NativeRun::handle).toList().stream();
  }

  @Override
  public boolean hasGpu() {
    return settings.gpus().areUsable();
  }

  @Override
  public Isolation isolation() {
    var limits = new ArrayList<String>();
    var weaknesses = new ArrayList<String>();
    if (groups.limitMemory()) {
      limits.add("memory by " + groups);
    } else {
      limits.add("memory by limits of each process and a watch over all");
      weaknesses.add("no control group: the memory of all processes together is only watched");
    }
    limits.add("processes by " + (groups.limitProcesses() ? groups : "a limit of the user"));
    limits.add("processors by affinity");
    limits.add("output by file size and a watch");
    return new Isolation.Contained(machine.bubblewrap().toString(), limits, weaknesses);
  }

  @Override
  public void close() {
    List<NativeRun> left;
    synchronized (this) {
      isClosed = true;
      left = List.copyOf(running);
    }
    left.forEach(run -> run.stop(FailureCode.INFRASTRUCTURE, "the sandbox was closed"));
    launcher.shutdown();
    groups.close();
  }
}
