package io.ruche.sandbox.wasm;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What runners run modules with. Native code runs only inside bubblewrap.
 *
 * @param library the owner's {@code libwasmtime.so}; null looks where installers put it
 * @param folder where the bundled library may be unpacked, once; null leaves it out
 */
public record EngineSettings(
    Choice choice, @Nullable Path library, @Nullable Path folder) {
  /** Which engine. */
  public enum Choice {
    /** wasmtime where it can be had, else Chicory; the isolation says what was found. */
    WHERE_POSSIBLE,
    CHICORY,
    /** Starting the pool fails where wasmtime cannot be had. */
    WASMTIME
  }

  /** Chicory, which needs nothing. */
  public static final EngineSettings CHICORY = new EngineSettings(Choice.CHICORY, null, null);

  /** By itself. */
  public static EngineSettings wherePossible(Path folder) {
    return new EngineSettings(Choice.WHERE_POSSIBLE, null, folder);
  }

  public EngineSettings withChoice(Choice other) {
    return new EngineSettings(other, library, folder);
  }

  public EngineSettings withLibrary(@Nullable Path file) {
    return new EngineSettings(choice, file, folder);
  }
}
