package io.ruche.cli.run;

import io.ruche.core.MachineNeeds;
import io.ruche.core.Needs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code --need} names, each {@code gpu}, {@code network} or {@code key=value}. */
final class NeedsText {
  private static final String GPU = "gpu";
  private static final String NETWORK = "network";
  private static final Set<String> KEYS = Set.of("cpu", "memoryMiB", "diskMiB", "arch", "group");

  private NeedsText() {}

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException when one is none
   */
  static Needs parse(List<String> texts) {
    var values = new LinkedHashMap<String, String>();
    for (var text : texts) {
      int equals = text.indexOf('=');
      var key = equals < 0 ? text : text.substring(0, equals);
      boolean isKnown = equals < 0 ? Set.of(GPU, NETWORK).contains(key) : KEYS.contains(key);
      if (!isKnown) {
        throw new IllegalArgumentException(
            "expected gpu, network, or a number of cpu=, memoryMiB= or diskMiB=, or arch= or group="
                + " for --need, found " + text);
      }
      if (values.put(key, text.substring(equals + 1)) != null) {
        throw new IllegalArgumentException(
            "expected --need %s once, found it twice".formatted(key));
      }
    }
    var machine = new MachineNeeds(
        (int) amount(values, "cpu", MachineNeeds.MAX_CPUS),
        (int) amount(values, "memoryMiB", MachineNeeds.MAX_MEMORY_MIB),
        amount(values, "diskMiB", MachineNeeds.MAX_DISK_MIB),
        values.getOrDefault("arch", ""),
        values.getOrDefault("group", ""));
    return new Needs(values.containsKey(NETWORK), values.containsKey(GPU), machine);
  }

  private static long amount(Map<String, String> values, String key, long most) {
    var text = values.getOrDefault(key, "0");
    boolean isFit = text.matches("[0-9]{1,12}") && Long.parseLong(text) <= most;
    if (!isFit || (values.containsKey(key) && Long.parseLong(text) == 0)) {
      throw new IllegalArgumentException(
          "expected a number from 1 to %d for --need %s, found %s".formatted(most, key, text));
    }
    return Long.parseLong(text);
  }
}
