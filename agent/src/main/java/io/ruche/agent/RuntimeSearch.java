package io.ruche.agent;

import io.ruche.core.AppType;
import io.ruche.sandbox.Sandbox;

/**
 * Looks for a sandbox that this machine may lack, or whose start takes long: the worker works
 * meanwhile with those that it has.
 */
record RuntimeSearch(AppType type, Step step) {
  /** What was found. */
  sealed interface Found {
    record Works(Sandbox sandbox) implements Found {}

    /**
     * It does not work here.
     *
     * @param reason for the owner to read
     * @param remedy what the owner could do
     */
    record Missing(String reason, String remedy) implements Found {}
  }

  /** Tries the sandbox out; may take many seconds, and ends soon when it is interrupted. */
  interface Step {
    Found find() throws InterruptedException;
  }
}
