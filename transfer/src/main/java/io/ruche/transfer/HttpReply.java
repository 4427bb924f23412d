package io.ruche.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** The head of a reply, and its body as a stream. Closing drops the rest of the body unread. */
final class HttpReply implements AutoCloseable {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final HttpGet request;
  private final ClassicHttpResponse response;
  private final Watchdog watchdog;
  private boolean isRead;

  HttpReply(HttpGet request, ClassicHttpResponse response, Watchdog watchdog) {
    this.request = request;
    this.response = response;
    this.watchdog = watchdog;
  }

  int status() {
    return response.getCode();
  }

  boolean isRedirect() {
    return REDIRECTS.contains(status());
  }

  Optional<String> header(String name) {
    var header = response.getFirstHeader(name);
    return header == null ? Optional.empty() : Optional.ofNullable(header.getValue());
  }

  /** Announced length of this body, or -1. */
  long length() {
    var entity = response.getEntity();
    return entity == null ? 0 : entity.getContentLength();
  }

  InputStream body() throws IOException {
    var entity = response.getEntity();
    return entity == null ? InputStream.nullInputStream() : entity.getContent();
  }

  /** Says that the body was read to its end, so the connection may serve again. */
  void markRead() {
    isRead = true;
  }

  @Override
  public void close() {
    watchdog.close();
    if (!isRead) {
      request.abort();
    }
    try {
      response.close();
    } catch (IOException e) {
      // The connection is gone either way, and nothing more was wanted from it.
    }
  }
}
