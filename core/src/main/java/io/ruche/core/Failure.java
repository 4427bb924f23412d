package io.ruche.core;

import java.nio.charset.StandardCharsets;

/**
 * A certified failure: what workers vote on when a run cannot give a result. Canonical, so that
 * honest machines agree; error text stays off chain.
 *
 * @param exitCode the app's exit code for {@link FailureCode#EXIT}, else 0
 */
public record Failure(FailureCode code, int exitCode) {
  /** The only file of a failed run's result folder; an app may not write it. */
  public static final String FILE_NAME = "ruche-failure.json";

  /** The bytes of {@link #FILE_NAME}. */
  public byte[] canonicalBytes() {
    return "{\"code\":\"%s\",\"exitCode\":%d}"
        .formatted(code.name(), exitCode)
        .getBytes(StandardCharsets.UTF_8);
  }
}
