package io.ruche.sandbox.oci;

import io.ruche.sandbox.RunRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The arguments of {@code run} for one container. */
final class RunFlags {
  static final int MAX_PROCESSES = 256;
  private static final int MAX_OPEN_FILES = 1_024;
  private static final int MIN_MEMORY_MIB = 16;

  private final ContainerEngine engine;
  private final EnginePowers powers;
  private final EngineHome home;
  private final int cpus;
  private final Set<Guard> lifted;
  private final List<String> flags = new ArrayList<>();

  RunFlags(
      ContainerEngine engine, EnginePowers powers, EngineHome home, int cpus, Set<Guard> lifted) {
    this.engine = engine;
    this.powers = powers;
    this.home = home;
    this.cpus = cpus;
    this.lifted = lifted;
  }

  /**
   * What is run, and as whom.
   *
   * @param name the container's
   * @param user its user and group on this machine
   * @param isOwnUser whether that is also this process's user
   */
  record Plan(
      RunRequest request, ImageList.Image image, String name, long user, boolean isOwnUser) {}

  /** All arguments, the app's own included. */
  List<String> of(Plan plan) {
    var request = plan.request();
    add("run", "--name", plan.name(), "--label", home.label(), "--pull", "never");
    add("-a", "stdout", "-a", "stderr", "--sig-proxy=false", "--log-driver", "none");
    add("--no-healthcheck", "--hostname", "ruche");
    flags.addAll(engine.runFlags(pidFile(home, plan.name())));
    confine(plan);
    limit(request);
    mount(request.input(), "/iexec_in", ",readonly");
    mount(request.output(), "/iexec_out", "");
    if (request.access().gpu()) {
      flags.addAll(engine.gpuFlags());
    }
    if (!request.env().containsKey("HOME")) {
      add("--env", "HOME=/tmp");
    }
    request.env().forEach((name, value) -> add("--env", name + "=" + value));
    add(plan.image().id());
    flags.addAll(request.args());
    return List.copyOf(flags);
  }

  static Path pidFile(EngineHome home, String name) {
    return home.pidFiles().resolve(name);
  }

  private void confine(Plan plan) {
    var access = plan.request().access();
    if (!holds(Guard.NETWORK)) {
      add("--network", "host");
    } else if (!access.network()) {
      add("--network", "none");
    }
    if (holds(Guard.CAPABILITIES)) {
      add("--cap-drop", "all", "--security-opt", "no-new-privileges");
    } else {
      add("--cap-add", "SYS_PTRACE", "--cap-add", "KILL", "--cap-add", "DAC_OVERRIDE");
    }
    if (holds(Guard.USER)) {
      add("--user", plan.user() + ":" + plan.user());
      if (plan.isOwnUser()) {
        flags.addAll(engine.ownUserFlags());
      }
    } else {
      add("--user", "0:0");
    }
    if (!holds(Guard.OWN_PROCESSES)) {
      add("--pid", "host");
    }
    if (holds(Guard.READ_ONLY_ROOT)) {
      add("--read-only");
    }
    int memoryMiB = plan.request().limits().memoryMiB();
    tmpfs("/tmp", memoryMiB);
    if (engine.hasImageVolumes()) {
      plan.image().volumes().forEach(volume -> tmpfs(volume, memoryMiB));
    }
  }

  /** Memory that the app may also use as files. */
  private void tmpfs(String path, int mebibytes) {
    add("--tmpfs", "%s:rw,nosuid,nodev,size=%dm,mode=1777".formatted(path, mebibytes));
  }

  private void limit(RunRequest request) {
    var limits = request.limits();
    ulimit("core", 0);
    ulimit("nofile", MAX_OPEN_FILES);
    if (holds(Guard.FILE_SIZE_LIMIT)) {
      ulimit("fsize", limits.outputBytes() + 1);
    }
    int processes = holds(Guard.PROCESS_LIMIT) ? MAX_PROCESSES : 16 * MAX_PROCESSES;
    ulimit("nproc", processes);
    if (powers.pids()) {
      add("--pids-limit", String.valueOf(processes));
    }
    long memoryMiB = Math.max(MIN_MEMORY_MIB, limits.memoryMiB());
    if (holds(Guard.MEMORY_LIMIT)) {
      if (powers.memory()) {
        add("--memory", memoryMiB + "m", "--memory-swap", memoryMiB + "m");
      } else {
        ulimit("data", memoryMiB << 20);
      }
    }
    if (powers.cpu()) {
      add("--cpus", String.valueOf(cpus));
    }
  }

  private void ulimit(String what, long most) {
    add("--ulimit", "%s=%d:%d".formatted(what, most, most));
  }

  private void mount(Path folder, String target, String options) {
    add("--mount", "type=bind,source=%s,target=%s%s".formatted(folder, target, options));
  }

  private boolean holds(Guard guard) {
    return !lifted.contains(guard);
  }

  private void add(String... arguments) {
    flags.addAll(List.of(arguments));
  }
}
