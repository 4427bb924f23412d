package io.ruche.sandbox.wasm;

import io.ruche.sandbox.engine.ChicoryEngine;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of trying the fast lane, and how the owner is told. */
final class EngineTrials {
  private EngineTrials() {}

  /** The lane with what its trial said; none when it does not work. */
  static FastLane tried(ProcessBuilder command, FastLane lane) throws InterruptedException {
    try (var runner = RunnerProcess.start(command)) {
      var found = runner.engine();
      return found.isFast() ? lane.proved(found.engine()) : FastLane.without(found.engine());
    } catch (IOException e) {
      return FastLane.without("%s, as a runner that tries wasmtime does not start: %s"
          .formatted(ChicoryEngine.NAME, e.getMessage()));
    }
  }

  static String text(FastLane lane) {
    var first = lane.isEmpty() && lane.notes().isEmpty() ? ChicoryEngine.NAME : "";
    var untried = !lane.isEmpty() && !lane.isProved() ? "wasmtime, if it passes its trial" : "";
    return Stream.concat(Stream.of(first, untried), lane.notes().stream())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
