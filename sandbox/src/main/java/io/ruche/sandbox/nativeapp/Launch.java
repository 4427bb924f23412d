package io.ruche.sandbox.nativeapp;

import io.ruche.core.RunLimits;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.gpu.Gpu.Vendor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The command of a run. A shell opens the files that bubblewrap wants as descriptors, which Java
 * cannot hand over, and steps into the run's groups; bubblewrap builds the small world; in it the
 * program becomes its user, takes its limits and starts. Each step replaces the one before, as each
 * costs as much as a program that does nothing. Variables are in no command line, where other users
 * of the machine could read them; arguments are, like those of every program.
 */
final class Launch {
  /** What lies in the folder of a run. */
  static final List<String> FILES = List.of("args", "passwd", "group", "status");

  /** Processes and threads of a run. */
  static final int MAX_PROCESSES = 256;

  private static final int MAX_OPEN_FILES = 1_024;
  private static final long STACK_BYTES = 8L << 20;
  private static final long MIB = 1L << 20;

  /** Address space for what is reserved and never used, beside the memory that is. */
  private static final int ADDRESSES_PER_MEMORY = 2;

  private static final long ADDRESSES_EXTRA_BYTES = 512 * MIB;

  /** A run that lost its worker ends by this clock at the latest. */
  private static final long CPU_EXTRA_SECONDS = 60;

  private static final String OUTER_SHELL = """
      doors=$1; shift
      while [ "$doors" -gt 0 ]; do
        echo 0 >"$1" || exit 120
        shift; doors=$((doors - 1))
      done
      args=$1 status=$2 filter=$3; shift 3
      exec "$@" 7<"$args" 8>"$status" 9<"$filter"
      """;

  private static final List<String> SYSTEM_FOLDERS =
      List.of("/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32");

  private static final List<String> SYSTEM_FILES =
      List.of("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime");

  /** Names and certificates, for runs that have the network. */
  private static final List<String> NETWORK_FILES =
      List.of("/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/ssl", "/etc/pki");

  private static final List<String> AMD_FOLDERS =
      List.of("/sys/class/kfd", "/sys/class/drm", "/sys/devices", "/sys/module/amdgpu");

  private final Machine machine;
  private final NativeSettings settings;
  private final boolean isMemoryGrouped;
  private final Set<Guard> lifted;

  Launch(Machine machine, NativeSettings settings, boolean isMemoryGrouped, Set<Guard> lifted) {
    this.machine = machine;
    this.settings = settings;
    this.isMemoryGrouped = isMemoryGrouped;
    this.lifted = lifted;
  }

  /** The folder of one run's own files, and where bubblewrap reports. */
  record Place(Path folder, Path filter, Slot slot) {
    Path status() {
      return folder.resolve("status");
    }
  }

  /** Writes the run's files and answers with what to start. */
  ProcessBuilder prepare(RunRequest request, Path program, List<Path> doors, Place place)
      throws IOException {
    Files.write(place.folder().resolve("args"), bytes(bubblewrap(request, program, place)));
    int uid = place.slot().uid();
    Files.writeString(
        place.folder().resolve("passwd"), "app:x:%d:%d::/tmp:/bin/sh\n".formatted(uid, uid));
    Files.writeString(place.folder().resolve("group"), "app:x:%d:\n".formatted(uid));

    for (var name : List.of("passwd", "group")) {
      Files.setPosixFilePermissions(
          place.folder().resolve(name), PosixFilePermissions.fromString("r--r--r--"));
    }

    var command = new ArrayList<>(List.of("/bin/sh", "-c", OUTER_SHELL, "sh"));
    command.add(Integer.toString(doors.size()));
    doors.forEach(door -> command.add(door.toString()));
    command.add(place.folder().resolve("args").toString());
    command.add(place.status().toString());
    command.add(place.filter().toString());
    command.addAll(List.of(machine.bubblewrap().toString(), "--args", "7", "--"));
    command.addAll(becomingUser(request, place.slot()));
    command.addAll(limits(request, place.slot()));
    command.add("/app/program");
    command.addAll(request.args());
    var builder = new ProcessBuilder(command);
    if (has(Guard.ENVIRONMENT)) {
      builder.environment().clear();
    }
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    return builder;
  }

  private List<String> bubblewrap(RunRequest request, Path program, Place place) {
    var args = new ArrayList<>(List.of("--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"));
    args.addAll(List.of("--hostname", "ruche", "--new-session", "--die-with-parent"));
    if (!machine.isRoot()) {
      var id = Integer.toString(place.slot().uid());
      args.addAll(List.of("--unshare-user", "--uid", id, "--gid", id));
    }
    if (has(Guard.PROCESSES)) {
      args.add("--unshare-pid");
    }
    if (has(Guard.NETWORK) && !request.access().network()) {
      args.add("--unshare-net");
    }
    args.addAll(List.of("--cap-drop", "ALL"));
    if (machine.isRoot()) {
      for (var needed : List.of("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")) {
        args.addAll(List.of("--cap-add", needed));
      }
    }
    if (has(Guard.ENVIRONMENT)) {
      args.add("--clearenv");
    }
    args.addAll(List.of("--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin"));
    args.addAll(List.of("--setenv", "LC_ALL", "C.UTF-8", "--setenv", "HOME", "/tmp"));
    request.env().forEach((name, value) -> args.addAll(List.of("--setenv", name, value)));
    args.addAll(files(request, program, place));
    args.addAll(List.of("--chdir", "/iexec_out", "--json-status-fd", "8"));
    if (has(Guard.SECCOMP)) {
      args.addAll(List.of("--seccomp", "9"));
    }
    return args;
  }

  private List<String> files(RunRequest request, Path program, Place place) {
    var args = new ArrayList<String>();
    args.addAll(List.of("--perms", "0755", "--dir", "/app", "--perms", "0755", "--dir", "/etc"));
    SYSTEM_FOLDERS.forEach(folder -> addSystem(Path.of(folder), args));
    SYSTEM_FILES.forEach(file -> addSystem(Path.of(file), args));
    if (request.access().network()) {
      NETWORK_FILES.forEach(file -> addSystem(Path.of(file), args));
    }
    args.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
    if (request.access().gpu()) {
      addGpus(args);
    }
    var scratchBytes = Long.toString(scratchBytes(request.limits()));
    args.addAll(List.of("--size", scratchBytes, "--perms", "1777", "--tmpfs", "/dev/shm"));
    args.addAll(List.of("--remount-ro", "/dev"));
    args.addAll(List.of("--size", scratchBytes, "--perms", "1777", "--tmpfs", "/tmp"));
    addReadOnly(request.input(), "/iexec_in", args);
    args.addAll(List.of("--bind", request.output().toString(), "/iexec_out"));
    addReadOnly(program, "/app/program", args);
    addReadOnly(place.folder().resolve("passwd"), "/etc/passwd", args);
    addReadOnly(place.folder().resolve("group"), "/etc/group", args);
    if (has(Guard.FILES)) {
      args.addAll(List.of("--remount-ro", "/"));
    } else {
      var neighbours = String.valueOf(settings.scratch().getParent());
      args.addAll(List.of("--bind", neighbours, neighbours));
    }
    return args;
  }

  private void addGpus(List<String> args) {
    for (var device : settings.gpus().devices()) {
      args.addAll(List.of("--dev-bind-try", device.toString(), device.toString()));
    }
    if (settings.gpus().has(Vendor.AMD)) {
      AMD_FOLDERS.forEach(folder -> args.addAll(List.of("--ro-bind-try", folder, folder)));
    }
  }

  private static void addReadOnly(Path from, String to, List<String> args) {
    args.addAll(List.of("--ro-bind", from.toString(), to));
  }

  /** Links stay links, so that a merged {@code /usr} looks as it does outside. */
  private static void addSystem(Path path, List<String> args) {
    if (Files.isSymbolicLink(path) && path.getNameCount() == 1) {
      try {
        args.addAll(List.of("--symlink", Files.readSymbolicLink(path).toString(), path.toString()));
      } catch (IOException e) {
        throw new IllegalStateException("cannot read the link " + path, e);
      }
    } else if (Files.exists(path)) {
      addReadOnly(path, path.toString(), args);
    }
  }

  /** Root could do all; so before anything of the app runs it becomes a user that can nothing. */
  private List<String> becomingUser(RunRequest request, Slot slot) throws IOException {
    if (!machine.isRoot()) {
      return List.of();
    }
    var id = Integer.toString(slot.uid());
    var groups = request.access().gpu() ? deviceGroups() : "";
    return List.of(
        machine.setpriv().toString(),
        "--reuid=" + id,
        "--regid=" + id,
        groups.isEmpty() ? "--clear-groups" : "--groups=" + groups,
        "--bounding-set=-all",
        "--inh-caps=-all",
        "--ambient-caps=-all",
        "--");
  }

  private String deviceGroups() {
    return settings.gpus().devices().stream()
        .map(Launch::groupOf)
        .distinct()
        .filter(group -> group != 0)
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }

  private static int groupOf(Path device) {
    try {
      return (int) Files.getAttribute(device, "unix:gid");
    } catch (IOException e) {
      return 0;
    }
  }

  private List<String> limits(RunRequest request, Slot slot) {
    var limits = request.limits();
    var own = machine.limits();
    long memoryBytes = limits.memoryMiB() * MIB;
    long cpuSeconds = limits.runTime().toSeconds() * slot.processors().size() + CPU_EXTRA_SECONDS;
    var command = new ArrayList<>(List.of(machine.prlimit().toString(), "--core=0"));
    command.add("--nofile=" + own.atMost("Max open files", MAX_OPEN_FILES));
    command.add("--stack=" + own.atMost("Max stack size", STACK_BYTES));
    command.add("--cpu=" + own.atMost("Max cpu time", cpuSeconds));
    if (has(Guard.OUTPUT)) {
      long fileBytes = Math.max(limits.outputBytes(), scratchBytes(limits));
      command.add("--fsize=" + own.atMost("Max file size", fileBytes));
    }
    if (has(Guard.PROCESS_COUNT)) {
      command.add("--nproc=" + own.atMost("Max processes", MAX_PROCESSES));
    }
    if (has(Guard.MEMORY) && !isMemoryGrouped) {
      command.add("--data=" + own.atMost("Max data size", memoryBytes));
      if (!request.access().gpu()) { // their drivers reserve hundreds of gigabytes
        long addresses = ADDRESSES_PER_MEMORY * memoryBytes + ADDRESSES_EXTRA_BYTES;
        command.add("--as=" + own.atMost("Max address space", addresses));
      }
    }
    command.add("--");
    return command;
  }

  /** What {@code /tmp} and {@code /dev/shm} may hold each: half the memory, of which it is part. */
  private static long scratchBytes(RunLimits limits) {
    return limits.memoryMiB() * MIB / 2;
  }

  private boolean has(Guard guard) {
    return !lifted.contains(guard);
  }

  private static byte[] bytes(List<String> args) {
    return (String.join("\0", args) + "\0").getBytes(StandardCharsets.UTF_8);
  }
}
