package io.ruche.sandbox.wasi;

import io.ruche.core.FailureCode;

/** Thrown through the guest's frames to end its run: it asked to exit, or broke a limit. */
public final class GuestStop extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureCode code;
  private final int exitCode;

  private GuestStop(FailureCode code, int exitCode, String detail) {
    super(detail, null, false, false);
    this.code = code;
    this.exitCode = exitCode;
  }

  /** The guest called {@code proc_exit}; code 0 is success. */
  static GuestStop exit(int exitCode) {
    return new GuestStop(FailureCode.EXIT, exitCode, "the app ended with exit code " + exitCode);
  }

  static GuestStop outputLimit(String detail) {
    return new GuestStop(FailureCode.OUTPUT_LIMIT, 0, detail);
  }

  /** The machine failed the guest: its disk is full, an input cannot be read. */
  static GuestStop infrastructure(String detail) {
    return new GuestStop(FailureCode.INFRASTRUCTURE, 0, detail);
  }

  public boolean isSuccess() {
    return code == FailureCode.EXIT && exitCode == 0;
  }

  public FailureCode code() {
    return code;
  }

  public int exitCode() {
    return exitCode;
  }
}
