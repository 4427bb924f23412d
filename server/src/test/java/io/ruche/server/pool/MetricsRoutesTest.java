package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.chain.rpc.BlockRef;
import io.ruche.chain.wallet.Secret;
import io.ruche.core.BlockHash;
import io.ruche.core.FailureCode;
import io.ruche.core.TaskId;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.scheduler.ChainEvent;
import io.ruche.server.ScriptedWorker;
import io.ruche.server.chain.ChainIntake.Head;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpSettings;
import io.ruche.server.metrics.MetricsAccess;
import io.ruche.server.metrics.ServerMetrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus reads of a pool, and that what is written about it is true. */
class MetricsRoutesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Pattern NAME = Pattern.compile("\\bruche_[a-z_]+");
  private static final Path REPOSITORY = Path.of("..");

  @TempDir
  Path folder;

  private final FakeChain chain = new FakeChain();
  private final ServerMetrics metrics = new ServerMetrics();
  private final HttpClient http = HttpClient.newHttpClient();
  private PoolFixture fixture;
  private HttpOrigin origin;

  @BeforeEach
  void start() {
    fixture =
        PoolFixture.start(folder, chain, PoolFixture.Setup.standard().withMeter(metrics.meter()));
    var block = new BlockRef(7, new BlockHash("0x" + "07".repeat(32)));
    metrics.watch(
        () -> new Head(block, NOW.minusSeconds(3)),
        () -> 2L,
        () -> 9L,
        folder,
        InstantSource.fixed(NOW));
    metrics.watch(fixture.pool, () -> 5);
    open(new MetricsAccess.Open());
  }

  private void open(MetricsAccess access) {
    if (origin != null) {
      origin.close();
    }
    origin = HttpOrigin.start(HttpSettings.defaults(), 1_024, List.of(metrics.routes(access)));
  }

  @AfterEach
  void stop() {
    origin.close();
    http.shutdownNow();
    fixture.close();
  }

  private HttpResponse<String> get(String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(origin.url() + "/metrics"))
        .timeout(Duration.ofSeconds(20));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private Exposition scrape() throws Exception {
    var answer = get();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    return Exposition.parse(answer.body());
  }

  private TaskView view(TaskId task) {
    return fixture.pool.board().task(task).orElseThrow();
  }

  @Test
  void aPoolAtRestShowsEveryCounterAtZeroAndItsServerAsItIs() throws Exception {
    var seen = scrape();

    assertThat(seen.value("ruche_attempts_failed_total{code=\"exit\"}")).isZero();
    assertThat(seen.value("ruche_tasks{stage=\"running\"}")).isZero();
    assertThat(seen.value("ruche_workers_connected")).isZero();
    assertThat(seen.value("ruche_engine_answering")).isOne();
    assertThat(seen.value("ruche_chain_head_block")).isEqualTo(7);
    assertThat(seen.value("ruche_chain_head_age_seconds")).isEqualTo(3);
    assertThat(seen.value("ruche_transactions_pending")).isEqualTo(5);
    assertThat(seen.value("ruche_rpc_failures_total")).isEqualTo(2);
    assertThat(seen.value("ruche_content_bytes")).isEqualTo(9);
    assertThat(seen.value("ruche_drained")).isZero();
    assertThat(seen.types()).containsEntry("ruche_journal_sync_seconds", "histogram");
  }

  @Test
  void whatPassesThroughThePoolIsCounted() throws Exception {
    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 2)) {
      chain.buy(2, 1);
      var ref = worker.await(FromPool.Assign.class).ref();
      worker.await(FromPool.Assign.class);
      worker.send(new FromWorker.Failed(ref, FailureCode.INFRASTRUCTURE, 0, "disk full"));
      worker.await(() -> view(ref.task()).attempts().stream()
          .anyMatch(attempt -> attempt.end().startsWith("failed")));
      fixture.pool.put(new ChainEvent.TaskClaimed(ref.task()));
      worker.await(() -> view(ref.task()).status().isFinal());

      var seen = scrape();

      assertThat(seen.value("ruche_workers_connected")).isOne();
      assertThat(seen.value("ruche_slots")).isEqualTo(2);
      assertThat(seen.value("ruche_deals_accepted_total")).isOne();
      assertThat(seen.value("ruche_attempts_assigned_total")).isGreaterThanOrEqualTo(2);
      assertThat(seen.value("ruche_attempts_failed_total{code=\"infrastructure\"}"))
          .isOne();
      assertThat(seen.value("ruche_tasks_ended_total{outcome=\"claimed\"}")).isOne();
      assertThat(seen.value("ruche_transactions_sent_total{action=\"initialize\"}"))
          .isPositive();
      assertThat(seen.value("ruche_engine_decision_seconds_count")).isPositive();
      assertThat(seen.value("ruche_journal_sync_facts_sum")).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void aTaskOfAnotherPoolIsNotCounted() throws Exception {
    var deal = chain.buy(1, 1);
    var other = new TaskId("0x" + "5a".repeat(32));
    fixture.pool.put(new ChainEvent.TaskFinalized(other));
    fixture.pool.explain(other);

    assertThat(scrape().value("ruche_tasks_ended_total{outcome=\"completed\"}")).isZero();
    assertThat(fixture.pool.board().deal(deal)).isPresent();
  }

  @Test
  void aRefusedLoginIsCounted() throws Exception {
    try (var worker = ScriptedWorker.connect(fixture.url(), fixture.worker())) {
      worker.send(new FromWorker.Slots(1));
      worker.awaitRejected();

      assertThat(scrape().value("ruche_link_rejections_total{code=\"bad_message\"}"))
          .isOne();
    }
  }

  @Test
  void whoShowsNoTokenReadsNothing() throws Exception {
    open(new MetricsAccess.WithToken(Secret.of("0123456789abcdef")));

    assertThat(get().statusCode()).isEqualTo(401);
    assertThat(get("Authorization", "Bearer 0123456789abcdee").statusCode()).isEqualTo(401);
    assertThat(get("Authorization", "Basic 0123456789abcdef").statusCode()).isEqualTo(401);
    assertThat(get("Authorization", "Bearer 0123456789abcdef").statusCode()).isEqualTo(200);
  }

  @Test
  void closedMetricsSayHowToOpenThem() throws Exception {
    open(new MetricsAccess.Closed());

    var answer = get();

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("--metrics-token-file").doesNotContain("ruche_");
  }

  @Test
  void thePageOfMetricsNamesEachOfThemAndNoOther() throws Exception {
    var page = Files.readString(REPOSITORY.resolve("docs/metrics.md"));
    var documented = new TreeSet<String>();
    page.lines()
        .filter(line -> line.startsWith("| `ruche_"))
        .forEach(line -> documented.add(line.substring(3, line.indexOf('`', 3))));

    assertThat(documented).isEqualTo(new TreeSet<>(scrape().types().keySet()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"packaging/grafana/ruche-pool.json", "packaging/prometheus/ruche-alerts.yml"})
  void whatDashboardAndAlarmsAskForIsThere(String file) throws Exception {
    var asked = NAME.matcher(Files.readString(REPOSITORY.resolve(file)))
        .results()
        .map(MatchResult::group)
        .toList();

    assertThat(asked).hasSizeGreaterThan(10);
    assertThat(scrape().names()).containsAll(asked);
  }

  @Test
  void everyAlarmSaysWhatToDo() throws Exception {
    var guide = Files.readString(REPOSITORY.resolve("docs/operate.md"));
    var alarms = Files.readString(REPOSITORY.resolve("packaging/prometheus/ruche-alerts.yml"))
        .lines()
        .filter(line -> line.contains("- alert: "))
        .map(line -> "| %s |".formatted(line.substring(line.indexOf(": ") + 2)))
        .toList();

    assertThat(alarms).hasSizeGreaterThan(10).allMatch(guide::contains);
  }
}
