package io.ruche.agent.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.ruche.agent.Fixtures;
import io.ruche.agent.state.WorkFolders;
import io.ruche.link.AttemptRef;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.LinkLimits;
import io.ruche.worker.AttemptId;
import io.ruche.worker.Command;
import io.ruche.worker.Event;
import io.ruche.worker.UploadTarget;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultUploadTest {
  private static final AttemptId ID = new AttemptId(Fixtures.task(1), 1);
  private static final AttemptRef REF = new AttemptRef(ID.task(), ID.number());

  @TempDir
  Path home;

  private final AtomicInteger status = new AtomicInteger(201);
  private final AtomicReference<String> received = new AtomicReference<>("");
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<FromWorker> sent = new LinkedBlockingQueue<>();
  private final ResultMessages messages = new ResultMessages(sent::add);
  private final Javalin server = Javalin.create(config ->
          config.routes.put("/results/<task>", c -> {
            received.set(c.header("Authorization") + " " + c.body());
            c.status(status.get()).result("{\"code\":\"X\"}");
          }))
      .start("127.0.0.1", 0);

  @BeforeEach
  void pack() throws Exception {
    var folder = new WorkFolders(home).fresh(ID);
    Files.writeString(folder.archive(), "zip");
  }

  @AfterEach
  void close() {
    http.close();
    server.stop();
  }

  private Event upload(String path) throws InterruptedException {
    var origin = URI.create("http://127.0.0.1:" + server.port());
    return new ResultUpload(http, origin, new WorkFolders(home), messages)
        .upload(new Command.Upload(ID, new UploadTarget(path, "t0ken")));
  }

  @Test
  void theArchiveTravelsWithItsToken() throws Exception {
    assertThat(upload("/results/1")).isEqualTo(new Event.Uploaded(ID));
    assertThat(received.get()).isEqualTo("Bearer t0ken zip");
  }

  @Test
  void aSmallArchiveTravelsInAMessage() throws Exception {
    messages.connected(LinkLimits.RESULT_VERSION);
    var upload = uploading();

    var result = (FromWorker.Result) sent.take();
    messages.received(new FromPool.ResultStored(REF));

    assertThat(result.token()).isEqualTo("t0ken");
    assertThat(result.bytes()).isEqualTo("zip".getBytes(StandardCharsets.UTF_8));
    assertThat(upload.get()).isEqualTo(new Event.Uploaded(ID));
    assertThat(received.get()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRefusalOfAMessageSaysWhetherToTryAgain(boolean retryable) throws Exception {
    messages.connected(LinkLimits.RESULT_VERSION);
    var upload = uploading();

    sent.take();
    messages.received(new FromPool.ResultStored(new AttemptRef(ID.task(), 2)));
    messages.received(new FromPool.ResultRefused(REF, "no", retryable));

    assertThat(upload.get()).isEqualTo(new Event.UploadFailed(ID, "no", retryable));
  }

  @Test
  void aSessionThatEndsLeavesNoUploadWaiting() throws Exception {
    messages.connected(LinkLimits.RESULT_VERSION);
    var upload = uploading();

    sent.take();
    messages.disconnected();

    assertThat(((Event.UploadFailed) upload.get()).isRetryable()).isTrue();
  }

  @Test
  void anOlderPoolGetsARequest() throws Exception {
    messages.connected(LinkLimits.RESULT_VERSION - 1);

    assertThat(upload("/results/1")).isEqualTo(new Event.Uploaded(ID));
    assertThat(sent).isEmpty();
  }

  @Test
  void aLargerArchiveTravelsInARequest() throws Exception {
    messages.connected(LinkLimits.RESULT_VERSION);
    Files.write(new WorkFolders(home).of(ID).archive(), new byte[LinkLimits.MAX_RESULT_BYTES + 1]);

    assertThat(upload("/results/1")).isEqualTo(new Event.Uploaded(ID));
    assertThat(sent).isEmpty();
  }

  private Future<Event> uploading() {
    var upload = new FutureTask<Event>(() -> upload("/results/1"));
    Thread.ofVirtual().start(upload);
    return upload;
  }

  @Test
  void aRefusalIsFinalAndABusyPoolIsNot() throws Exception {
    status.set(422);
    assertThat(((Event.UploadFailed) upload("/results/1")).isRetryable()).isFalse();
    status.set(503);
    var busy = (Event.UploadFailed) upload("/results/1");
    assertThat(busy.isRetryable()).isTrue();
    assertThat(busy.detail()).contains("503", "{\"code\":\"X\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil/x", "//evil/x", "results/1", "", "/%zz"})
  void aResultGoesNowhereButToThePool(String path) throws Exception {
    var failed = (Event.UploadFailed) upload(path);

    assertThat(failed.isRetryable()).isFalse();
    assertThat(received.get()).isEmpty();
  }

  @Test
  void aLostArchiveIsSaid() throws Exception {
    new WorkFolders(home).discard(ID);

    var failed = (Event.UploadFailed) upload("/results/1");

    assertThat(failed.isRetryable()).isFalse();
    assertThat(failed.detail()).contains("no longer on this machine");
  }
}
