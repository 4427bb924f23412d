package io.ruche.sandbox;

import io.ruche.core.AppType;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The sandboxes of this machine, one for each type of app that it can run. Thread-safe. */
public final class Sandboxes implements AutoCloseable {
  private final Map<AppType, Sandbox> byType;

  /** Takes them over: they are closed with this. */
  public Sandboxes(Map<AppType, Sandbox> byType) {
    this.byType = byType.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(byType));
  }

  public Map<AppType, Sandbox> byType() {
    return byType;
  }

  public Optional<Sandbox> find(AppType type) {
    return Optional.ofNullable(byType.get(type));
  }

  /** See {@link Sandbox#pause}. */
  public void pause() {
    byType.values().forEach(Sandbox::pause);
  }

  public void resume() {
    byType.values().forEach(Sandbox::resume);
  }

  @Override
  public void close() {
    byType.values().forEach(Sandbox::close);
  }
}
