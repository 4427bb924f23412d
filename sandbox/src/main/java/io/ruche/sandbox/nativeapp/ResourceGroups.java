package io.ruche.sandbox.nativeapp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Control groups in which runs are put, where this process may make some: version 2 where it was
 * handed a part of the tree, else version 1, else none. Thread-safe.
 */
final class ResourceGroups {
  private static final Path MOUNTED = Path.of("/sys/fs/cgroup");
  private static final Path OWN = Path.of("/proc/self/cgroup");

  /** The worker's own group of version 2, as none that has children may hold processes. */
  private static final String WORKER_GROUP = "ruche-worker";

  private static final String RUNS_PREFIX = "ruche-runs-";

  /** What a folder of groups limits. */
  enum Kind {
    MEMORY_V1("memory"),
    PIDS_V1("pids"),
    BOTH_V2("");

    final String controller;

    Kind(String controller) {
      this.controller = controller;
    }
  }

  /** A folder under which each run gets one. */
  record Parent(Kind kind, Path folder) {}

  private final List<Parent> parents;

  private ResourceGroups(List<Parent> parents) {
    this.parents = List.copyOf(parents);
  }

  /** For machines without any. */
  static ResourceGroups none() {
    return new ResourceGroups(List.of());
  }

  /**
   * Finds what this process may use.
   *
   * @param remembered where the folders in use are written down, so that those of a killed worker
   *     are found and removed
   */
  static ResourceGroups find(Path remembered) {
    return find(MOUNTED, OWN, remembered);
  }

  static ResourceGroups find(Path mounted, Path own, Path remembered) {
    try {
      removeLeftovers(remembered);
      var paths = ownPaths(own);
      var parents = new ArrayList<>(version2(mounted, paths));
      if (parents.isEmpty()) {
        for (var kind : List.of(Kind.MEMORY_V1, Kind.PIDS_V1)) {
          version1(mounted, kind, paths).ifPresent(parents::add);
        }
      }
      Files.write(
          remembered, parents.stream().map(parent -> parent.folder().toString()).toList());
      return new ResourceGroups(parents);
    } catch (IOException e) {
      return none();
    }
  }

  private static void removeLeftovers(Path remembered) throws IOException {
    if (Files.exists(remembered)) {
      for (var line : Files.readAllLines(remembered)) {
        var folder = Path.of(line);
        if (String.valueOf(folder.getFileName()).startsWith(RUNS_PREFIX)) {
          ResourceGroup.removeAll(folder);
        }
      }
    }
  }

  /** Lines such as {@code 4:memory:/user}; those of version 2 have no name. */
  private static List<String[]> ownPaths(Path own) throws IOException {
    return Files.readAllLines(own).stream()
        .map(line -> line.split(":", 3))
        .filter(parts -> parts.length == 3)
        .toList();
  }

  private static Optional<Parent> version1(Path mounted, Kind kind, List<String[]> paths) {
    return paths.stream()
        .filter(parts -> List.of(parts[1].split(",")).contains(kind.controller))
        .map(parts -> mounted.resolve(kind.controller).resolve(relative(parts[2])))
        .flatMap(folder -> makeRuns(kind, folder).stream())
        .findFirst();
  }

  private static Optional<Parent> makeRuns(Kind kind, Path folder) {
    try {
      var runs = folder.resolve(
          "%s%d-%x".formatted(RUNS_PREFIX, ProcessHandle.current().pid(), System.nanoTime()));
      Files.createDirectories(runs);
      return Optional.of(new Parent(kind, runs));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<Parent> version2(Path mounted, List<String[]> paths) throws IOException {
    for (var parts : paths) {
      var root = Files.exists(mounted.resolve("cgroup.controllers"))
          ? mounted
          : mounted.resolve("unified");
      if (parts[1].isEmpty() && Files.exists(root.resolve("cgroup.controllers"))) {
        return takeOver(root, root.resolve(relative(parts[2])));
      }
    }
    return List.of();
  }

  /** A group handed to this process alone: it moves into a child, and the runs beside it. */
  private static List<Parent> takeOver(Path root, Path own) throws IOException {
    var group = String.valueOf(own.getFileName()).equals(WORKER_GROUP) ? parent(own, root) : own;
    var controllers =
        List.of(Files.readString(group.resolve("cgroup.controllers")).strip().split(" "));
    if (!controllers.containsAll(List.of("memory", "pids")) || !Files.isWritable(group)) {
      return List.of();
    }
    try {
      if (group.equals(own) && !own.equals(root)) {
        moveIntoChild(own);
      }
      Files.writeString(group.resolve("cgroup.subtree_control"), "+memory +pids");
      var runs = makeRuns(Kind.BOTH_V2, group);
      if (runs.isPresent()) {
        handDown(runs.get());
      }
      return runs.map(List::of).orElse(List.of());
    } catch (IOException e) {
      return List.of();
    }
  }

  /** A folder that cannot limit anything is not left behind. */
  private static void handDown(Parent runs) throws IOException {
    try {
      Files.writeString(runs.folder().resolve("cgroup.subtree_control"), "+memory +pids");
    } catch (IOException e) {
      ResourceGroup.removeAll(runs.folder());
      throw e;
    }
  }

  private static Path parent(Path own, Path root) {
    return Optional.ofNullable(own.getParent()).orElse(root);
  }

  /** Only where every process is this one or was started by it: a shell is not moved about. */
  private static void moveIntoChild(Path own) throws IOException {
    var self = ProcessHandle.current();
    var ours = self.descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    ours.add(self.pid());
    var inside = Files.readAllLines(own.resolve("cgroup.procs"));
    if (!inside.stream().map(Long::valueOf).allMatch(ours::contains)) {
      throw new IOException("others are in " + own);
    }
    var child = Files.createDirectories(own.resolve(WORKER_GROUP));
    for (var pid : inside) {
      Files.writeString(child.resolve("cgroup.procs"), pid);
    }
  }

  private static String relative(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }

  boolean limitMemory() {
    return parents.stream().anyMatch(parent -> parent.kind() != Kind.PIDS_V1);
  }

  boolean limitProcesses() {
    return parents.stream().anyMatch(parent -> parent.kind() != Kind.MEMORY_V1);
  }

  /** A group for one run; one that limits nothing where there are none. */
  ResourceGroup open(String name, long memoryBytes, int processes) throws IOException {
    return ResourceGroup.open(parents, name, memoryBytes, processes);
  }

  /** Removes what is left; called when no run goes on. */
  void close() {
    for (var parent : parents) {
      ResourceGroup.removeAll(parent.folder());
    }
  }

  @Override
  public String toString() {
    return parents.isEmpty()
        ? "none"
        : parents.getFirst().kind() == Kind.BOTH_V2 ? "control groups v2" : "control groups v1";
  }
}
