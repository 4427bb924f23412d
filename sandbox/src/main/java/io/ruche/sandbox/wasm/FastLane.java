package io.ruche.sandbox.wasm;

import io.ruche.sandbox.engine.ChicoryEngine;
import io.ruche.sandbox.runner.RunnerMain;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The libraries of wasmtime that a runner may try, the owner's before the bundled one.
 *
 * @param arguments of the runner, in the order of preference
 * @param files what the runner must be able to read
 * @param libraryPath where Java looks for the bundled library; empty when there is none
 * @param notes what there is to say of it, for the owner
 * @param isProved whether a runner has passed its trial with it
 */
record FastLane(
    List<String> arguments,
    List<Path> files,
    Optional<Path> libraryPath,
    List<String> notes,
    boolean isProved) {
  /** No fast lane. */
  static final FastLane NONE =
      new FastLane(List.of(), List.of(), Optional.empty(), List.of(), false);

  private static final String BUNDLED_VERSION = "0.19.0";
  private static final String LIBRARY = "libwasmtime.so";

  FastLane {
    arguments = List.copyOf(arguments);
    files = List.copyOf(files);
    notes = List.copyOf(notes);
  }

  /** None, and why. */
  static FastLane without(String note) {
    return new FastLane(List.of(), List.of(), Optional.empty(), List.of(note), false);
  }

  boolean isEmpty() {
    return arguments.isEmpty();
  }

  /** The same, with the engine that a runner found in it. */
  FastLane proved(String engine) {
    var all = Stream.concat(Stream.of(engine), notes.stream()).toList();
    return new FastLane(arguments, files, libraryPath, all, true);
  }

  /** What this machine has. */
  static FastLane find(EngineSettings settings) {
    var arch = arch();
    if (settings.choice() == EngineSettings.Choice.CHICORY) {
      return NONE;
    }
    if (arch.isEmpty()) {
      return without(ChicoryEngine.NAME + ", as wasmtime is for Linux on x86-64 and arm64");
    }
    var arguments = new ArrayList<String>();
    var files = new ArrayList<Path>();
    var notes = new ArrayList<String>();
    var named = settings.library();
    if (named != null && !Files.isRegularFile(named)) {
      notes.add("there is no file " + named);
      named = null;
    }
    installed(named, arch.get()).ifPresent(file -> {
      arguments.add(RunnerMain.INSTALLED + file);
      files.add(file);
    });
    Optional<Path> unpacked = Optional.empty();
    try {
      unpacked = unpack(settings.folder(), arch.get());
    } catch (IOException e) {
      notes.add("the bundled wasmtime cannot be unpacked: " + e);
    }
    unpacked.ifPresent(folder -> {
      arguments.add(RunnerMain.BUNDLED);
      files.add(folder);
    });
    return new FastLane(arguments, files, unpacked, notes, false);
  }

  private static Optional<String> arch() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return Optional.empty();
    }
    return switch (System.getProperty("os.arch", "")) {
      case "amd64", "x86_64" -> Optional.of("x86_64");
      case "aarch64", "arm64" -> Optional.of("aarch64");
      default -> Optional.empty();
    };
  }

  /** The named file as it is, or the first that an installer left. */
  private static Optional<Path> installed(@Nullable Path named, String arch) {
    if (named != null) {
      return Optional.of(named.toAbsolutePath());
    }
    var home = System.getProperty("user.home", "/");
    var plain = Stream.of(
            "/usr/local/lib", "/usr/lib/" + arch + "-linux-gnu", "/usr/lib64", "/usr/lib")
        .map(folder -> Path.of(folder, LIBRARY));
    var python = Stream.of(home + "/.local/lib", "/usr/local/lib", "/usr/lib")
        .flatMap(folder -> pythons(Path.of(folder)))
        .flatMap(folder -> Stream.of("site-packages", "dist-packages").map(folder::resolve))
        .map(folder -> folder.resolve("wasmtime/linux-%s/_libwasmtime.so".formatted(arch)));
    return Stream.concat(plain, python).filter(Files::isRegularFile).findFirst();
  }

  private static Stream<Path> pythons(Path folder) {
    var found = new ArrayList<Path>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "python3*")) {
      entries.forEach(found::add);
    } catch (IOException e) {
      return Stream.empty(); // no such folder, or not ours to read
    }
    return found.stream().sorted();
  }

  /** The folder with the bundled library in it; what lies there whole is kept. */
  private static Optional<Path> unpack(@Nullable Path folder, String arch) throws IOException {
    var name = "/libwasmtime_jni_%s_linux_%s.so".formatted(BUNDLED_VERSION, arch);
    var resource = FastLane.class.getResource(name);
    if (folder == null || resource == null) {
      return Optional.empty();
    }
    var place = Files.createDirectories(
        folder.toAbsolutePath().normalize().resolve("wasmtime-java-" + BUNDLED_VERSION));
    var library = place.resolve("libwasmtime_jni.so");
    var connection = resource.openConnection();
    connection.setUseCaches(false);
    try (var in = connection.getInputStream()) {
      if (!Files.exists(library) || Files.size(library) != connection.getContentLengthLong()) {
        var part = Files.createTempFile(place, "part", ".so");
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return Optional.of(place);
  }
}
