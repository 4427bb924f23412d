package io.ruche.agent.availability;

/** Stops and continues the processes in which apps run. Saying it twice changes nothing. */
public interface Runs {
  /** Stops all that run now, where they stand. */
  void pause();

  void resume();
}
