package io.ruche.server.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.ruche.core.FailureCode;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Fact;
import io.ruche.scheduler.Fact.DropReason;
import io.ruche.scheduler.ShellEvent.ChainAction;
import io.ruche.server.pool.PoolMeter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Counts what a pool does. Every label value is there from the start, at zero. */
public final class PoolCounters implements PoolMeter {
  private static final double NANOS = 1e9;
  private static final double[] DECISION_SECONDS = {
    0.000_01, 0.000_05, 0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1
  };
  private static final double[] SYNC_SECONDS = {
    0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5
  };
  private static final double[] SYNC_FACTS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000};

  private final PrometheusRegistry registry;
  private final Histogram decisions;
  private final Histogram syncs;
  private final Histogram syncedFacts;
  private final Counter deals;
  private final Counter assigned;
  private final Counter failedAttempts;
  private final Counter dropped;
  private final Counter revived;
  private final Counter certifiedFailures;
  private final Counter ended;
  private final Counter sent;
  private final Counter failedSends;

  public PoolCounters(PrometheusRegistry registry) {
    this.registry = registry;
    decisions = histogram(
        "ruche_engine_decision_seconds", "Time of the engine for one event.", DECISION_SECONDS);
    syncs = histogram(
        "ruche_journal_sync_seconds", "Time until a batch of facts is written.", SYNC_SECONDS);
    syncedFacts =
        histogram("ruche_journal_sync_facts", "Facts that were written together.", SYNC_FACTS);
    deals = counter("ruche_deals_accepted_total", "Deals that this pool took up.");
    assigned = counter("ruche_attempts_assigned_total", "Runs given to workers.");
    failedAttempts =
        counter("ruche_attempts_failed_total", "Runs that workers reported as failed.", "code");
    dropped = counter("ruche_attempts_dropped_total", "Runs given up without a result.", "reason");
    revived = counter("ruche_attempts_revived_total", "Runs given up that turned out to be alive.");
    certifiedFailures = counter(
        "ruche_failures_certified_total", "Failures that a worker votes for on chain.", "code");
    ended = counter(
        "ruche_tasks_ended_total", "Tasks seen to end: with a verdict, or claimed.", "outcome");
    sent = counter(
        "ruche_transactions_sent_total", "Commands handed to the chain, by action.", "action");
    failedSends = counter(
        "ruche_transactions_failed_total",
        "Commands that the hub reverted or the chain client gave up, by action.",
        "action");
    startAtZero();
  }

  @Override
  public void decided(long nanos) {
    decisions.observe(nanos / NANOS);
  }

  @Override
  public void synced(List<Fact> facts, long nanos) {
    syncs.observe(nanos / NANOS);
    syncedFacts.observe(facts.size());
    facts.forEach(this::count);
  }

  @Override
  public void settled(TaskStatus status) {
    ended.labelValues(outcome(status)).inc();
  }

  @Override
  public void sent(ChainAction action) {
    sent.labelValues(label(action)).inc();
  }

  @Override
  public void failed(ChainAction action) {
    failedSends.labelValues(label(action)).inc();
  }

  private void count(Fact fact) {
    switch (fact) {
      case Fact.DealAccepted _ -> deals.inc();
      case Fact.AttemptAssigned _ -> assigned.inc();
      case Fact.AttemptFailed failed ->
        failedAttempts.labelValues(label(failed.code())).inc();
      case Fact.AttemptDropped(var _, var reason) ->
        dropped.labelValues(label(reason)).inc();
      case Fact.AttemptRevived _ -> revived.inc();
      case Fact.FailureCertified(var _, var failure) ->
        certifiedFailures.labelValues(label(failure.code())).inc();
      // What nobody watches; a new fact changes nothing here.
      default -> {}
    }
  }

  private void startAtZero() {
    each(FailureCode.values(), failedAttempts::initLabelValues);
    each(FailureCode.values(), certifiedFailures::initLabelValues);
    each(DropReason.values(), dropped::initLabelValues);
    each(ChainAction.values(), sent::initLabelValues);
    each(ChainAction.values(), failedSends::initLabelValues);
    ended.initLabelValues(outcome(TaskStatus.COMPLETED));
    ended.initLabelValues(outcome(TaskStatus.FAILED));
  }

  private static void each(Enum<?>[] values, Consumer<String> init) {
    for (var value : values) {
      init.accept(label(value));
    }
  }

  private static String outcome(TaskStatus status) {
    return status == TaskStatus.COMPLETED ? "completed" : "claimed";
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  private Histogram histogram(String name, String help, double... bounds) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .classicOnly()
        .classicUpperBounds(bounds)
        .withoutExemplars()
        .register(registry);
  }
}
