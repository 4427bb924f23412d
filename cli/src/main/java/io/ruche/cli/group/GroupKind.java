package io.ruche.cli.group;

import io.ruche.chain.Call;
import io.ruche.chain.dev.Artifacts;
import io.ruche.chain.hub.Groups;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import java.util.List;

/** The group contracts that can be created. */
enum GroupKind {
  LIST("MemberGroup", "MemberGroup", 0, Groups.MAX_ARRAY),
  UNION("CombinedGroup", "UnionGroup", 1, Groups.MAX_PARTS),
  INTERSECTION("CombinedGroup", "IntersectionGroup", 1, Groups.MAX_PARTS);

  private final String source;
  private final String contract;
  private final int min;
  private final int max;

  GroupKind(String source, String contract, int min, int max) {
    this.source = source;
    this.contract = contract;
    this.min = min;
    this.max = max;
  }

  static GroupKind of(boolean isUnion, boolean isIntersection) {
    if (isUnion && isIntersection) {
      throw new RucheException(
          "USAGE",
          "expected --union or --intersection, found both.",
          "Create two groups, and one of those two.",
          false);
    }
    return isUnion ? UNION : isIntersection ? INTERSECTION : LIST;
  }

  void requireCount(int count) {
    if (count < min || count > max) {
      throw new RucheException(
          "USAGE",
          "expected %d to %d addresses, found %d.".formatted(min, max, count),
          this == LIST
              ? "Create it with the first %d, then use `ruche group add`.".formatted(max)
              : "Name the groups that it is made of.",
          false);
    }
  }

  /** What creates the contract. */
  Call creation(Artifacts artifacts, Address owner, List<Address> addresses) {
    byte[] code = artifacts.creationCode(source, contract);
    return this == LIST
        ? Groups.createList(code, owner, addresses)
        : Groups.createCombined(code, addresses);
  }
}
