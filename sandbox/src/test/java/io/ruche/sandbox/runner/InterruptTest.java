package io.ruche.sandbox.runner;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.TestModules;
import org.junit.jupiter.api.Test;

/** Guests of Chicory hear an interrupt; the process of the other engine's guests is ended. */
class InterruptTest extends GuestFixture {
  @Test
  void interruptStopsAnEndlessLoop() throws Exception {
    var guest = guests.start(runs.request(TestModules.endless()));

    guest.thread().interrupt();

    assertEndedIn(FailureCode.TIMEOUT, guest.outcome().get());
  }
}
