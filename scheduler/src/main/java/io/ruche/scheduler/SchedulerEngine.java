package io.ruche.scheduler;

import io.ruche.core.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides for one workerpool. Called from one thread; each event costs about the logarithm of the
 * queue. The caller appends the facts of a decision, syncs, and then carries out its commands.
 */
public final class SchedulerEngine {
  private final SchedulerPolicy policy;

  public SchedulerEngine(SchedulerPolicy policy) {
    this.policy = policy;
  }

  /**
   * Rebuilds the engine from its journal; called once, before any event. The commands ask for every
   * task that is not settled; what was in flight is issued again as answers arrive.
   */
  public Decision restore(List<Fact> facts, Instant now) {
    return Decision.NOTHING;
  }

  public Decision on(Event event, Instant now) {
    return Decision.NOTHING;
  }

  /** When {@link ShellEvent.Ticked} is due, if nothing else happens before. */
  public Optional<Instant> nextWakeup() {
    return Optional.empty();
  }

  /** Facts that rebuild the present state, in place of all facts so far. */
  public List<Fact> snapshot() {
    return List.of();
  }

  public SchedulerPolicy policy() {
    return policy;
  }

  /** Why the task is where it is. */
  public Explanation explain(TaskId task, Instant now) {
    return new Explanation(task, "unknown", List.of());
  }
}
