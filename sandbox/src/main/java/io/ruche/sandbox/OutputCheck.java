package io.ruche.sandbox;

import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a finished run left, from outside the runner: plain files and folders only, within
 * the limits, and not the name that is reserved for certified failures.
 */
public final class OutputCheck extends SimpleFileVisitor<Path> {
  /** Whether this Java reads the bytes of file names as UTF-8, as digests do. */
  private static final boolean IS_UTF_8 =
      "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));

  private final Path root;
  private final RunLimits limits;
  private long bytes;
  private int files;
  private RunOutcome.@Nullable Failed failure;

  private OutputCheck(Path root, RunLimits limits) {
    this.root = root;
    this.limits = limits;
  }

  /** The failure that the output amounts to, if it does. */
  public static Optional<RunOutcome.Failed> check(Path output, RunLimits limits) {
    var check = new OutputCheck(output, limits);
    try {
      Files.walkFileTree(output, check);
      return Optional.ofNullable(check.failure);
    } catch (IOException e) {
      return Optional.of(
          RunOutcome.failed(FailureCode.INFRASTRUCTURE, "the output cannot be read: " + e));
    }
  }

  /** The outcome of a run that ended well, unless what it left breaks a rule. */
  public static RunOutcome checked(RunOutcome outcome, RunRequest request) {
    return switch (outcome) {
      case RunOutcome.Failed failed -> failed;
      case RunOutcome.Finished finished ->
        check(request.output(), request.limits())
            .<RunOutcome>map(failed -> new RunOutcome.Failed(
                failed.code(), 0, failed.detail(), finished.logs(), finished.fuelUsed()))
            .orElse(finished);
    };
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    return folder.equals(root) ? FileVisitResult.CONTINUE : count(folder, 0);
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (!attributes.isRegularFile()) {
      return fail(FailureCode.INVALID_OUTPUT, "expected plain files in the output, found " + file);
    }
    if (root.resolve(Failure.FILE_NAME).equals(file)) {
      return fail(FailureCode.INVALID_OUTPUT, "an app may not write " + Failure.FILE_NAME);
    }
    return count(file, attributes.size());
  }

  private FileVisitResult count(Path path, long sizeBytes) {
    if (!IS_UTF_8 && !isAscii(path)) {
      return fail(
          FailureCode.INFRASTRUCTURE,
          "this process cannot read the name %s as UTF-8; start it with LC_ALL=C.UTF-8"
              .formatted(path.getFileName()));
    }
    files++;
    bytes += sizeBytes;
    if (files > limits.outputFiles() || bytes > limits.outputBytes()) {
      return fail(
          FailureCode.OUTPUT_LIMIT,
          "expected at most %d files and %d bytes of output"
              .formatted(limits.outputFiles(), limits.outputBytes()));
    }
    return FileVisitResult.CONTINUE;
  }

  private static boolean isAscii(Path path) {
    return String.valueOf(path.getFileName()).chars().allMatch(letter -> letter < 0x80);
  }

  private FileVisitResult fail(FailureCode code, String detail) {
    failure = RunOutcome.failed(code, detail);
    return FileVisitResult.TERMINATE;
  }
}
