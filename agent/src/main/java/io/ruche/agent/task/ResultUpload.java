package io.ruche.agent.task;

import io.ruche.agent.state.WorkFolders;
import io.ruche.link.LinkLimits;
import io.ruche.worker.AttemptId;
import io.ruche.worker.Command;
import io.ruche.worker.Event;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends result archives to the pool: small ones in a message of the link, others by HTTP PUT below
 * its origin. Any thread may call.
 */
public final class ResultUpload {
  private static final Duration BASE_TIME = Duration.ofSeconds(60);
  private static final long SLOWEST_BYTES_PER_SECOND = 100_000;
  private static final int MAX_REPLY_BYTES = 8_192;
  private static final int MAX_SHOWN_CHARS = 300;

  private final HttpClient http;
  private final URI pool;
  private final WorkFolders folders;
  private final ResultMessages messages;

  public ResultUpload(HttpClient http, URI pool, WorkFolders folders, ResultMessages messages) {
    this.messages = messages;
    this.http = http;
    this.pool = pool;
    this.folders = folders;
  }

  /** The archive, when a message may carry it and it is still here; else null. */
  public byte @Nullable [] small(AttemptId id) {
    var archive = folders.of(id).archive();
    try {
      return Files.size(archive) <= LinkLimits.MAX_RESULT_BYTES
          ? Files.readAllBytes(archive)
          : null;
    } catch (IOException e) {
      return null; // the pool asks for it, and hears what is wrong
    }
  }

  /** {@link Event.Uploaded} or {@link Event.UploadFailed}. */
  public Event upload(Command.Upload command) throws InterruptedException {
    var id = command.id();
    var archive = folders.of(id).archive();
    try {
      long size = Files.size(archive);
      if (messages.carries(size)) {
        return messages.send(id, command.target().token(), Files.readAllBytes(archive));
      }
      var time = BASE_TIME.plusSeconds(size / SLOWEST_BYTES_PER_SECOND);
      var request = HttpRequest.newBuilder(targetOf(command.target().path()))
          .header("Authorization", "Bearer " + command.target().token())
          .header("Content-Type", "application/zip")
          .timeout(time)
          .PUT(HttpRequest.BodyPublishers.ofFile(archive))
          .build();
      var reply =
          http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_REPLY_BYTES));
      int status = reply.statusCode();
      if (status / 100 == 2) {
        return new Event.Uploaded(id);
      }
      boolean isRetryable = status >= 500 || status == 429 || status == 408;
      return new Event.UploadFailed(
          id, "HTTP %d: %s".formatted(status, shown(reply.body())), isRetryable);
    } catch (FileNotFoundException | NoSuchFileException e) {
      return new Event.UploadFailed(id, "the result is no longer on this machine", false);
    } catch (IllegalArgumentException e) {
      return new Event.UploadFailed(id, String.valueOf(e.getMessage()), false);
    } catch (IOException e) {
      return new Event.UploadFailed(id, "the pool cannot be reached: " + e, true);
    }
  }

  /** Always below the pool's own origin: a result goes nowhere else. */
  private URI targetOf(String path) {
    var target = pool.resolve(path);
    if (!path.startsWith("/")
        || path.startsWith("//")
        || !String.valueOf(target.getRawAuthority()).equals(pool.getRawAuthority())) {
      throw new IllegalArgumentException(
          "expected a path below the pool's origin, found: " + shown(path));
    }
    return target;
  }

  private static String shown(String text) {
    return text.length() <= MAX_SHOWN_CHARS ? text : text.substring(0, MAX_SHOWN_CHARS);
  }
}
