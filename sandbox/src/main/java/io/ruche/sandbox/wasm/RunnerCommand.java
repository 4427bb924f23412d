package io.ruche.sandbox.wasm;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import io.ruche.core.FailureCode;
import io.ruche.sandbox.runner.RunnerMain;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.commons.InstructionAdapter;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.util.CheckClassAdapter;
import org.slf4j.Logger;

/** The command line of a runner: this Java, few classes, a bounded heap, an empty environment. */
final class RunnerCommand {
  /** An app's memory is copied when it grows, so for a moment it is there twice. */
  static final int HEAP_PER_APP_MEMORY = 2;

  /** Heap beyond the app's own memory: the engine, compiled modules, logs, frames. */
  static final int HEAP_OVERHEAD_MIB = 192;

  /** Small, so that the rest is one space in which the largest memory fits. */
  static final int YOUNG_HEAP_MIB = 32;

  static final int METASPACE_MIB = 256;
  static final int CODE_CACHE_MIB = 96;

  /** File names are UTF-8 whatever the agent's own locale is. */
  private static final String LOCALE = "C.UTF-8";

  private final RunnerSettings settings;
  private final Path javaHome = Path.of(System.getProperty("java.home"));
  private final Set<Path> classpath = classpath();
  private final DeathSignal deathSignal = new DeathSignal(find("setpriv"));

  RunnerCommand(RunnerSettings settings) {
    this.settings = settings;
  }

  /** Where bubblewrap is installed, if it is. */
  static Optional<Path> findBubblewrap() {
    return find("bwrap");
  }

  private static Optional<Path> find(String program) {
    var folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(folders.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Where {@link DeathSignal} works the runner ends with the agent, even when it is paused. */
  ProcessBuilder plain() {
    var command = new ArrayList<>(deathSignal.prefix());
    command.addAll(java(FastLane.NONE, start()));
    return process(command);
  }

  /** A runner that says at its start which engine it has. */
  ProcessBuilder trial(Path bubblewrap, FastLane lane) {
    var trial = wrapped(bubblewrap, lane);
    trial.command().add(RunnerMain.TRY_NOW);
    return trial;
  }

  /** A runner that writes its loaded classes into a file under the root as it ends. */
  ProcessBuilder training(Path bubblewrap, FastLane lane, Path output) {
    return wrapped(bubblewrap, lane, List.of("-XX:AOTCacheOutput=" + output, "-Xlog:disable"));
  }

  ProcessBuilder wrapped(Path bubblewrap, FastLane lane) {
    return wrapped(bubblewrap, lane, start());
  }

  private ProcessBuilder wrapped(Path bubblewrap, FastLane lane, List<String> start) {
    var command = new ArrayList<String>();
    command.add(bubblewrap.toString());
    command.addAll(List.of("--unshare-all", "--die-with-parent", "--new-session"));
    command.addAll(List.of("--cap-drop", "ALL", "--clearenv", "--setenv", "LC_ALL", LOCALE));
    command.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
    for (var folder : List.of("/usr", "/bin", "/lib", "/lib64", "/lib32")) {
      addSystemFolder(Path.of(folder), command);
    }
    var tasks = settings.tasksRoot().toString();
    command.addAll(List.of("--bind", tasks, tasks));
    Stream.of(Stream.of(javaHome), classpath.stream(), roots(), cache().stream())
        .flatMap(paths -> paths)
        .distinct()
        .forEach(path -> addReadOnly(path, command));
    lane.files().forEach(path -> addReadOnly(path, command));
    command.addAll(List.of("--chdir", "/"));
    command.addAll(java(lane, start));
    return process(command);
  }

  private static void addReadOnly(Path path, List<String> command) {
    command.addAll(List.of("--ro-bind", path.toString(), path.toString()));
  }

  private Stream<Path> roots() {
    return settings.readOnlyRoots().stream();
  }

  private static void addSystemFolder(Path folder, List<String> command) {
    try {
      if (Files.isSymbolicLink(folder)) {
        var target = Files.readSymbolicLink(folder).toString();
        command.addAll(List.of("--symlink", target, folder.toString()));
      } else if (Files.isDirectory(folder)) {
        command.addAll(List.of("--ro-bind", folder.toString(), folder.toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the link " + folder, e);
    }
  }

  private Optional<Path> cache() {
    return Optional.ofNullable(settings.cache()).filter(Files::isRegularFile);
  }

  /** Where its first classes come from: the file, or what Java brings along. */
  private List<String> start() {
    return cache()
        .map(file -> List.of("-XX:AOTCache=" + file, "-Xlog:disable"))
        .orElse(List.of("-Xshare:auto"));
  }

  private List<String> java(FastLane lane, List<String> start) {
    int heapMiB = HEAP_PER_APP_MEMORY * settings.maxMemoryMiB() + HEAP_OVERHEAD_MIB;
    var command = new ArrayList<>(List.of(
        javaHome.resolve("bin/java").toString(),
        "-Xmx" + heapMiB + "m",
        "-Xms48m",
        "-Xmn" + YOUNG_HEAP_MIB + "m",
        "-XX:MaxMetaspaceSize=" + METASPACE_MIB + "m",
        "-XX:ReservedCodeCacheSize=" + CODE_CACHE_MIB + "m",
        "-XX:+UseSerialGC",
        "-XX:MinHeapFreeRatio=10",
        "-XX:MaxHeapFreeRatio=30",
        "-XX:-DontCompileHugeMethods",
        "-XX:-UsePerfData",
        "-XX:+DisableAttachMechanism",
        // For wasmtime; a cache is for runners that have the same modules, so all have it.
        "--enable-native-access=ALL-UNNAMED"));
    command.addAll(start);
    if (!lane.isEmpty()) {
      // Long runs are native: Java's second compiler would take seconds for what short runs need.
      command.add("-XX:TieredStopAtLevel=1");
      command.add("-Dslf4j.internal.verbosity=ERROR");
    }
    lane.libraryPath().ifPresent(path -> command.add("-Djava.library.path=" + path));
    command.add("-cp");
    command.add(
        String.join(File.pathSeparator, classpath.stream().map(Path::toString).toList()));
    command.add(RunnerMain.class.getName());
    command.addAll(lane.arguments());
    return command;
  }

  private static ProcessBuilder process(List<String> command) {
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("LC_ALL", LOCALE);
    return builder;
  }

  /** Where the classes that a runner needs come from: one jar when packed, several when not. */
  private static Set<Path> classpath() {
    var paths = new LinkedHashSet<Path>();
    for (var type : List.of(
        RunnerMain.class,
        FailureCode.class,
        Instance.class,
        WasmModule.class,
        MachineFactoryCompiler.class,
        ClassVisitor.class,
        ClassNode.class,
        Analyzer.class,
        InstructionAdapter.class,
        CheckClassAdapter.class,
        io.github.kawamuray.wasmtime.Engine.class,
        Logger.class)) {
      paths.add(sourceOf(type));
    }
    return paths;
  }

  /** By the class's file: its code source is not known when it comes out of an AOT cache. */
  private static Path sourceOf(Class<?> type) {
    var file = type.getName().replace('.', '/') + ".class";
    var found =
        Objects.requireNonNull(type.getClassLoader().getResource(file), file).toString();
    var folder = found.substring(0, found.length() - file.length());
    var place = folder.startsWith("jar:") ? folder.substring(4, folder.length() - 2) : folder;
    return Path.of(URI.create(place));
  }
}
