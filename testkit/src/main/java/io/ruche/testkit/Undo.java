package io.ruche.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers how to take changes back, so that blocks can be rolled back and calls can revert. */
final class Undo {
  private final Deque<Runnable> steps = new ArrayDeque<>();

  <K, V> void put(Map<K, V> map, K key, V value) {
    @Nullable V former = map.put(key, value);
    steps.push(() -> restore(map, key, former));
  }

  void step(Runnable undo) {
    steps.push(undo);
  }

  int mark() {
    return steps.size();
  }

  /** Takes back everything since the mark. */
  void backTo(int mark) {
    while (steps.size() > mark) {
      steps.pop().run();
    }
  }

  private static <K, V> void restore(Map<K, V> map, K key, @Nullable V former) {
    if (former == null) {
      map.remove(key);
    } else {
      map.put(key, former);
    }
  }
}
