package io.ruche.cli.app;

import io.ruche.cli.output.Reason;
import io.ruche.core.RucheException;
import io.ruche.manifest.Manifest;
import io.ruche.manifest.ManifestProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Modules and manifests as files of this machine. */
public final class AppModule {
  /** Larger files are no apps. */
  static final long MAX_BYTES = 64L << 20;

  private AppModule() {}

  /** The bytes of a file that is small enough to be a module. */
  public static byte[] read(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw unreadable(file, "it has %d bytes, more than %d".formatted(size, MAX_BYTES), null);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, Reason.of(e), e);
    }
  }

  /** The manifest that a module carries, if any. */
  public static Optional<Manifest> manifest(byte[] module, String source) {
    try {
      return Manifest.ofModule(module);
    } catch (ManifestProblems e) {
      throw invalid(e, source);
    } catch (IllegalArgumentException e) {
      throw new RucheException(
          "MODULE_INVALID",
          "%s cannot be used: %s.".formatted(source, e.getMessage()),
          "Build the app as a WASI module; `ruche app pack` adds a manifest to it.",
          false,
          e);
    }
  }

  /** A manifest that is needed. */
  public static Manifest requireManifest(byte[] module, String source) {
    return manifest(module, source)
        .orElseThrow(() -> new RucheException(
            "MANIFEST_MISSING",
            "%s carries no manifest, so its functions are not known.".formatted(source),
            "Add one with `ruche app pack`, or give its arguments with --args.",
            false));
  }

  /** The manifest in a file of its own, or in a module. */
  public static Manifest manifestOf(Path file) {
    byte[] bytes = read(file);
    if (bytes.length > 0 && bytes[0] == 0) {
      return requireManifest(bytes, file.toString());
    }
    return parse(bytes, file.toString());
  }

  static Manifest parse(byte[] json, String source) {
    try {
      return Manifest.parse(json);
    } catch (ManifestProblems e) {
      throw invalid(e, source);
    }
  }

  private static RucheException invalid(ManifestProblems problems, String source) {
    return new RucheException(
        "MANIFEST_INVALID",
        "the manifest of %s has %d problem%s: %s."
            .formatted(
                source,
                problems.problems().size(),
                problems.problems().size() == 1 ? "" : "s",
                problems.getMessage()),
        "Correct the named fields.",
        false,
        problems);
  }

  private static RucheException unreadable(Path file, String reason, @Nullable Throwable cause) {
    return new RucheException(
        "FILE_UNREADABLE",
        "cannot read %s: %s.".formatted(file, reason),
        "Check the path.",
        false,
        cause);
  }
}
