package io.ruche.sandbox;

import java.util.Locale;

/**
 * What this machine runs on: the one place that asks. WASM runs everywhere; what else there is
 * depends on it.
 */
public enum OperatingSystem {
  LINUX("Linux"),
  MAC("macOS"),
  WINDOWS("Windows"),
  OTHER("this system");

  private final String words;

  OperatingSystem(String words) {
    this.words = words;
  }

  public static OperatingSystem current() {
    return named(System.getProperty("os.name", ""));
  }

  /** As Java names it in {@code os.name}. */
  public static OperatingSystem named(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("linux")) {
      return LINUX;
    }
    if (lower.startsWith("mac")) {
      return MAC;
    }
    return lower.startsWith("windows") ? WINDOWS : OTHER;
  }

  /** Whether native programs and images can be kept in: namespaces, control groups, seccomp. */
  public boolean hasNamespaces() {
    return this == LINUX;
  }

  /** Whether a process can be stopped and continued; else its run is handed back, not paused. */
  public boolean canStopProcesses() {
    return this != WINDOWS;
  }

  /** For people to read. */
  @Override
  public String toString() {
    return words;
  }
}
