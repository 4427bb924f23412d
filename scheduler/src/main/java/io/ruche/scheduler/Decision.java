package io.ruche.scheduler;

import java.util.List;

/**
 * What follows from one event: append the facts, sync, then carry out the commands. Decisions of
 * several events may share one sync: all facts in order, then all commands in order.
 */
public record Decision(List<Fact> facts, List<Command> commands) {
  public static final Decision NOTHING = new Decision(List.of(), List.of());

  public Decision {
    facts = List.copyOf(facts);
    commands = List.copyOf(commands);
  }
}
