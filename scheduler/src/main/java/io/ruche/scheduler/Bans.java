package io.ruche.scheduler;

import io.ruche.core.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Workers and machines that get no work, with the operator's reason, until they are readmitted. */
final class Bans {
  private final Map<Address, String> reasons = new TreeMap<>();

  void ban(Address who, String reason) {
    reasons.put(who, reason);
  }

  void readmit(Address who) {
    reasons.remove(who);
  }

  /** Why it is banned; null when it is not. */
  @Nullable
  String reason(Address who) {
    return reasons.get(who);
  }

  List<Fact> facts() {
    var facts = new ArrayList<Fact>();
    reasons.forEach((who, reason) -> facts.add(new Fact.WorkerBanned(who, reason)));
    return facts;
  }
}
