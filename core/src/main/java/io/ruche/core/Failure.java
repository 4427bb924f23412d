package io.ruche.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A certified failure: what workers vote on when a run cannot give a result. Canonical, so that
 * honest machines agree; error text stays off chain.
 *
 * @param exitCode the app's exit code for {@link FailureCode#EXIT}, else 0
 */
public record Failure(FailureCode code, int exitCode) {
  /** The only file of a failed run's result folder; an app may not write it. */
  public static final String FILE_NAME = "ruche-failure.json";

  /** Longer bytes are no canonical failure. */
  public static final int MAX_BYTES = 100;

  private static final Pattern CANONICAL =
      Pattern.compile("\\{\"code\":\"([A-Z_]{1,32})\",\"exitCode\":(-?[0-9]{1,10})}");

  /** The failure in the bytes of {@link #FILE_NAME}; empty unless they are canonical. */
  public static Optional<Failure> parse(byte[] bytes) {
    var matcher = CANONICAL.matcher(new String(bytes, StandardCharsets.UTF_8));
    return matcher.matches() ? of(matcher.group(1), matcher.group(2)) : Optional.empty();
  }

  private static Optional<Failure> of(String name, String exitCode) {
    return Arrays.stream(FailureCode.values())
        .filter(code -> code.name().equals(name))
        .map(code -> new Failure(code, (int) Long.parseLong(exitCode)))
        .filter(failure -> Long.parseLong(exitCode) == failure.exitCode())
        .findFirst();
  }

  /** The bytes of {@link #FILE_NAME}. */
  public byte[] canonicalBytes() {
    return "{\"code\":\"%s\",\"exitCode\":%d}"
        .formatted(code.name(), exitCode)
        .getBytes(StandardCharsets.UTF_8);
  }
}
