package io.ruche.sdk;

import io.ruche.core.App;
import io.ruche.core.AppType;
import io.ruche.core.RucheException;
import io.ruche.core.Sha256;
import io.ruche.transfer.Checksum;
import io.ruche.transfer.FetchRequest;
import io.ruche.transfer.Fetcher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a person names, a file or a URL, into a location with a checksum: files are stored
 * with the market's server, URLs are fetched once to learn their sha256.
 */
public final class Sources {
  private static final int BUFFER_BYTES = 1 << 16;

  /** A name as registries have them, and its digest. */
  private static final Pattern IMAGE =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._:/-]{0,254})@sha256:([0-9a-f]{64})");

  private final MarketClient market;
  private final Fetcher fetcher;

  Sources(MarketClient market, Fetcher fetcher) {
    this.market = market;
    this.fetcher = fetcher;
  }

  /**
   * Makes {@code fileOrUrl} fetchable.
   *
   * @throws RucheException FILE_UNREADABLE, MARKET_UNREACHABLE, or what the fetch met
   */
  public Publisher.Source publish(String fileOrUrl) {
    if (fileOrUrl.matches("(https?|ipfs)://.*|/ipfs/.*")) {
      return new Publisher.Source(fileOrUrl, fetched(fileOrUrl));
    }
    var file = fileOrUrl.startsWith("file:") ? Path.of(URI.create(fileOrUrl)) : Path.of(fileOrUrl);
    var sha256 = sha256(file);
    return new Publisher.Source(market.upload(file, sha256).toString(), sha256);
  }

  /**
   * An image that workers bring from its registry, named {@code NAME@sha256:DIGEST}.
   *
   * @throws RucheException IMAGE_UNNAMED when the digest is missing: a tag may mean another image
   *     tomorrow
   */
  public static Publisher.Source image(String reference) {
    var parts = IMAGE.matcher(reference);
    if (!parts.matches()) {
      throw new RucheException(
          "IMAGE_UNNAMED",
          "expected an image as NAME@sha256:DIGEST, found %s.".formatted(reference),
          "`podman image inspect --format '{{.RepoDigests}}' NAME` shows it; a tag alone may mean"
              + " another image tomorrow.",
          false);
    }
    return new Publisher.Source(parts.group(1), new Sha256("0x" + parts.group(2)));
  }

  /** Fetches an app and checks it; one in a registry is left to the workers. */
  public void requireFetchable(App app) {
    boolean isInRegistry =
        app.type().equals(AppType.DOCKER.name()) && !Fetcher.understands(app.location());
    if (!isInRegistry) {
      requireFetchable(app.location(), app.checksum());
    }
  }

  /** Fetches a published file and checks it, so that a run is not bought that cannot start. */
  public void requireFetchable(String location, Sha256 sha256) {
    probe(new FetchRequest(location, Checksum.published(sha256, true)));
  }

  /** The bytes of a published file, fetched and checked. */
  public byte[] read(String location, Sha256 sha256) {
    Path copy = null;
    try {
      copy = Files.createTempFile("ruche-", ".fetch");
      fetcher.download(new FetchRequest(location, Checksum.published(sha256, true)), copy);
      return Files.readAllBytes(copy);
    } catch (IOException e) {
      throw SdkErrors.fileUnreadable(Path.of(System.getProperty("java.io.tmpdir")), e);
    } finally {
      delete(copy);
    }
  }

  private Sha256 fetched(String url) {
    return probe(new FetchRequest(url, new Checksum.Waived()));
  }

  private Sha256 probe(FetchRequest request) {
    Path copy = null;
    try {
      copy = Files.createTempFile("ruche-", ".fetch");
      fetcher.download(request, copy);
      return sha256(copy);
    } catch (IOException e) {
      throw SdkErrors.fileUnreadable(Path.of(System.getProperty("java.io.tmpdir")), e);
    } finally {
      delete(copy);
    }
  }

  private static void delete(@Nullable Path file) {
    if (file != null && !file.toFile().delete()) {
      file.toFile().deleteOnExit();
    }
  }

  static Sha256 sha256(Path file) {
    try (var stream =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      byte[] buffer = new byte[BUFFER_BYTES];
      while (stream.read(buffer) >= 0) {
        // Reading feeds the digest.
      }
      return Sha256.of(stream.getMessageDigest().digest());
    } catch (IOException e) {
      throw SdkErrors.fileUnreadable(file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
