package io.ruche.server.metrics;

import io.ruche.chain.wallet.Secret;

/** Who may read the metrics. */
public sealed interface MetricsAccess {
  /** Anybody: only where nothing is at stake. */
  record Open() implements MetricsAccess {}

  /** Nobody. */
  record Closed() implements MetricsAccess {}

  /** Who shows this token. */
  record WithToken(Secret token) implements MetricsAccess {}
}
