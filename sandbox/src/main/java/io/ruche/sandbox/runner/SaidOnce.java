package io.ruche.sandbox.runner;

import io.ruche.sandbox.LogStream;
import io.ruche.sandbox.RunListener;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Passes on what a run writes; when the run is repeated, only what goes beyond. */
final class SaidOnce implements RunListener {
  private final RunListener listener;
  private final Map<LogStream, Integer> told = new EnumMap<>(LogStream.class);
  private final Map<LogStream, Integer> heard = new EnumMap<>(LogStream.class);

  SaidOnce(RunListener listener) {
    this.listener = listener;
  }

  /** From here on the run says again what it said. */
  void startOver() {
    heard.clear();
  }

  @Override
  public void logged(LogStream stream, byte[] bytes) {
    int before = heard.getOrDefault(stream, 0);
    int known = told.getOrDefault(stream, 0);
    int end = before + bytes.length;
    heard.put(stream, end);
    if (end > known) {
      told.put(stream, end);
      listener.logged(stream, Arrays.copyOfRange(bytes, Math.max(0, known - before), bytes.length));
    }
  }
}
