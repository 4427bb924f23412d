package io.ruche.transfer;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Fetches the files that strangers name in apps, datasets and inputs. Bytes are hashed while they
 * stream and a file is only handed out when they are what the request expects. Addresses off the
 * public internet are refused at every hop, unless the owner allows them. Any thread may call; an
 * interrupt ends a download with INTERRUPTED.
 */
public final class Fetcher implements AutoCloseable {
  private static final int COPY_BYTES = 1 << 16;

  private final FetchSettings settings;
  private final Waiting waiting;
  private final HttpTransport guarded;
  private final HttpTransport trusted;

  public Fetcher(FetchSettings settings) {
    this(settings, Waiting.real(), HostResolver.system());
  }

  public Fetcher(FetchSettings settings, Waiting waiting, HostResolver resolver) {
    this.settings = settings;
    this.waiting = waiting;
    var timeouts = settings.timeouts();
    this.guarded = new HttpTransport(
        new GuardedResolver(resolver, settings.allowPrivateAddresses()), timeouts);
    this.trusted = new HttpTransport(new GuardedResolver(resolver, true), timeouts);
  }

  /** Whether this names a file in a way that {@link #fetch} knows, reachable or not. */
  public static boolean understands(String location) {
    try {
      Location.parse(location);
      return true;
    } catch (RucheException e) {
      return false;
    }
  }

  /**
   * The file, from the cache when it is there. Close the datum when its bytes are no longer needed.
   *
   * @throws RucheException with a code of {@link TransferCode}; nothing of a failed download is
   *     kept
   */
  public Datum fetch(FetchRequest request, DataCache cache) {
    var location = Location.parse(request.location());
    DataCache.Loader loader = part -> load(location, request.checksum(), part);
    return request.checksum() instanceof Checksum.Known known
        ? cache.obtain(known.sha256(), settings.maxBytes(), loader)
        : cache.obtainUnhashed(settings.maxBytes(), wantsCid(request), loader);
  }

  /**
   * Downloads to a place of the caller's choice, past any cache. The file appears there whole,
   * checked and synced, or not at all; what was there before is replaced.
   *
   * @throws RucheException as {@link #fetch}
   */
  public void download(FetchRequest request, Path target) {
    var location = Location.parse(request.location());
    var partPath = target.resolveSibling(target.getFileName() + ".part");
    try (var part = PartFile.create(partPath, settings.maxBytes(), wantsCid(request))) {
      load(location, request.checksum(), part);
      part.moveTo(target);
    }
  }

  private static boolean wantsCid(FetchRequest request) {
    return request.checksum() instanceof Checksum.OfCid;
  }

  private void load(Location location, Checksum checksum, PartFile part) {
    switch (location) {
      case Location.Web web -> loadWeb(web.uri(), guarded, checksum, part);
      case Location.Local local -> loadLocal(local.file(), checksum, part);
      case Location.Ipfs ipfs -> loadIpfs(ipfs, checksum, part);
    }
  }

  private void loadWeb(URI start, HttpTransport first, Checksum checksum, PartFile part) {
    var route = new HttpDownload.Route(start, first, guarded);
    var deadline = new Deadline(waiting, settings.timeouts().whole());
    boolean isVerified = !(checksum instanceof Checksum.Waived);
    boolean isDoubtful = new HttpDownload(route, settings, deadline, part, isVerified).run();
    if (isDoubtful && !Verification.matches(part, checksum)) {
      part.restart();
      new HttpDownload(route, settings, deadline, part, isVerified).run();
    }
    Verification.require(part, checksum, Shown.url(start));
  }

  private void loadIpfs(Location.Ipfs ipfs, Checksum checksum, PartFile part) {
    RucheException last = TransferCode.UNREACHABLE.error(
        "No IPFS gateway is set, so /ipfs/%s cannot be fetched.".formatted(ipfs.path()),
        "Set the origin of a gateway.");
    for (URI gateway : settings.ipfsGateways()) {
      try {
        loadWeb(ipfs.at(gateway), trusted, checksum, part);
        return;
      } catch (RucheException e) {
        last = e;
        part.restart();
      }
    }
    throw last;
  }

  private void loadLocal(Path file, Checksum checksum, PartFile part) {
    if (!settings.allowFileUrls()) {
      throw TransferCode.FILE_URL_REFUSED.error(
          "Will not read %s: file locations are off.".formatted(Shown.of(file)),
          "Publish the file over http(s); a worker's owner can allow file locations.");
    }
    try {
      if (!Files.isRegularFile(file)) {
        throw noSuchFile(file);
      }
      try (var stream = Files.newInputStream(file)) {
        copy(stream, part, file);
      }
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot read " + Shown.of(file), e);
    }
    Verification.require(part, checksum, Shown.of(file));
  }

  private static void copy(InputStream stream, PartFile part, Path file) throws IOException {
    byte[] buffer = new byte[COPY_BYTES];
    for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
      if (!part.hasRoomFor(count)) {
        throw TransferCode.TOO_LARGE.error(
            "%s has more than %d bytes.".formatted(Shown.of(file), part.maxBytes()),
            "Use a smaller file, or raise the limit of downloads.");
      }
      part.append(buffer, count);
    }
  }

  private static RucheException noSuchFile(Path file) {
    return TransferCode.UNREACHABLE.error(
        "There is no regular file at %s.".formatted(Shown.of(file)), "Check the path.");
  }

  @Override
  public void close() {
    guarded.close();
    trusted.close();
  }
}
