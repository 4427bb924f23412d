package io.ruche.manifest;

import io.ruche.core.Digest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an app says of itself.
 *
 * @param hash keccak256 of the manifest's bytes
 * @param limits null when the app promises none
 */
public record Manifest(
    String name,
    String version,
    String description,
    List<ManifestFunction> functions,
    @Nullable Limits limits,
    Digest hash) {
  public static final int MAX_BYTES = 65_536;

  /** The only app type that has functions. */
  public static final String TYPE = "WASM";

  /** What a run of the app takes at most, as its author promises. */
  public record Limits(int runSeconds, int memoryMiB) {}

  public Manifest {
    functions = List.copyOf(functions);
  }

  /**
   * Reads a manifest.
   *
   * @throws ManifestProblems with every problem and where it is
   */
  public static Manifest parse(byte[] json) {
    return ManifestReader.read(json);
  }

  /**
   * The manifest that a module carries.
   *
   * @throws ManifestProblems when it carries one that cannot be read
   * @throws IllegalArgumentException when the module or its section is malformed
   */
  public static Optional<Manifest> ofModule(byte[] module) {
    return WasmSection.read(module).map(Manifest::parse);
  }

  public Optional<ManifestFunction> function(String name) {
    return functions.stream().filter(function -> function.name().equals(name)).findFirst();
  }
}
