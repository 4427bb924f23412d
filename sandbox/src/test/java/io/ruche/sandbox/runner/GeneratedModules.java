package io.ruche.sandbox.runner;

import io.ruche.sandbox.TestModules;
import io.ruche.sandbox.WasmBuilder;
import java.util.ArrayList;
import java.util.List;

/** For tests outside this package: modules whose end depends on much of what an engine does. */
public final class GeneratedModules {
  private GeneratedModules() {}

  /** Generated ones, one that recurses as deep as it may, and one that runs out of fuel. */
  public static List<byte[]> with(int generated) {
    var modules = new ArrayList<byte[]>();
    for (int seed = 0; seed < generated; seed++) {
      modules.add(RandomModule.of(seed));
    }
    modules.add(new WasmBuilder()
        .function("again", code -> code.call("again"))
        .start(code -> code.call("again"))
        .build());
    modules.add(TestModules.endless().build());
    return modules;
  }
}
