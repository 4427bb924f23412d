package io.ruche.scheduler;

import io.ruche.core.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a machine has shown of itself. Speed and quota outlive a restart, see
 * {@link Fact.MachineRated}; what it has in its cache and how it failed lately does not.
 */
final class TrackRecord {
  /** After so long without another, a failure counts half. */
  static final Duration HALF_LIFE = Duration.ofMinutes(10);

  /** Apps and datasets that are remembered; a machine's own cache is larger. */
  private static final int MAX_RESOURCES = 32;

  /** A speed is written down again when it changed by this part. */
  private static final double NOTED_CHANGE = 0.125;

  private final Map<Address, Boolean> resources = new LinkedHashMap<>(16, 0.75f, true);
  private double failures;
  private Instant failedAt = Instant.EPOCH;
  private ConfirmedSpeed speed = ConfirmedSpeed.NONE;
  private SlotQuota quota = SlotQuota.FRESH;
  private ConfirmedSpeed notedSpeed = speed;
  private SlotQuota notedQuota = quota;
  private String addressRange = "";
  private String architecture = "";
  private int version;

  ConfirmedSpeed speed() {
    return speed;
  }

  SlotQuota quota() {
    return quota;
  }

  /** Another one when something changed of what ranks the machine, other than by time. */
  int version() {
    return version;
  }

  /** It never failed, so what it is worth does not change with time. */
  boolean isFaultless() {
    return failures == 0;
  }

  /** Where it dialled from when it last logged in; empty when that is not known. */
  String addressRange() {
    return addressRange;
  }

  /** Of the processor that it had when it last logged in; empty when that is not known. */
  String architecture() {
    return architecture;
  }

  void loggedIn(String fromRange, String onArchitecture) {
    addressRange = fromRange;
    architecture = onArchitecture;
  }

  /** A run of it was certified. */
  void succeeded(int offeredSlots) {
    quota = quota.grown(offeredSlots);
  }

  void sped(ConfirmedSpeed newSpeed) {
    speed = newSpeed;
    version++;
  }

  /** A run was lost, took too long, was outvoted, or failed by the machine's own fault. */
  void failed(Instant now) {
    quota = quota.shrunk();
    failures = failuresLately(now) + 1;
    failedAt = now;
    version++;
  }

  /** As it was before a restart. */
  void restored(ConfirmedSpeed oldSpeed, SlotQuota oldQuota) {
    speed = oldSpeed;
    quota = oldQuota;
    version++;
    noted();
  }

  /** Whether it differs enough from what was written down last. */
  boolean isToBeNoted() {
    double change = Math.abs(speed.fuelPerSecond() - (double) notedSpeed.fuelPerSecond());
    return !quota.equals(notedQuota)
        || change > NOTED_CHANGE * notedSpeed.fuelPerSecond()
        || (speed.runs() >= ConfirmedSpeed.TELLING_RUNS)
            != (notedSpeed.runs() >= ConfirmedSpeed.TELLING_RUNS);
  }

  void noted() {
    notedSpeed = speed;
    notedQuota = quota;
  }

  /** Nothing to write down. */
  boolean isFresh() {
    return speed.equals(ConfirmedSpeed.NONE) && quota.equals(SlotQuota.FRESH);
  }

  /** Its own failures, each worth less with time. */
  double failuresLately(Instant now) {
    if (failures == 0) {
      return 0;
    }
    double age = Duration.between(failedAt, now).toMillis() / (double) HALF_LIFE.toMillis();
    return failures * Math.pow(2, -Math.max(0, age));
  }

  /** It ran an app on a dataset, which are likely to lie in its cache now. */
  void ran(OpenDeal deal) {
    remember(deal.terms().deal().app().address());
    remember(deal.terms().deal().dataset().address());
  }

  private void remember(Address resource) {
    if (resources.put(resource, true) == null) {
      version++;
    }
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
