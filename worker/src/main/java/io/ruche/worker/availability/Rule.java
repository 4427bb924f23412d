package io.ruche.worker.availability;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Conditions that must all hold; none at all is always. */
public record Rule(List<Condition> conditions) {
  public static final Rule ALWAYS = new Rule(List.of());

  public Rule {
    conditions = List.copyOf(conditions);
  }

  /** The facts that are worth reading. */
  public Set<Sense> senses() {
    var senses = EnumSet.noneOf(Sense.class);
    conditions.forEach(condition -> senses.addAll(condition.senses()));
    return senses;
  }

  /** Everything that stands against work now. */
  public List<Obstacle> obstacles(Moment moment) {
    return conditions.stream()
        .map(condition -> condition.check(moment))
        .flatMap(Optional::stream)
        .toList();
  }
}
