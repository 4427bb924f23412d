package io.ruche.scheduler;

import io.ruche.core.Address;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom a pool lets do which work; what its operator says while it runs is kept beside it.
 *
 * @param groups workers of each group that tasks may need; a machine must say itself that it is one
 * @param allowed the only workers that get any work; empty for everybody
 * @param banned workers, or machines, that get none
 * @param isApartByAddress whether two machines that dial from one address range never vote on one
 *     task, as two of one owner never do
 */
public record Admission(
    Map<String, Set<Address>> groups,
    Set<Address> allowed,
    Set<Address> banned,
    boolean isApartByAddress) {
  /** Everybody may do everything that needs no group. */
  public static final Admission OPEN = new Admission(Map.of(), Set.of(), Set.of(), false);

  public Admission {
    groups = groups.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    allowed = Set.copyOf(allowed);
    banned = Set.copyOf(banned);
  }

  public Admission withGroups(Map<String, Set<Address>> newGroups) {
    return new Admission(newGroups, allowed, banned, isApartByAddress);
  }

  boolean isMember(Address worker, String group) {
    return groups.getOrDefault(group, Set.of()).contains(worker);
  }

  boolean isAllowed(Address worker) {
    return allowed.isEmpty() || allowed.contains(worker);
  }
}
