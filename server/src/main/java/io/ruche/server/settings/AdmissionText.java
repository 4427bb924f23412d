package io.ruche.server.settings;

import io.ruche.core.Address;
import io.ruche.core.MachineNeeds;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads who may do which work, as settings write it. */
final class AdmissionText {
  private AdmissionText() {}

  /**
   * Reads {@code name=0xWORKER+0xWORKER,name=...}.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static Map<String, Set<Address>> groups(String text) {
    var groups = new TreeMap<String, Set<Address>>();
    Arrays.stream(text.split(",")).forEach(part -> {
      int equals = part.indexOf('=');
      var name = equals < 0 ? "" : part.substring(0, equals).strip();
      if (!MachineNeeds.isName(name)) {
        throw new IllegalArgumentException(
            "expected name=0xWORKER+0xWORKER, with a name of small letters, found: " + part);
      }
      if (groups.put(name, workers(part.substring(equals + 1))) != null) {
        throw new IllegalArgumentException("expected each group once, found two of " + name);
      }
    });
    return groups;
  }

  /**
   * Reads addresses and names of groups, split by commas.
   *
   * @throws IllegalArgumentException when one is neither
   */
  static Set<Address> workers(String text, Map<String, Set<Address>> groups) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .flatMap(one -> groups.containsKey(one)
            ? groups.getOrDefault(one, Set.of()).stream()
            : Stream.of(new Address(one)))
        .collect(Collectors.toSet());
  }

  private static Set<Address> workers(String text) {
    return Arrays.stream(text.split("[+]"))
        .map(worker -> new Address(worker.strip()))
        .collect(Collectors.toSet());
  }
}
