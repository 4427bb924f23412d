package io.ruche.core;

import java.util.Arrays;
import java.util.Optional;

/** How an app is run; on chain it is this name. */
public enum AppType {
  /** A module with WASI preview 1. */
  WASM,
  /** One program file for Linux, or a script that names its interpreter. */
  NATIVE,
  /** Any OCI image. */
  DOCKER;

  /** Empty for a name that nobody here can run. */
  public static Optional<AppType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }
}
