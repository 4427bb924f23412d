package io.ruche.transfer;

import static io.ruche.transfer.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a stranger's location may not lead. */
class FetcherGuardTest extends FetcherFixture {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/",
        "http://localhost:%d/",
        "http://LOCALHOST:%d/",
        "http://2130706433:%d/",
        "http://[::1]:%d/",
        "http://[::ffff:127.0.0.1]:%d/",
        "http://[::]:%d/",
        "http://0.0.0.0:%d/",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "https://172.16.0.1/",
        "http://100.64.0.1/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://[64:ff9b::7f00:1]/"
      })
  void privateAddressesAreRefusedAtOnce(String location) throws IOException {
    var server = server((number, request, out) -> ScriptedServer.ok(out, FILE));

    var error = assertFails(
        TransferCode.ADDRESS_REFUSED,
        () -> fetch(strict(), location.formatted(server.port()), FILE_CHECKSUM));

    assertThat(error.isRetryable()).isFalse();
    assertThat(server.requests()).isEmpty();
    assertThat(waiting.pauses()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://0x7f.1/",
        "http://127.1/",
        "http:///path",
        "http://user:password@example.org/",
        "ftp://example.org/x",
        "jar:file:///x!/y",
        "file://host/x",
        "file:relative",
        "no location",
        "",
        "/ipfs/short",
        "/ipfs/../../admin",
        "ipfs://bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku/../../admin",
        "ipfs://bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku?x=y"
      })
  void otherLocationsAreRefusedUnresolved(String location) {
    resolver = host -> {
      throw new AssertionError("resolved " + host);
    };

    assertFails(
        TransferCode.BAD_LOCATION,
        () -> fetch(strict(URI.create("http://127.0.0.1:1")), location, FILE_CHECKSUM));
  }

  @Test
  void overlongLocationIsRefused() {
    assertFails(TransferCode.BAD_LOCATION, () -> fetch("http://example.org/" + "x".repeat(5_000)));
  }

  @Test
  void redirectToPrivateAddressIsRefused() throws IOException {
    var inside = server((number, request, out) -> ScriptedServer.ok(out, FILE));
    var outside = server((number, request, out) -> redirect(out, inside.url("/secret")));
    var settings = strict(URI.create(outside.origin()));

    assertFails(
        TransferCode.ADDRESS_REFUSED, () -> fetch(settings, Cid.of(FILE).path(), FILE_CHECKSUM));

    assertThat(outside.requests()).hasSize(1);
    assertThat(inside.requests()).isEmpty();
  }

  @Test
  void redirectToNameWithPrivateAddressIsRefused() throws IOException {
    var inside = server((number, request, out) -> ScriptedServer.ok(out, FILE));
    var outside = server(
        (number, request, out) -> redirect(out, "http://inside.test:" + inside.port() + "/secret"));
    resolver = host -> List.of(InetAddress.ofLiteral("127.0.0.1"));

    assertFails(
        TransferCode.ADDRESS_REFUSED,
        () -> fetch(strict(URI.create(outside.origin())), Cid.of(FILE).path(), FILE_CHECKSUM));

    assertThat(inside.requests()).isEmpty();
  }

  @Test
  void nameWithOnePrivateAddressIsRefused() {
    resolver =
        host -> List.of(InetAddress.ofLiteral("93.184.216.34"), InetAddress.ofLiteral("10.0.0.1"));

    var error = assertFails(
        TransferCode.ADDRESS_REFUSED, () -> fetch(strict(), "http://mixed.test/", FILE_CHECKSUM));

    assertThat(error.getMessage()).contains("10.0.0.1").contains("private");
  }

  @Test
  void connectionGoesToTheAddressThatWasChecked() throws IOException {
    var server = server((number, request, out) -> ScriptedServer.ok(out, FILE));
    var lookups = new AtomicInteger();
    resolver = host -> {
      if (lookups.getAndIncrement() > 0) {
        throw new UnknownHostException("rebound");
      }
      return List.of(InetAddress.ofLiteral("127.0.0.1"));
    };

    assertThat(fetch("http://rebinding.test:" + server.port() + "/file")).isEqualTo(FILE);

    assertThat(lookups).hasValue(1);
    assertThat(server.requests().getFirst().headers())
        .containsEntry("host", "rebinding.test:" + server.port());
  }

  @Test
  void redirectsAreFollowed() throws IOException {
    var server = server((number, request, out) -> {
      switch (request.path()) {
        case "/a" -> redirect(out, "b");
        case "/b" -> redirect(out, "/c/d?e=f");
        default -> ScriptedServer.ok(out, FILE);
      }
    });

    assertThat(fetch(server.url("/a"))).isEqualTo(FILE);

    assertThat(server.requests().getLast().path()).isEqualTo("/c/d?e=f");
  }

  @Test
  void redirectLoopEnds() throws IOException {
    var server = server((number, request, out) -> redirect(out, "/again"));

    assertFails(TransferCode.REDIRECT_REFUSED, () -> fetch(server.url("/a")));

    assertThat(server.requests()).hasSize(1 + 3);
  }

  @Test
  void redirectOffTheWebIsRefused() throws IOException {
    var file = java.nio.file.Files.write(home.resolve("secret"), FILE);
    var server = server((number, request, out) -> redirect(out, file.toUri().toString()));
    var nowhere = server((number, request, out) -> redirect(out, ""));

    assertFails(TransferCode.BAD_LOCATION, () -> fetch(server.url("/a")));
    assertFails(TransferCode.REDIRECT_REFUSED, () -> fetch(nowhere.url("/a")));
  }

  @Test
  void redirectFromEncryptedToPlainIsRefused() {
    var https = URI.create("https://example.org/a");

    assertFails(TransferCode.REDIRECT_REFUSED, () -> Redirects.next(https, "http://example.org/b"));
    assertFails(TransferCode.REDIRECT_REFUSED, () -> Redirects.next(https, "http://[bad"));
    assertThat(Redirects.next(https, "b")).isEqualTo(URI.create("https://example.org/b"));
    assertThat(Redirects.next(URI.create("http://example.org/a"), "https://example.org/b"))
        .isEqualTo(URI.create("https://example.org/b"));
  }

  private static void redirect(java.io.OutputStream out, String to) throws IOException {
    ScriptedServer.head(out, "302 Found", "Location: " + to, "Content-Length: 0");
  }
}
