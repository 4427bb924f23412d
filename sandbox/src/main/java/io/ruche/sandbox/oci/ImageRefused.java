package io.ruche.sandbox.oci;

import io.ruche.core.FailureCode;

/** An image cannot be had or cannot be run here. */
final class ImageRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final FailureCode code;

  ImageRefused(FailureCode code, String detail) {
    super(detail);
    this.code = code;
  }

  FailureCode code() {
    return code;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
