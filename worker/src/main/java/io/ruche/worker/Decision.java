package io.ruche.worker;

import java.util.List;

/** What follows from a batch of events: append the facts, sync, then carry out the commands. */
public record Decision(List<Fact> facts, List<Command> commands) {
  public Decision {
    facts = List.copyOf(facts);
    commands = List.copyOf(commands);
  }
}
