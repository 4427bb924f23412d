package io.ruche.sandbox.runner;

import io.ruche.sandbox.engine.ChicoryEngine;
import io.ruche.sandbox.engine.Engine;
import io.ruche.sandbox.engine.InstalledWasmtime;
import io.ruche.sandbox.engine.WasmtimeEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every engine that works on this machine: Chicory, the bundled wasmtime on Linux, and the library
 * that the variable {@value #LIBRARY} names. Each is made once for each thread, as engines are for
 * one thread.
 */
final class TestEngines {
  static final String LIBRARY = "RUCHE_TEST_LIBWASMTIME";

  static final Engine CHICORY = new ChicoryEngine();
  private static final List<Engine> FAST = load();

  private TestEngines() {}

  static List<Engine> all() {
    return Stream.concat(Stream.of(CHICORY), FAST.stream()).toList();
  }

  static List<Engine> fast() {
    return FAST;
  }

  private static List<Engine> load() {
    var found = new ArrayList<Engine>();
    if (System.getProperty("os.name", "").equals("Linux")) {
      found.add(new WasmtimeEngine());
    }
    Optional.ofNullable(System.getenv(LIBRARY))
        .ifPresent(file -> found.add(new InstalledWasmtime(Path.of(file))));
    return List.copyOf(found);
  }
}
