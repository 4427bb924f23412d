package io.ruche.agent.availability;

import io.ruche.agent.settings.AvailabilitySettings;
import io.ruche.worker.availability.MachineFacts;
import io.ruche.worker.availability.Sense;
import java.util.Set;

/**
 * Tells facts about this machine. Callers may not assume that a fact is known, nor that it is
 * younger than 30 seconds. Answers within a fraction of a second; called from one thread.
 */
public interface Machine {
  /** Facts that no one asks for are unknown. */
  MachineFacts look(Set<Sense> senses);

  /** The same machine read with other settings; what is known already is kept where it can be. */
  default Machine with(AvailabilitySettings settings) {
    return this;
  }
}
