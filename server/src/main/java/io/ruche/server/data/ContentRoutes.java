package io.ruche.server.data;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.ruche.core.RucheException;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpProblem;
import io.ruche.transfer.Blob;
import io.ruche.transfer.Cid;
import io.ruche.transfer.ContentStore;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code GET|HEAD /ipfs/<cid>}: bytes by their content address, whole or one range of them. */
public final class ContentRoutes implements HttpOrigin.Routes {
  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final byte[] ZIP_MAGIC = "PK\u0003\u0004".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] WASM_MAGIC = "\0asm".getBytes(StandardCharsets.ISO_8859_1);
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  private final ContentStore store;
  private final SmallArchives small;

  /** Archives that are kept in the database. */
  @FunctionalInterface
  public interface SmallArchives {
    Optional<byte[]> archive(String cid);
  }

  /** What is served, wherever it is kept. */
  private record Content(long sizeBytes, Opening opening) {
    InputStream from(long first) throws IOException {
      return opening.from(first);
    }
  }

  private interface Opening {
    InputStream from(long first) throws IOException;
  }

  /** Bytes from first to last, both included. */
  private record Range(long first, long last) {
    long length() {
      return last - first + 1;
    }
  }

  public ContentRoutes(ContentStore store, SmallArchives small) {
    this.store = store;
    this.small = small;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/ipfs/{cid}", this::serve);
    routes.head("/ipfs/{cid}", this::serve);
  }

  private void serve(Context context) throws IOException {
    var cid = Cid.parse(context.pathParam("cid"));
    var content = find(cid)
        .orElseThrow(() -> HttpProblem.notFound(
            "BLOB_MISSING", "nothing is stored here under %s.".formatted(cid)));
    var tag = "\"" + cid + "\"";
    context.header("Cache-Control", FOREVER);
    context.header("ETag", tag);
    context.header("Accept-Ranges", "bytes");
    context.header("Content-Disposition", "attachment");
    context.header("Access-Control-Allow-Origin", "*");
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(304);
      return;
    }
    context.contentType(typeOf(content));
    send(context, content, tag);
  }

  private Optional<Content> find(Cid cid) {
    var file = store.find(cid);
    if (file.isPresent()) {
      return file.map(blob -> new Content(blob.sizeBytes(), first -> open(blob, first)));
    }
    return small.archive(cid.toString()).map(bytes -> {
      requireWhole(cid, bytes);
      return new Content(
          bytes.length,
          first -> new ByteArrayInputStream(bytes, (int) first, bytes.length - (int) first));
    });
  }

  private static InputStream open(Blob blob, long first) throws IOException {
    var channel = FileChannel.open(blob.file(), StandardOpenOption.READ);
    channel.position(first);
    return Channels.newInputStream(channel);
  }

  /** As the store of files does. */
  private static void requireWhole(Cid cid, byte[] bytes) {
    var found = Cid.of(bytes);
    if (!found.equals(cid)) {
      throw new RucheException(
          "BLOB_CORRUPT",
          "the bytes stored under %s have changed: they are now %s.".formatted(cid, found),
          "Restore the database from a backup.",
          false);
    }
  }

  private static void send(Context context, Content content, String tag) throws IOException {
    var condition = context.header("If-Range");
    var asked = condition == null || condition.equals(tag) ? context.header("Range") : null;
    var range = range(asked, content.sizeBytes());
    if (range == null) {
      range = new Range(0, content.sizeBytes() - 1);
    } else if (range.length() <= 0) {
      context.header("Content-Range", "bytes */" + content.sizeBytes());
      throw new HttpProblem(
          416, "BAD_RANGE", "the file has %d bytes.".formatted(content.sizeBytes()), "");
    } else {
      context.status(206);
      context.header(
          "Content-Range",
          "bytes %d-%d/%d".formatted(range.first(), range.last(), content.sizeBytes()));
    }
    context.header("Content-Length", Long.toString(range.length()));
    if (!context.method().name().equals("HEAD")) {
      context.result(new BoundedStream(content.from(range.first()), range.length()));
    }
  }

  /** The range asked for, null for the whole file, empty when it lies behind the end. */
  private static @Nullable Range range(@Nullable String header, long size) {
    if (header == null) {
      return null;
    }
    var matcher = RANGE.matcher(header);
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return null;
    }
    if (matcher.group(1).isEmpty()) {
      long count = Math.min(size, Long.parseLong(matcher.group(2)));
      return new Range(size - count, size - 1);
    }
    long first = Long.parseLong(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
    if (matcher.group(2).isEmpty() || last >= first) {
      return first >= size ? new Range(0, -1) : new Range(first, Math.min(last, size - 1));
    }
    return null;
  }

  private static String typeOf(Content content) throws IOException {
    byte[] start;
    try (var stream = content.from(0)) {
      start = stream.readNBytes(ZIP_MAGIC.length);
    }
    if (Arrays.equals(start, ZIP_MAGIC)) {
      return "application/zip";
    }
    return Arrays.equals(start, WASM_MAGIC) ? "application/wasm" : "application/octet-stream";
  }

  /** The first bytes of a stream. */
  private static final class BoundedStream extends FilterInputStream {
    private long left;

    BoundedStream(InputStream in, long length) {
      super(in);
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      if (left <= 0) {
        return -1;
      }
      int value = super.read();
      left--;
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int count = super.read(buffer, offset, (int) Math.min(left, length));
      left -= Math.max(0, count);
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(Math.min(left, count));
      left -= skipped;
      return skipped;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(left, super.available());
    }
  }
}
