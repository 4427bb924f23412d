package io.ruche.transfer;

import io.ruche.core.RucheException;
import io.ruche.transfer.GuardedResolver.AddressRefused;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One file over HTTP: follows redirects by hand, goes on after a drop where it stopped (Range with
 * If-Range), starts over when the server cannot do that or lies about it. Used once, by one thread.
 */
final class HttpDownload {
  /** Tries that each bring some bytes are bounded too. */
  private static final int MAX_TRIES = 1_000;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

  private final HttpTransport first;
  private final HttpTransport guarded;
  private final FetchSettings settings;
  private final Deadline deadline;
  private final URI start;
  private final String shown;
  private final PartFile part;
  private final boolean isVerified;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  /** ETag or date of the version that the part is of; empty when the server named none. */
  private String validator = "";
  /** Whether a server got ranges wrong, so that only whole bodies are asked for. */
  private boolean isRangeDistrusted;

  private boolean isLengthKnown;

  /** What one try came to. */
  private sealed interface Outcome {
    record Complete() implements Outcome {}

    record Broken(RucheException problem) implements Outcome {}
  }

  /**
   * A download that fills {@code part}.
   *
   * @param isVerified whether the whole is checked later, so that pieces may be joined without a
   *     validator
   */
  HttpDownload(
      Route route, FetchSettings settings, Deadline deadline, PartFile part, boolean isVerified) {
    this.first = route.first();
    this.guarded = route.guarded();
    this.start = route.start();
    this.shown = Shown.url(start);
    this.settings = settings;
    this.deadline = deadline;
    this.part = part;
    this.isVerified = isVerified;
  }

  /** Where a download starts; {@code first} fetches that, {@code guarded} what it redirects to. */
  record Route(URI start, HttpTransport first, HttpTransport guarded) {}

  /**
   * Fills the part; returns whether its bytes may be wrong by accident: they came in more than one
   * piece, or the server did not say how many there are.
   */
  boolean run() {
    boolean isPieced = false;
    int fruitless = 0;
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      long before = part.sizeBytes();
      if (!(attempt() instanceof Outcome.Broken broken)) {
        return isPieced || !isLengthKnown;
      }
      fruitless = part.sizeBytes() > before ? 0 : fruitless + 1;
      if (fruitless >= settings.retries().maxFruitless()) {
        throw broken.problem();
      }
      isPieced = true;
      deadline.pause(pauseAfter(fruitless), shown);
    }
    throw unreachable("the connection dropped " + MAX_TRIES + " times", null);
  }

  private Outcome attempt() {
    deadline.check(shown);
    if (part.sizeBytes() > 0 && !canResume()) {
      part.restart();
    }
    try (var reply = open()) {
      return take(reply);
    } catch (AddressRefused e) {
      throw TransferCode.ADDRESS_REFUSED.error(
          "Will not fetch %s: %s.".formatted(shown, e.getMessage()),
          "Serve the file from a public address; a worker's owner can allow private ones.",
          e);
    } catch (SocketTimeoutException e) {
      return new Outcome.Broken(TransferCode.FETCH_TIMEOUT.error(
          "Fetching %s: no answer for %d ms.".formatted(shown, silenceMillis()),
          "Check that the server is up.",
          e));
    } catch (IOException e) {
      deadline.check(shown);
      return new Outcome.Broken(unreachable(reasonOf(e), e));
    }
  }

  private boolean canResume() {
    return !isRangeDistrusted && (isVerified || !validator.isEmpty());
  }

  private HttpReply open() throws IOException {
    var headers = requestHeaders();
    var at = start;
    var transport = first;
    for (int hop = 0; hop <= settings.maxRedirects(); hop++) {
      var reply = transport.get(at, headers, deadline.left());
      if (!reply.isRedirect()) {
        return reply;
      }
      try (reply) {
        at = Redirects.next(at, reply.header("Location").orElse(""));
      }
      transport = guarded;
    }
    throw TransferCode.REDIRECT_REFUSED.error(
        "Fetching %s: more than %d redirects.".formatted(shown, settings.maxRedirects()),
        "Publish the address where the file is.");
  }

  private Map<String, String> requestHeaders() {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Accept-Encoding", "identity");
    if (part.sizeBytes() > 0) {
      headers.put("Range", "bytes=" + part.sizeBytes() + "-");
      if (!validator.isEmpty()) {
        headers.put("If-Range", validator);
      }
    }
    return headers;
  }

  private Outcome take(HttpReply reply) throws IOException {
    int status = reply.status();
    if (status == 200) {
      return takeWhole(reply);
    }
    if (status == 206) {
      return takeRange(reply);
    }
    if (status == 416 && part.sizeBytes() > 0) {
      return distrustRanges("refused to go on at byte " + part.sizeBytes());
    }
    var problem = TransferCode.HTTP_STATUS.error(
        "Fetching %s: expected status 200, found %d.".formatted(shown, status),
        "Check that the file is published there.");
    if (PASSING.contains(status)) {
      return new Outcome.Broken(problem);
    }
    throw problem;
  }

  private Outcome takeWhole(HttpReply reply) throws IOException {
    if (part.sizeBytes() > 0) {
      part.restart();
    }
    validator = validatorOf(reply);
    return read(reply, reply.length());
  }

  private Outcome takeRange(HttpReply reply) throws IOException {
    var range = ContentRange.parse(reply.header("Content-Range").orElse(""));
    if (range.isEmpty() || range.get().first() != part.sizeBytes() || part.sizeBytes() == 0) {
      return distrustRanges("answered with another range than asked for");
    }
    if (!validator.isEmpty() && !validator.equals(validatorOf(reply))) {
      return distrustRanges("went on with another version of the file");
    }
    return read(reply, range.get().total());
  }

  private Outcome distrustRanges(String why) {
    isRangeDistrusted = true;
    part.restart();
    return new Outcome.Broken(unreachable("the server " + why, null));
  }

  /** Reads the body; {@code total} is the size of the whole file, or -1 when unknown. */
  private Outcome read(HttpReply reply, long total) throws IOException {
    isLengthKnown = total >= 0;
    if (total > part.maxBytes()) {
      throw tooLarge("has " + total + " bytes");
    }
    var body = reply.body();
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      deadline.check(shown);
      if (!part.hasRoomFor(count)) {
        throw tooLarge("goes on after that");
      }
      part.append(buffer, count);
    }
    reply.markRead();
    if (part.sizeBytes() < total) {
      var found = "expected %d bytes, found %d".formatted(total, part.sizeBytes());
      return new Outcome.Broken(unreachable(found, null));
    }
    if (isLengthKnown && part.sizeBytes() > total) {
      return distrustRanges("sent more than it announced");
    }
    return new Outcome.Complete();
  }

  /** A value for If-Range: weak ETags do not promise equal bytes. */
  private static String validatorOf(HttpReply reply) {
    var etag = reply.header("ETag").orElse("");
    return !etag.isEmpty() && !etag.startsWith("W/")
        ? etag
        : reply.header("Last-Modified").orElse("");
  }

  private Duration pauseAfter(int fruitless) {
    var retries = settings.retries();
    var pause = retries.firstPause();
    for (int i = 1; i < fruitless && pause.compareTo(retries.maxPause()) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(retries.maxPause()) < 0 ? pause : retries.maxPause();
  }

  private long silenceMillis() {
    return settings.timeouts().silence().toMillis();
  }

  private RucheException tooLarge(String found) {
    return TransferCode.TOO_LARGE.error(
        "Fetching %s: expected at most %d bytes, the file %s."
            .formatted(shown, part.maxBytes(), found),
        "Publish a smaller file, or raise the limit of downloads.");
  }

  private static String reasonOf(IOException error) {
    if (error instanceof UnknownHostException) {
      return "the name of the host is unknown";
    }
    var text = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    return Shown.of(text).replaceAll("\\.+$", "");
  }

  private RucheException unreachable(String why, @Nullable Throwable cause) {
    var message = "Fetching %s: %s.".formatted(shown, why);
    var hint = "Check the address and that the server is up.";
    return cause == null
        ? TransferCode.UNREACHABLE.error(message, hint)
        : TransferCode.UNREACHABLE.error(message, hint, cause);
  }
}
