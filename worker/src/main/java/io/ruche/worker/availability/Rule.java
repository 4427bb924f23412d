package io.ruche.worker.availability;

import java.util.ArrayList;
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

  public Rule and(Condition another) {
    var all = new ArrayList<>(conditions);
    all.add(another);
    return new Rule(all);
  }

  /** Everything that stands against any work now. */
  public List<Obstacle> obstacles(Moment moment) {
    return obstacles(moment, false);
  }

  /** Everything that stands against new work alone. */
  public List<Obstacle> obstaclesToNewWork(Moment moment) {
    return obstacles(moment, true);
  }

  private List<Obstacle> obstacles(Moment moment, boolean isForNewWorkOnly) {
    return conditions.stream()
        .filter(condition -> condition.isForNewWorkOnly() == isForNewWorkOnly)
        .map(condition -> condition.check(moment))
        .flatMap(Optional::stream)
        .toList();
  }
}
