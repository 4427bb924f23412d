package io.ruche.cli;

import io.ruche.core.RucheException;
import java.util.Set;

/** What the process ends with. */
public final class ExitCode {
  public static final int OK = 0;
  public static final int FAILED = 1;
  public static final int CANCELLED = 2;
  public static final int USAGE = 3;
  public static final int NOT_AUTHORISED = 4;
  public static final int PENDING = 8;

  private static final Set<String> USAGE_CODES = Set.of("USAGE", "SETTINGS_INVALID");
  private static final Set<String> AUTHORISATION_CODES = Set.of(
      "NOT_AUTHORISED",
      "WRONG_PASSWORD",
      "WALLET_PASSWORD_MISSING",
      "NOT_OWNER",
      "NOT_REQUESTER",
      "NOT_OPERATOR",
      "RESTRICTED");

  private ExitCode() {}

  public static int of(RucheException failure) {
    var code = failure.code();
    if (USAGE_CODES.contains(code)) {
      return USAGE;
    }
    if (AUTHORISATION_CODES.contains(code)) {
      return NOT_AUTHORISED;
    }
    if (code.equals("CANCELLED")) {
      return CANCELLED;
    }
    return code.equals("PENDING") ? PENDING : FAILED;
  }
}
