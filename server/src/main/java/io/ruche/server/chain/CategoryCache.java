package io.ruche.server.chain;

import io.ruche.chain.hub.Hub;
import io.ruche.core.Category;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The hub's categories, read once each, as they never change. Null for one that is not there. */
public final class CategoryCache implements LongFunction<@Nullable Category> {
  private final Hub hub;
  private final Map<Long, Category> known = new ConcurrentHashMap<>();

  public CategoryCache(Hub hub) {
    this.hub = hub;
  }

  @Override
  public @Nullable Category apply(long id) {
    return known.computeIfAbsent(id, key -> hub.category(key).orElse(null));
  }
}
