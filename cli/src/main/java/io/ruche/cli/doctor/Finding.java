package io.ruche.cli.doctor;

import io.ruche.core.RucheException;

/**
 * One thing that was looked at.
 *
 * @param found what is there, in a few words
 * @param fix what to do; empty when all is well
 */
record Finding(String what, State state, String found, String fix) {
  /** Advice is followed or not; a problem keeps something from working. */
  enum State {
    ok,
    advice,
    problem
  }

  static Finding ok(String what, String found) {
    return new Finding(what, State.ok, found, "");
  }

  static Finding advice(String what, String found, String fix) {
    return new Finding(what, State.advice, found, fix);
  }

  static Finding problem(String what, RucheException failure) {
    return problem(what, "%s: %s".formatted(failure.code(), failure.getMessage()), failure.hint());
  }

  static Finding problem(String what, String found, String fix) {
    return new Finding(what, State.problem, found, fix);
  }
}
