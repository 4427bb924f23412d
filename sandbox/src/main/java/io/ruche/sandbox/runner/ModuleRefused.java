package io.ruche.sandbox.runner;

import io.ruche.core.FailureCode;

/** The module is not run at all: it is broken, uses what is not supported, or needs too much. */
final class ModuleRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureCode code;

  ModuleRefused(FailureCode code, String detail) {
    super(detail, null, false, false);
    this.code = code;
  }

  FailureCode code() {
    return code;
  }
}
