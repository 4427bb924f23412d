package io.ruche.scheduler;

import io.ruche.core.Address;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom a pool lets do which work.
 *
 * @param groups workers of each group that tasks may need; a machine must say itself that it is one
 */
public record Admission(Map<String, Set<Address>> groups) {
  /** Everybody may do everything that needs no group. */
  public static final Admission OPEN = new Admission(Map.of());

  public Admission {
    groups = groups.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
  }

  boolean isMember(Address worker, String group) {
    return groups.getOrDefault(group, Set.of()).contains(worker);
  }
}
