package io.ruche.cli;

import io.ruche.cli.config.ConfigCommand;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The nouns and verbs, in the order that help shows them. */
final class Commands {
  private Commands() {}

  static SequencedMap<String, Object> of(Session session) {
    var commands = new LinkedHashMap<String, Object>();
    commands.put("config", new ConfigCommand(session));
    return commands;
  }
}
