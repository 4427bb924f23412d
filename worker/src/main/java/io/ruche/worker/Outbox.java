package io.ruche.worker;

import java.util.ArrayList;
import java.util.List;

/** Collects what follows from a batch of events. */
final class Outbox {
  private final List<Fact> facts = new ArrayList<>();
  private final List<Command> commands = new ArrayList<>();
  private boolean isConnected;

  void keep(Fact fact) {
    facts.add(fact);
  }

  void order(Command command) {
    commands.add(command);
  }

  /** Tells the pool, when there is a session; what is lost here is said again at the next one. */
  void tell(Command.Report report) {
    if (isConnected) {
      commands.add(report);
    }
  }

  void connected(boolean value) {
    isConnected = value;
  }

  boolean isConnected() {
    return isConnected;
  }

  /** Everything since the last call. */
  Decision drain() {
    var decision = new Decision(facts, commands);
    facts.clear();
    commands.clear();
    return decision;
  }
}
