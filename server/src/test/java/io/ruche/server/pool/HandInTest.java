package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.CallbackKind;
import io.ruche.core.ContributionHashes;
import io.ruche.core.Digest;
import io.ruche.core.Salt;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.scheduler.Certification;
import io.ruche.server.ScriptedWorker;
import io.ruche.server.pool.PoolFixture.Setup;
import io.ruche.transfer.FolderDigest;
import io.ruche.transfer.OutputLimits;
import io.ruche.transfer.ResultArchive;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small results that come with the opening, before the pool has asked for them. */
class HandInTest {
  private static final OutputLimits LIMITS = new OutputLimits(1 << 20, 10);
  private static final Salt SALT = new Salt("0x" + "1".repeat(64));

  @TempDir
  Path folder;

  private final FakeChain chain = new FakeChain();
  private PoolFixture fixture;

  /** A result as its worker holds it. */
  private record Result(Path archive, Digest digest) {
    byte[] zip() throws IOException {
      return Files.readAllBytes(archive);
    }
  }

  @BeforeEach
  void start() {
    fixture = PoolFixture.start(
        folder, chain, Setup.standard().withCertification(Certification.AFTER_RESULT));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void aResultThatCameAlongIsStoredAndItsWorkerMaySettle() throws Exception {
    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      chain.buy(1, 1);
      var assign = worker.await(FromPool.Assign.class);
      var result = result("42");

      worker.send(List.of(committed(assign, result), opened(assign, result, result.zip())));

      assertThat(worker.next()).isInstanceOfSatisfying(FromPool.Authorize.class, authorize -> {
        assertThat(authorize.ref()).isEqualTo(assign.ref());
        assertThat(authorize.settlement()).isNotNull();
      });
      assertThat(stored(assign)).isEqualTo(200);
    }
  }

  @Test
  void whatDidNotComeAlongIsAskedFor() throws Exception {
    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      chain.buy(1, 1);
      var assign = worker.await(FromPool.Assign.class);
      var result = result("42");

      worker.send(List.of(committed(assign, result), opened(assign, result, null)));

      assertThat(worker.next()).isInstanceOf(FromPool.Upload.class);
      assertThat(stored(assign)).isEqualTo(404);
    }
  }

  @Test
  void anotherResultThanTheOneThatWasOpenedCostsTheWorkerTheTask() throws Exception {
    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      chain.buy(1, 1);
      var assign = worker.await(FromPool.Assign.class);
      var result = result("42");

      worker.send(
          List.of(committed(assign, result), opened(assign, result, result("43").zip())));

      assertThat(worker.next())
          .isInstanceOfSatisfying(
              FromPool.Abort.class, abort -> assertThat(abort.ref()).isEqualTo(assign.ref()));
      assertThat(stored(assign)).isEqualTo(404);
    }
  }

  /** Only the machine that was given the attempt has a say in it. */
  @Test
  void aResultOfAStrangerIsNeverStored() throws Exception {
    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1);
        var stranger = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      chain.buy(1, 1);
      var assign = firstAssigned(worker, stranger);
      var other = assign.worker() == worker ? stranger : worker;
      var result = result("42");
      other.send(List.of(
          committed(assign.message(), result), opened(assign.message(), result, result.zip())));

      var mine = result("mine");
      assign
          .worker()
          .send(List.of(
              committed(assign.message(), mine), opened(assign.message(), mine, mine.zip())));

      assign.worker().await(FromPool.Authorize.class);
      assertThat(digestOf(assign.message())).contains(mine.digest().hex());
    }
  }

  private record Assigned(ScriptedWorker worker, FromPool.Assign message) {}

  private static Assigned firstAssigned(ScriptedWorker one, ScriptedWorker other) {
    while (true) {
      for (var worker : List.of(one, other)) {
        var assign = worker.poll(FromPool.Assign.class);
        if (assign != null) {
          return new Assigned(worker, assign);
        }
      }
      Thread.onSpinWait();
    }
  }

  private static FromWorker committed(FromPool.Assign assign, Result result) {
    return new FromWorker.Committed(
        assign.ref(), ContributionHashes.offChainCommit(result.digest(), SALT), null);
  }

  private static FromWorker opened(FromPool.Assign assign, Result result, byte @Nullable [] zip) {
    return zip == null
        ? new FromWorker.Opened(assign.ref(), result.digest(), SALT)
        : FromWorker.Opened.handingIn(assign.ref(), result.digest(), SALT, zip);
  }

  private Result result(String output) throws Exception {
    var out = Files.createDirectories(folder.resolve("out-" + output));
    Files.writeString(out.resolve("result.txt"), output);
    var zip = folder.resolve(output + ".zip");
    ResultArchive.write(out, LIMITS, zip);
    var digest = FolderDigest.ofArchive(zip, LIMITS, CallbackKind.NONE).digest();
    return new Result(zip, digest);
  }

  private int stored(FromPool.Assign assign) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request(assign), BodyHandlers.discarding()).statusCode();
    }
  }

  private String digestOf(FromPool.Assign assign) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request(assign), BodyHandlers.ofString()).body();
    }
  }

  private HttpRequest request(FromPool.Assign assign) {
    return HttpRequest.newBuilder(
            URI.create(fixture.url() + "/results/" + assign.ref().task()))
        .build();
  }
}
