package io.ruche.server.data;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.ruche.core.Address;
import io.ruche.core.Sha256;
import io.ruche.core.Signature;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.http.Json;
import io.ruche.store.SqlPublishedFiles;
import io.ruche.transfer.Cid;
import io.ruche.transfer.ContentStore;
import java.io.IOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code PUT /data/<sha256>}: publishes a file under its content address. The headers
 * {@code Ruche-Address} and {@code Ruche-Signature} (personal signature of {@link UploadText}) say
 * whose share of the disk it takes.
 */
public final class PublishRoutes implements HttpOrigin.Routes {
  private static final int MAX_AT_ONCE = 16;

  private final Parts parts;
  private final Semaphore turns = new Semaphore(MAX_AT_ONCE);

  /** Says who signed a text, or null. */
  @FunctionalInterface
  public interface Recover {
    @Nullable
    Address signerOf(String text, Signature signature);
  }

  /** What the routes work with. */
  public record Parts(
      ContentStore store,
      SqlPublishedFiles files,
      DataSettings settings,
      long chainId,
      Recover recover,
      InstantSource clock) {}

  public PublishRoutes(Parts parts) {
    this.parts = parts;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.put("/data/{sha256}", this::publish);
  }

  private void publish(Context context) throws IOException {
    if (!parts.settings().isPublishingOpen()) {
      throw new HttpProblem(
          403,
          "PUBLISHING_CLOSED",
          "this server takes no files.",
          "Put the file on a server of yours and publish its URL.");
    }
    var content = parse(context.pathParam("sha256"), Sha256::new);
    var owner = requireOwner(context, content);
    requireRoom(owner, Math.max(0, context.req().getContentLengthLong()));
    if (!turns.tryAcquire()) {
      throw new HttpProblem(
          503, "BUSY", "%d uploads are under way.".formatted(MAX_AT_ONCE), "Try again.");
    }
    try {
      store(context, owner, content);
    } finally {
      turns.release();
    }
  }

  private void store(Context context, Address owner, Sha256 content) throws IOException {
    var hash = sha256();
    try (var staged = parts.store().stage(new DigestInputStream(context.bodyInputStream(), hash))) {
      var found = Sha256.of(hash.digest());
      if (!found.equals(content)) {
        throw HttpProblem.badRequest(
            "CHECKSUM_MISMATCH",
            "expected a file with sha256 %s, found %s.".formatted(content, found),
            "Send the file again.");
      }
      if (staged.sizeBytes() > parts.settings().maxPublishedBytes()) {
        throw HttpProblem.tooLarge("BLOB_TOO_LARGE", parts.settings().maxPublishedBytes());
      }
      requireRoom(owner, staged.sizeBytes());
      var cid = staged.keep();
      parts
          .files()
          .add(
              owner,
              cid.toString(),
              staged.sizeBytes(),
              Instant.ofEpochMilli(parts.clock().millis()));
      answer(context, cid, staged.sizeBytes());
    }
  }

  private static void answer(Context context, Cid cid, long sizeBytes) {
    Json.answer(
        context,
        201,
        Json.object()
            .put("ok", true)
            .put("cid", cid.toString())
            .put("path", cid.path())
            .put("sizeBytes", sizeBytes));
  }

  private Address requireOwner(Context context, Sha256 content) {
    var owner = parse(header(context, "Ruche-Address"), Address::new);
    var signature = parse(header(context, "Ruche-Signature"), Signature::new);
    var text = UploadText.of(parts.chainId(), content);
    if (!owner.equals(parts.recover().signerOf(text, signature))) {
      throw HttpProblem.unauthorized(
          "BAD_SIGNATURE",
          "the upload is not signed by %s.".formatted(owner),
          "Sign the publication text of this chain and file with that wallet.");
    }
    return owner;
  }

  private void requireRoom(Address owner, long sizeBytes) {
    var settings = parts.settings();
    if (sizeBytes > settings.maxPublishedBytes()) {
      throw HttpProblem.tooLarge("BLOB_TOO_LARGE", settings.maxPublishedBytes());
    }
    boolean isOverQuota = parts.files().bytesOf(owner) + sizeBytes > settings.quotaBytes();
    if (isOverQuota || parts.files().bytes() + sizeBytes > settings.totalPublishedBytes()) {
      throw new HttpProblem(
          507,
          "QUOTA_USED_UP",
          "there is no room left for files of %s.".formatted(owner),
          "Put the file on a server of yours and publish its URL.");
    }
  }

  private static String header(Context context, String name) {
    var value = context.header(name);
    if (value == null) {
      throw HttpProblem.unauthorized(
          "SIGNATURE_MISSING", "expected a header %s.".formatted(name), "");
    }
    return value;
  }

  private static <T> T parse(String text, Function<String, T> read) {
    try {
      return read.apply(text);
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw HttpProblem.badRequest("BAD_PARAMETER", "%s.".formatted(e.getMessage()), "");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
