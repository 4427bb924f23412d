package io.ruche.sandbox;

import io.ruche.core.RunLimits;
import io.ruche.core.Sha256;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One run of an app.
 *
 * @param app the app and its checksum, by which compiled code is kept
 * @param seed all chance in the run follows from this; workers of one task must use the same
 * @param args arguments, without the program's name
 * @param env variables, handed over sorted by name
 * @param input what the app sees, read-only, as {@code /iexec_in}: plain files and folders, no
 *     links
 * @param output what the app sees as {@code /iexec_out}: an empty folder
 * @param access what it may reach beyond that
 */
public record RunRequest(
    App app,
    String seed,
    List<String> args,
    SortedMap<String, String> env,
    Path input,
    Path output,
    RunLimits limits,
    Access access) {
  /** What is run. */
  public sealed interface App {
    /** A file that was checked against the sha256 it is published with. */
    record AppFile(Path file, Sha256 sha256) implements App {
      public AppFile {
        file = file.toAbsolutePath().normalize();
      }
    }

    /**
     * An image that the container engine brings from a registry, such as
     * {@code registry.example/group/name}, and the digest of its manifest or index, always checked.
     */
    record AppImage(String name, Sha256 digest) implements App {}
  }

  public RunRequest {
    args = List.copyOf(args);
    env = Collections.unmodifiableSortedMap(new TreeMap<>(env));
    input = input.toAbsolutePath().normalize();
    output = output.toAbsolutePath().normalize();
    args.forEach(RunRequest::requireNoZero);
    env.forEach(RunRequest::requireVariable);
  }

  public RunRequest withLimits(RunLimits other) {
    return new RunRequest(app, seed, args, env, input, output, other, access);
  }

  public RunRequest withOutput(Path other) {
    return new RunRequest(app, seed, args, env, input, other, limits, access);
  }

  private static void requireVariable(String name, String value) {
    requireNoZero(value);
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException(
          "expected a variable name of letters, digits and _, found: " + name);
    }
  }

  private static void requireNoZero(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("arguments and variables may not hold a zero character");
    }
  }
}
