package io.ruche.transfer;

import static io.ruche.transfer.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Downloads that break, and servers that are asked to go on. */
class FetcherResumeTest extends FetcherFixture {
  private static final int HALF = FILE.length / 2;
  private static final String ETAG = "ETag: \"v1\"";

  @Test
  void dropResumesWhereItStopped() throws IOException {
    var server = server((number, request, out) -> {
      if (number == 0) {
        drop(out, HALF, ETAG);
      } else {
        ScriptedServer.range(out, FILE, request.firstByte(), ETAG);
      }
    });

    assertThat(fetch(server.url("/file"))).isEqualTo(FILE);

    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().get(1).headers())
        .containsAllEntriesOf(Map.of("range", "bytes=" + HALF + "-", "if-range", "\"v1\""));
  }

  @Test
  void manyDropsAreFineWhileEachTryBringsBytes() throws IOException {
    var server = server((number, request, out) -> {
      int first = request.firstByte();
      int count = Math.min(FILE.length - first, FILE.length / 20);
      if (first == 0) {
        drop(out, count);
      } else {
        rangeHead(out, first, FILE.length);
        out.write(FILE, first, count);
      }
    });

    assertThat(fetch(server.url("/file"))).isEqualTo(FILE);

    assertThat(server.requests()).hasSize(20);
  }

  @Test
  void shortRangesAreJoined() throws IOException {
    var server = server((number, request, out) -> {
      int first = request.firstByte();
      if (number == 0) {
        drop(out, HALF);
      } else {
        int count = Math.min(FILE.length - first, 70_000);
        ScriptedServer.head(
            out,
            "206 Partial Content",
            "Content-Length: " + count,
            "Content-Range: bytes %d-%d/%d".formatted(first, first + count - 1, FILE.length));
        out.write(FILE, first, count);
      }
    });

    assertThat(fetch(server.url("/file"))).isEqualTo(FILE);

    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void serverThatIgnoresRangesStartsOver() throws IOException {
    var server = server((number, request, out) -> {
      if (number == 0) {
        drop(out, HALF, ETAG);
      } else {
        ScriptedServer.ok(out, FILE);
      }
    });

    assertThat(fetch(server.url("/file"))).isEqualTo(FILE);

    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void serverThatLiesAboutItsRangeIsAskedForTheWhole() throws IOException {
    var server = server((number, request, out) -> {
      switch (number) {
        case 0 -> drop(out, HALF, ETAG);
        case 1 -> {
          ScriptedServer.head(
              out,
              "206 Partial Content",
              ETAG,
              "Content-Length: " + HALF,
              "Content-Range: bytes %d-%d/%d".formatted(HALF - 1, FILE.length - 2, FILE.length));
          out.write(FILE, HALF - 1, HALF);
        }
        default -> ScriptedServer.ok(out, FILE);
      }
    });

    assertThat(fetch(server.url("/file"), new Checksum.Waived())).isEqualTo(FILE);

    assertThat(server.requests().get(2).headers()).doesNotContainKey("range");
  }

  @Test
  void serverThatSaysNothingOfItsRangeIsAskedForTheWhole() throws IOException {
    var server = server((number, request, out) -> {
      switch (number) {
        case 0 -> drop(out, HALF);
        case 1 -> ScriptedServer.head(out, "206 Partial Content", "Content-Length: 0");
        default -> ScriptedServer.ok(out, FILE);
      }
    });

    assertThat(fetch(server.url("/file"))).isEqualTo(FILE);

    assertThat(server.requests().get(2).headers()).doesNotContainKey("range");
  }

  @Test
  void rangeWithMoreThanAnnouncedIsNotJoined() throws IOException {
    var server = server((number, request, out) -> {
      switch (number) {
        case 0 -> drop(out, HALF, ETAG);
        case 1 -> {
          int last = FILE.length - 1;
          ScriptedServer.head(
              out,
              "206 Partial Content",
              ETAG,
              "Content-Length: " + (FILE.length - HALF + 1),
              "Content-Range: bytes %d-%d/%d".formatted(HALF, last, FILE.length));
          out.write(FILE, HALF - 1, FILE.length - HALF + 1);
        }
        default -> ScriptedServer.ok(out, FILE);
      }
    });

    assertThat(fetch(server.url("/file"), new Checksum.Waived())).isEqualTo(FILE);
  }

  @Test
  void otherVersionIsNotJoined() throws IOException {
    var server = server((number, request, out) -> {
      switch (number) {
        case 0 -> drop(out, HALF, ETAG);
        case 1 -> ScriptedServer.range(out, FILE, HALF, "ETag: \"v2\"");
        default -> ScriptedServer.ok(out, FILE, "ETag: \"v2\"");
      }
    });

    assertThat(fetch(server.url("/file"), new Checksum.Waived())).isEqualTo(FILE);

    assertThat(server.requests().get(2).headers()).doesNotContainKey("range");
  }

  @Test
  void refusedRangeStartsOver() throws IOException {
    var server = server((number, request, out) -> {
      switch (number) {
        case 0 -> drop(out, HALF);
        case 1 -> ScriptedServer.head(out, "416 Range Not Satisfiable", "Content-Length: 0");
        default -> ScriptedServer.ok(out, FILE);
      }
    });

    assertThat(fetch(server.url("/file"))).isEqualTo(FILE);
  }

  @Test
  void piecesThatDoNotFitAreFetchedOnceMoreAsAWhole() throws IOException {
    var server = server((number, request, out) -> {
      switch (number) {
        case 0 -> drop(out, HALF);
        case 1 -> ScriptedServer.range(out, new byte[FILE.length], HALF);
        default -> ScriptedServer.ok(out, FILE);
      }
    });

    assertThat(fetch(server.url("/file"))).isEqualTo(FILE);

    assertThat(server.requests()).hasSize(3);
    assertThat(server.requests().get(2).headers()).doesNotContainKey("range");
  }

  @Test
  void droppedReplyWithoutLengthIsFetchedOnceMore() throws IOException {
    var server = server((number, request, out) -> {
      ScriptedServer.head(out, "200 OK");
      out.write(FILE, 0, number == 0 ? HALF : FILE.length);
    });

    assertThat(fetch(server.url("/file"))).isEqualTo(FILE);

    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void uncheckedPiecesAreOnlyJoinedUnderAStrongValidator() throws IOException {
    var server = server((number, request, out) -> {
      switch (number) {
        case 0 -> drop(out, HALF, "ETag: W/\"weak\"");
        case 1 -> drop(out, HALF, ETAG);
        default -> ScriptedServer.range(out, FILE, request.firstByte(), ETAG);
      }
    });

    assertThat(fetch(server.url("/file"), new Checksum.Waived())).isEqualTo(FILE);

    assertThat(server.requests().get(1).headers()).doesNotContainKey("range");
    assertThat(server.requests().get(2).headers()).containsKey("range");
  }

  @Test
  void serverThatAlwaysDropsAtTheSamePlaceIsGivenUp() throws IOException {
    var server = server((number, request, out) -> drop(out, HALF));

    var error = assertFails(TransferCode.UNREACHABLE, () -> fetch(server.url("/file")));

    assertThat(error.isRetryable()).isTrue();
    assertThat(server.requests()).hasSize(1 + TRIES);
    assertThat(cachedFiles()).isEmpty();
  }

  private static void drop(OutputStream out, int after, String... headers) throws IOException {
    var all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Content-Length: " + FILE.length;
    ScriptedServer.head(out, "200 OK", all);
    out.write(FILE, 0, after);
  }

  private static void rangeHead(OutputStream out, int first, int total) throws IOException {
    ScriptedServer.head(
        out,
        "206 Partial Content",
        "Content-Length: " + (total - first),
        "Content-Range: bytes %d-%d/%d".formatted(first, total - 1, total));
  }
}
