package io.ruche.sandbox;

import io.ruche.core.AppType;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sandboxes of this machine, one for each type of app that it can run. Some may be added while
 * others work already. Thread-safe.
 */
public final class Sandboxes implements AutoCloseable {
  private final Map<AppType, Sandbox> byType = new EnumMap<>(AppType.class);
  private Runnable whenAdded = () -> {};
  private boolean isPaused;
  private boolean isClosed;

  /** Takes them over: they are closed with this. */
  public Sandboxes(Map<AppType, Sandbox> byType) {
    this.byType.putAll(byType);
  }

  /** Takes one more over. When runs rest, those of the new one rest too. */
  public void add(AppType type, Sandbox sandbox) {
    Runnable listener;
    synchronized (this) {
      if (isClosed || byType.containsKey(type)) {
        sandbox.close();
        return;
      }
      if (isPaused) {
        sandbox.pause();
      }
      byType.put(type, sandbox);
      listener = whenAdded;
    }
    listener.run();
  }

  /** Who is told from now on that there is one more; one listener. */
  public synchronized void whenAdded(Runnable listener) {
    whenAdded = listener;
  }

  /** Those that there are now. */
  public synchronized Map<AppType, Sandbox> byType() {
    return byType.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(byType));
  }

  public synchronized Optional<Sandbox> find(AppType type) {
    return Optional.ofNullable(byType.get(type));
  }

  /** See {@link Sandbox#pause}. */
  public synchronized void pause() {
    isPaused = true;
    byType.values().forEach(Sandbox::pause);
  }

  public synchronized void resume() {
    isPaused = false;
    byType.values().forEach(Sandbox::resume);
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    byType.values().forEach(Sandbox::close);
  }
}
