package io.ruche.scheduler;

import io.ruche.core.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a machine has shown of itself, for {@link Rank}; a restart forgets it. */
final class TrackRecord {
  /** After so long without another, a failure counts half. */
  static final Duration HALF_LIFE = Duration.ofMinutes(10);

  /** Apps and datasets that are remembered; a machine's own cache is larger. */
  private static final int MAX_RESOURCES = 32;

  private final Map<Address, Boolean> resources = new LinkedHashMap<>(16, 0.75f, true);
  private double failures;
  private Instant failedAt = Instant.EPOCH;

  /** A run was lost, took too long, or failed by the machine's own fault. */
  void failed(Instant now) {
    failures = failuresLately(now) + 1;
    failedAt = now;
  }

  /** Its own failures, each worth less with time. */
  double failuresLately(Instant now) {
    double age = Duration.between(failedAt, now).toMillis() / (double) HALF_LIFE.toMillis();
    return failures * Math.pow(2, -Math.max(0, age));
  }

  /** It ran an app on a dataset, which are likely to lie in its cache now. */
  void ran(OpenDeal deal) {
    remember(deal.terms().deal().app().address());
    remember(deal.terms().deal().dataset().address());
  }

  private void remember(Address resource) {
    resources.put(resource, true);
    if (resources.size() > MAX_RESOURCES) {
      resources.remove(resources.keySet().iterator().next());
    }
  }

  /** How many of the deal's app and dataset it is likely to have. */
  int resourcesThere(OpenDeal deal) {
    var dataset = deal.terms().deal().dataset().address();
    int there = resources.containsKey(deal.terms().deal().app().address()) ? 1 : 0;
    return !dataset.isZero() && resources.containsKey(dataset) ? there + 1 : there;
  }
}
