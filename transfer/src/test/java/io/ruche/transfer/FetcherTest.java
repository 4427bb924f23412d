package io.ruche.transfer;

import static io.ruche.transfer.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ruche.core.FailureCode;
import io.ruche.core.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FetcherTest extends FetcherFixture {
  @Test
  void secondFetchComesFromTheCache() throws IOException {
    var server = server((number, request, out) -> ScriptedServer.ok(out, FILE));

    assertThat(fetch(server.url("/file"))).isEqualTo(FILE);
    assertThat(fetch("http://127.0.0.1:1/gone")).isEqualTo(FILE);

    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void oneDownloadServesAllWhoAskForAHash() throws Exception {
    var firstRequest = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var server = server((number, request, out) -> {
      firstRequest.countDown();
      await(go);
      ScriptedServer.ok(out, FILE);
    });

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> fetches = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        fetches.add(threads.submit(() -> fetch(server.url("/file"))));
      }
      firstRequest.await();
      go.countDown();
      for (var fetch : fetches) {
        assertThat(fetch.get()).isEqualTo(FILE);
      }
    }

    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void wrongBytesAreNamedAndNotKept() throws IOException {
    byte[] other = Pattern.bytes(10);
    var server = server((number, request, out) -> ScriptedServer.ok(out, other));

    var error =
        assertFails(TransferCode.CHECKSUM_MISMATCH, () -> fetch(server.url("/file?token=secret")));

    assertThat(error.getMessage())
        .contains(FILE_SHA256.hex())
        .contains(Sha256.of(Hashing.sha256().digest(other)).hex())
        .contains(server.url("/file"))
        .doesNotContain("secret");
    assertThat(TransferCode.failureOf(error)).isEqualTo(FailureCode.CHECKSUM);
    assertThat(server.requests()).hasSize(1);
    assertThat(cachedFiles()).isEmpty();
  }

  @Test
  void missingFileFailsAtOnce() throws IOException {
    var server = server(
        (number, request, out) -> ScriptedServer.head(out, "404 Not Found", "Content-Length: 0"));

    var error = assertFails(TransferCode.HTTP_STATUS, () -> fetch(server.url("/file")));

    assertThat(error.getMessage()).contains("404");
    assertThat(error.isRetryable()).isFalse();
    assertThat(TransferCode.failureOf(error)).isEqualTo(FailureCode.FETCH);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void serverInTroubleIsAskedAgainAfterGrowingPauses() throws IOException {
    var server = server((number, request, out) ->
        ScriptedServer.head(out, "503 Service Unavailable", "Content-Length: 0"));

    var error = assertFails(TransferCode.HTTP_STATUS, () -> fetch(server.url("/file")));

    assertThat(error.getMessage()).contains("503");
    assertThat(server.requests()).hasSize(TRIES);
    assertThat(waiting.pauses())
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
  }

  @Test
  void serverThatRecoversServes() throws IOException {
    var server = server((number, request, out) -> {
      if (number < 2) {
        ScriptedServer.head(out, "500 Oops", "Content-Length: 0");
      } else {
        ScriptedServer.ok(out, FILE);
      }
    });

    assertThat(fetch(server.url("/file"))).isEqualTo(FILE);
  }

  @Test
  void unreachableServerIsGivenUp() throws IOException {
    var server = server((number, request, out) -> {});
    server.close();

    var error = assertFails(TransferCode.UNREACHABLE, () -> fetch(server.url("/file")));

    assertThat(error.isRetryable()).isTrue();
    assertThat(waiting.pauses()).hasSize(TRIES - 1);
  }

  @Test
  void announcedOversizeIsRefusedUnread() throws IOException {
    var server = server(
        (number, request, out) -> ScriptedServer.head(out, "200 OK", "Content-Length: 1000001"));

    assertFails(TransferCode.TOO_LARGE, () -> fetch(server.url("/file")));
  }

  @Test
  @Timeout(20)
  void endlessBodyIsCutAtTheLimit() throws IOException {
    var server = server((number, request, out) -> {
      ScriptedServer.head(out, "200 OK");
      endless(out);
    });

    assertFails(TransferCode.TOO_LARGE, () -> fetch(server.url("/file")));

    assertThat(server.requests()).hasSize(1);
    assertThat(cachedFiles()).isEmpty();
  }

  @Test
  @Timeout(20)
  void endlessHeadersAreCut() throws IOException {
    var server = server((number, request, out) -> {
      out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
      endless(out);
    });

    assertFails(TransferCode.UNREACHABLE, () -> fetch(server.url("/file")));
  }

  @Test
  void slowDownloadEndsAtItsTimeLimit() throws IOException {
    waiting = new FakeWaiting(Duration.ofMinutes(2));
    var server = server((number, request, out) -> ScriptedServer.ok(out, FILE));

    assertFails(TransferCode.FETCH_TIMEOUT, () -> fetch(server.url("/file")));
  }

  @Test
  @Timeout(20)
  void silentServerTimesOut() throws IOException {
    var settings = lenient()
        .withTimeouts(new FetchSettings.Timeouts(
            Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMinutes(1)));
    var go = new CountDownLatch(1);
    var server = server((number, request, out) -> await(go));

    assertFails(
        TransferCode.FETCH_TIMEOUT, () -> fetch(settings, server.url("/file"), FILE_CHECKSUM));

    assertThat(server.requests()).hasSize(TRIES);
    go.countDown();
  }

  @Test
  @Timeout(20)
  void watchdogCutsAServerThatKeepsTheConnectionBusy() throws IOException {
    var limit = Duration.ofMillis(100);
    var settings = lenient()
        .withTimeouts(
            new FetchSettings.Timeouts(Duration.ofSeconds(5), Duration.ofMinutes(1), limit));
    var go = new CountDownLatch(1);
    var server = server((number, request, out) -> await(go));
    var request = new FetchRequest(server.url("/file"), FILE_CHECKSUM);

    try (var fetcher = new Fetcher(settings, Waiting.real(), resolver)) {
      assertFails(TransferCode.FETCH_TIMEOUT, () -> fetcher.fetch(request, cache()));
    }

    go.countDown();
  }

  @Test
  void interruptEndsADownload() throws IOException {
    var server = server((number, request, out) -> ScriptedServer.ok(out, FILE));
    Thread.currentThread().interrupt();

    try {
      assertThat(catchThrowable(() -> fetch(server.url("/file"))))
          .hasMessageContaining("Interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void emptyChecksumNeedsTheRequestersWord() throws IOException {
    var server = server((number, request, out) -> ScriptedServer.ok(out, FILE));

    assertFails(TransferCode.CHECKSUM_MISSING, () -> Checksum.published(Sha256.ABSENT, false));

    assertThat(fetch(server.url("/file"), Checksum.published(Sha256.ABSENT, true)))
        .isEqualTo(FILE);
    assertThat(Checksum.published(FILE_SHA256, true)).isEqualTo(FILE_CHECKSUM);
  }

  @Test
  void downloadGoesWhereItIsAsked() throws IOException {
    var server = server((number, request, out) -> ScriptedServer.ok(out, FILE));
    var target = home.resolve("result.zip");
    var request = new FetchRequest(server.url("/file"), new Checksum.OfCid(Cid.of(FILE)));
    var other = new FetchRequest(server.url("/file"), new Checksum.OfCid(Cid.of(new byte[1])));

    fetcher(lenient()).download(request, target);
    assertFails(TransferCode.CHECKSUM_MISMATCH, () -> fetcher(lenient()).download(other, target));

    assertThat(target).hasBinaryContent(FILE);
    assertThat(home.resolve("result.zip.part")).doesNotExist();
  }

  @Test
  void fullDiskIsNamed() throws IOException {
    var server = server((number, request, out) -> ScriptedServer.ok(out, FILE));
    var target = home.resolve("result.zip");
    Files.createSymbolicLink(home.resolve("result.zip.part"), Path.of("/dev/full"));

    var error = assertFails(
        TransferCode.DISK_FULL,
        () -> fetcher(lenient())
            .download(new FetchRequest(server.url("/file"), FILE_CHECKSUM), target));

    assertThat(TransferCode.failureOf(error)).isEqualTo(FailureCode.INFRASTRUCTURE);
    assertThat(target).doesNotExist();
  }

  @Test
  void fileLargerThanTheCacheIsCutEarly() throws IOException {
    try (var small = DataCache.open(home.resolve("small"), 100_000, InstantSource.system())) {
      var server = server((number, request, out) -> ScriptedServer.ok(out, FILE));
      var request = new FetchRequest(server.url("/file"), FILE_CHECKSUM);

      assertFails(TransferCode.TOO_LARGE, () -> fetcher(lenient()).fetch(request, small));
    }
  }

  @Test
  void gatewaysAreAskedInTurnAndMayBePrivate() throws IOException {
    var empty = server(
        (number, request, out) -> ScriptedServer.head(out, "404 Not Found", "Content-Length: 0"));
    var full = server((number, request, out) -> ScriptedServer.ok(out, FILE));
    var gateways = strict(URI.create(empty.origin()), URI.create(full.origin() + "/"));
    var cid = Cid.of(FILE);

    assertThat(fetch(gateways, cid.path(), new Checksum.OfCid(cid))).isEqualTo(FILE);
    assertThat(fetch(gateways, "ipfs://" + cid, FILE_CHECKSUM)).isEqualTo(FILE);

    assertThat(empty.requests().getFirst().path()).isEqualTo(cid.path());
    assertThat(full.requests().getFirst().path()).isEqualTo(cid.path());
  }

  @Test
  void ipfsWithoutGatewaySaysSo() {
    var error = assertFails(
        TransferCode.UNREACHABLE, () -> fetch(strict(), Cid.of(FILE).path(), FILE_CHECKSUM));

    assertThat(error.getMessage()).contains("No IPFS gateway");
  }

  @Test
  void fileLocationsAreRead() throws IOException {
    var file = Files.write(home.resolve("data file.csv"), FILE);

    assertThat(fetch(file.toUri().toString())).isEqualTo(FILE);
  }

  @Test
  void uselessFileLocationsAreRefused() throws IOException {
    var file = Files.write(home.resolve("data.csv"), FILE);
    var big = Files.write(home.resolve("big"), new byte[1_000_001]);
    var fileUrl = file.toUri().toString();

    assertFails(TransferCode.FILE_URL_REFUSED, () -> fetch(strict(), fileUrl, FILE_CHECKSUM));
    assertFails(TransferCode.UNREACHABLE, () -> fetch(fileUrl + ".none"));
    assertFails(TransferCode.UNREACHABLE, () -> fetch(home.toUri().toString()));
    assertFails(TransferCode.UNREACHABLE, () -> fetch("file:///dev/zero"));
    assertFails(TransferCode.TOO_LARGE, () -> fetch(big.toUri().toString()));
    assertFails(
        TransferCode.CHECKSUM_MISMATCH,
        () -> fetch(lenient(), fileUrl, new Checksum.Known(Sha256.of(new byte[32]))));
  }

  private static void endless(OutputStream out) throws IOException {
    byte[] bytes = "z".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
    while (true) {
      out.write(bytes);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
