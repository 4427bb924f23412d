package io.ruche.core;

/**
 * What one run needs of the machine that it runs on, beyond what every machine grants; asked in
 * {@code params.ruche.needs}. A number of 0 and an empty text ask for nothing.
 *
 * @param cpus processors that the run may use, up to {@link #MAX_CPUS}
 * @param memoryMiB most memory that the run uses, which becomes its limit; up to 1 TiB
 * @param diskMiB free disk space, up to 1 PiB
 * @param arch kind of processor, such as {@code amd64} or {@code arm64}
 * @param group name of a group of machines that the pool and the machine's owner both know
 */
public record MachineNeeds(int cpus, int memoryMiB, long diskMiB, String arch, String group) {
  public static final MachineNeeds NONE = new MachineNeeds(0, 0, 0, "", "");
  public static final int MAX_CPUS = 1_024;
  public static final int MAX_MEMORY_MIB = 1 << 20;
  public static final long MAX_DISK_MIB = 1L << 30;

  private static final String NAME = "[a-z0-9][a-z0-9_-]{0,31}";

  public MachineNeeds {
    within("cpu", cpus, MAX_CPUS);
    within("memoryMiB", memoryMiB, MAX_MEMORY_MIB);
    within("diskMiB", diskMiB, MAX_DISK_MIB);
    requireName("arch", arch);
    requireName("group", group);
  }

  public boolean isNone() {
    return equals(NONE);
  }

  /** Whether the text can name a kind of processor or a group. */
  public static boolean isName(String text) {
    return text.matches(NAME);
  }

  /** The kind of processor as needs name it, whatever Java calls it. */
  public static String archOf(String javaName) {
    return switch (javaName) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> javaName;
    };
  }

  private static void within(String what, long value, long most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(
          "expected at most %d for %s, found %d".formatted(most, what, value));
    }
  }

  private static void requireName(String what, String text) {
    if (!text.isEmpty() && !isName(text)) {
      throw new IllegalArgumentException(
          "expected up to 32 small letters, digits, - and _ for %s, found: %s"
              .formatted(what, text));
    }
  }
}
