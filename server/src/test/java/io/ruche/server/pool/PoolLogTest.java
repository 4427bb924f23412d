package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.FailureCode;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.scheduler.ChainEvent;
import io.ruche.server.ScriptedWorker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The lines that an operator follows a run by. */
class PoolLogTest {
  @TempDir
  Path folder;

  private final Logger logger = (Logger) LoggerFactory.getLogger("ruche.pool");
  private final Lines lines = new Lines();
  private final FakeChain chain = new FakeChain();

  /** What was logged, each line once written. */
  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final List<String> texts = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      texts.add(event.getFormattedMessage());
    }
  }

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.DEBUG);
    logger.setAdditive(false);
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void everyLineOfARunNamesDealTaskAttemptAndWorker() {
    try (var fixture = PoolFixture.start(folder, chain);
        var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      var deal = chain.buy(1, 1);
      var ref = worker.await(FromPool.Assign.class).ref();
      var ids = "deal=%s task=%s attempt=1 worker=%s machine=%s"
          .formatted(deal, ref.task(), worker.address(), worker.address());

      worker.send(new FromWorker.Failed(ref, FailureCode.INFRASTRUCTURE, 0, "disk full"));
      var failed = "attempt failed " + ids + " code=INFRASTRUCTURE exitCode=0 detail=\"disk full\"";
      worker.await(() -> lines.texts.contains(failed));
      fixture.pool.put(new ChainEvent.TaskClaimed(ref.task()));
      worker.await(() -> lines.texts.stream().anyMatch(line -> line.startsWith("task ended")));

      assertThat(lines.texts)
          .contains("deal matched deal=%s tasks=1 trust=1".formatted(deal))
          .contains("attempt assigned " + ids);
      assertThat(lines.texts)
          .filteredOn(line -> line.startsWith("task ended"))
          .first()
          .asString()
          .startsWith("task ended deal=%s task=%s ".formatted(deal, ref.task()))
          .endsWith("outcome=claimed");
    }
  }

  @Test
  void whatAnEarlierStartDidIsNotToldAgain() {
    try (var fixture = PoolFixture.start(folder, chain)) {
      chain.buy(1, 1);
      fixture.pool.waitingEvents();
      fixture.pool.explain(chain.deal(chain.buy(1, 1)).orElseThrow().deal().taskId(0));
    }
    lines.texts.clear();

    PoolFixture.start(folder, chain).close();

    assertThat(lines.texts).noneMatch(line -> line.startsWith("deal matched"));
  }

  @Test
  void asJsonEachLineIsAnObject() throws Exception {
    var context = new LoggerContext();
    context.putProperty("RUCHE_LOG_FORMAT", "json");
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(PoolLogTest.class.getResource("/logback.xml"));
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    var appender = (ConsoleAppender<ILoggingEvent>) root.getAppender("json");
    var event = new LoggingEvent(
        "", context.getLogger("ruche.pool"), Level.INFO, "task ended task={}", null, new Object[] {
          "0x\"2a"
        });

    var line = new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);

    var json = new JsonMapper().readTree(line);
    assertThat(line).endsWith("\n").hasLineCount(1);
    assertThat(json.path("formattedMessage").asText()).isEqualTo("task ended task=0x\"2a");
    assertThat(json.path("level").asText()).isEqualTo("INFO");
    assertThat(json.path("loggerName").asText()).isEqualTo("ruche.pool");
    assertThat(json.path("timestamp").asLong()).isPositive();
    context.stop();
  }
}
