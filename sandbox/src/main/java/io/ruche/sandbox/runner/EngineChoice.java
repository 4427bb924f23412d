package io.ruche.sandbox.runner;

import io.ruche.sandbox.engine.ChicoryEngine;
import io.ruche.sandbox.engine.Engine;
import io.ruche.sandbox.engine.InstalledWasmtime;
import io.ruche.sandbox.engine.WasmtimeEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The engine of a runner: the first of those it is told to try that loads here and passes its
 * trial, else Chicory.
 *
 * @param reasons why the others were passed over
 */
record EngineChoice(Engine engine, List<String> reasons) {
  EngineChoice {
    reasons = List.copyOf(reasons);
  }

  /** From the arguments of the runner, in the order in which they are to be tried. */
  static EngineChoice of(List<String> arguments) throws InterruptedException {
    var reasons = new ArrayList<String>();
    for (var argument : arguments) {
      var found = tried(argument, reasons);
      if (found.isPresent()) {
        return new EngineChoice(found.get(), reasons);
      }
    }
    return new EngineChoice(new ChicoryEngine(), reasons);
  }

  private static Optional<Engine> tried(String argument, List<String> reasons)
      throws InterruptedException {
    if (argument.equals(RunnerMain.BUNDLED)) {
      return tried("bundled wasmtime", WasmtimeEngine::new, reasons);
    }
    if (argument.startsWith(RunnerMain.INSTALLED)) {
      var library = argument.substring(RunnerMain.INSTALLED.length());
      return tried(library, () -> new InstalledWasmtime(Path.of(library)), reasons);
    }
    throw new IllegalArgumentException("unknown argument " + argument);
  }

  private static Optional<Engine> tried(String what, Supplier<Engine> loading, List<String> reasons)
      throws InterruptedException {
    try {
      var engine = loading.get();
      var fault = EngineTrial.fault(engine);
      fault.ifPresent(text -> reasons.add(what + " failed its " + text));
      return fault.isPresent() ? Optional.empty() : Optional.of(engine);
    } catch (RuntimeException | LinkageError e) {
      reasons.add("%s cannot be loaded: %s".formatted(what, e.getMessage()));
      return Optional.empty();
    }
  }

  /** Whether modules become native code, in a guest that nothing but its process's end stops. */
  boolean isFast() {
    return !engine.isInterruptible();
  }

  /** With the one at the end that takes what the first does not. */
  List<Engine> engines() {
    return isFast() ? List.of(engine, new ChicoryEngine()) : List.of(engine);
  }

  /** For the owner. */
  String text() {
    return reasons.isEmpty()
        ? engine.name()
        : "%s (%s)".formatted(engine.name(), String.join("; ", reasons));
  }
}
