package io.ruche.worker;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class WorkerEnginePropertyTest {

  @Property(tries = 400)
  void nothingIsSentTwiceUnkeptOrTooSoon(@ForAll long seed) {
    var world = new RandomWorld(seed);
    for (int i = 0; i < 300; i++) {
      world.step();
    }

    world.finish();
  }
}
