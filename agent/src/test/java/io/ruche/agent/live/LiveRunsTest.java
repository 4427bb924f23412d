package io.ruche.agent.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.TaskId;
import io.ruche.link.AttemptRef;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.sandbox.LogStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveRunsTest {
  private static final AttemptRef REF = new AttemptRef(new TaskId("0x" + "2a".repeat(32)), 1);

  private final LinkedBlockingQueue<FromWorker> reports = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<FromWorker> pieces = new LinkedBlockingQueue<>();
  private final LiveRuns live = new LiveRuns(reports::add, pieces::add);

  @BeforeEach
  void start() {
    live.start();
  }

  @AfterEach
  void stop() {
    live.close();
  }

  private static void write(LiveRun run, LogStream stream, String text) {
    run.logged(stream, text.getBytes(StandardCharsets.UTF_8));
  }

  private FromWorker.Output next() throws InterruptedException {
    var message = pieces.poll(20, TimeUnit.SECONDS);
    assertThat(message).isInstanceOf(FromWorker.Output.class);
    return (FromWorker.Output) message;
  }

  private static String text(FromWorker.Output output) {
    return new String(output.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void whoComesLateGetsAllFromTheOffsetAndThenTheEnd() throws Exception {
    var run = live.begin(REF);
    write(run, LogStream.STDOUT, "one two");
    assertThat(pieces).isEmpty();

    live.received(new FromPool.Watch(REF, 4));
    var first = next();
    write(run, LogStream.STDOUT, " three");
    var second = next();
    run.ended("finished");
    var last = next();

    assertThat(text(first)).isEqualTo("two");
    assertThat(first.offset()).isEqualTo(4);
    assertThat(text(second)).isEqualTo(" three");
    assertThat(last.end()).isEqualTo("finished");
    assertThat(last.offset()).isEqualTo(13);
  }

  @Test
  void progressIsTakenFromTheErrorStreamAndNeverToldAfterTheEnd() throws Exception {
    var run = live.begin(REF);

    write(run, LogStream.STDOUT, "ruche-progress: 0.9 not here\n");
    write(run, LogStream.STDERR, "noise\nruche-progress: 0.42 rea");
    write(run, LogStream.STDERR, "ding\n");
    var told = (FromWorker.Progress) reports.poll(20, TimeUnit.SECONDS);
    write(run, LogStream.STDERR, "ruche-progress: 0.5\n");
    run.ended("finished");
    run.tellProgress();

    assertThat(told).isNotNull();
    assertThat(told.detail()).isEqualTo("42 % reading");
    assertThat(reports).isEmpty();
  }
}
