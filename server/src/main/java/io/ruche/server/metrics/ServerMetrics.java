package io.ruche.server.metrics;

import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.ruche.server.chain.ChainIntake.Head;
import io.ruche.server.pool.Pool;
import io.ruche.server.pool.PoolMeter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All metrics of a server: made first, so that its parts can count from their start. */
public final class ServerMetrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PoolCounters counters = new PoolCounters(registry);

  public ServerMetrics() {
    Info.builder()
        .name("ruche_build_info")
        .help("Always 1.")
        .labelNames("version")
        .register(registry)
        .setLabelValues(version());
  }

  /** What the pool counts with. */
  public PoolMeter meter() {
    return counters;
  }

  /** Adds what every server has. */
  public void watch(
      Supplier<@Nullable Head> head,
      Supplier<Long> failedExchanges,
      LongSupplier contentBytes,
      Path home,
      InstantSource clock) {
    registry.register(new ServerGauges(
        new ServerGauges.Sources(head, failedExchanges, contentBytes, home, clock)));
  }

  /** Adds how a pool stands. */
  public void watch(Pool pool, Supplier<Integer> pendingTransactions) {
    registry.register(new PoolGauges(pool, pendingTransactions));
  }

  public MetricsRoutes routes(MetricsAccess access) {
    return new MetricsRoutes(registry, access);
  }

  private static String version() {
    return Objects.requireNonNullElse(
        ServerMetrics.class.getPackage().getImplementationVersion(), "development");
  }
}
