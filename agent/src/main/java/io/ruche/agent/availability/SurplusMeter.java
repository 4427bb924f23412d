package io.ruche.agent.availability;

import io.ruche.agent.task.ShellWords;
import io.ruche.core.RucheException;
import io.ruche.worker.availability.Reading;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;

/**
 * Power that would go unused, in watts: one number in a file, from a command, or from an HTTP
 * address. A file that has not changed for long counts as dead.
 */
final class SurplusMeter {
  static final String COMMAND = "command:";
  static final Duration STALE_FILE = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MAX_BYTES = 4_096;
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(\\.\\d{1,9})?");

  private final String source;
  private final InstantSource clock;

  /** A path, {@code command:PROGRAM ARGUMENTS}, or an http(s) address. */
  SurplusMeter(String source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  Reading<Double> watts() {
    if (source.isEmpty()) {
      return Reading.unknown("`surplusMeter` is not set");
    }
    try {
      var text = text().strip();
      return NUMBER.matcher(text).matches()
          ? Reading.of(Double.parseDouble(text))
          : Reading.unknown("expected a number of watts from %s, found '%s'"
              .formatted(source, text.substring(0, Math.min(40, text.length()))));
    } catch (IOException | IllegalArgumentException e) {
      return Reading.unknown("%s cannot be read: %s".formatted(source, e));
    } catch (RucheException e) {
      return Reading.unknown(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reading.unknown("the reading was interrupted");
    }
  }

  private String text() throws IOException, InterruptedException {
    if (source.startsWith(COMMAND)) {
      var line = ShellWords.split(source.substring(COMMAND.length()).strip());
      return new BoundedCommand((int) PATIENCE.toSeconds()).run(line.toArray(String[]::new));
    }
    if (source.startsWith("http://") || source.startsWith("https://")) {
      return page();
    }
    var file = Path.of(source);
    var changed = Files.getLastModifiedTime(file).toInstant();
    if (changed.plus(STALE_FILE).isBefore(clock.instant())) {
      throw new IOException("it has not changed since " + changed);
    }
    return Sysfs.text(file).orElseThrow(() -> new IOException("it is not readable"));
  }

  private String page() throws IOException, InterruptedException {
    try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      var request = HttpRequest.newBuilder(URI.create(source)).timeout(PATIENCE).build();
      var answer = http.send(request, BodyHandlers.ofInputStream());
      try (var body = answer.body()) {
        if (answer.statusCode() != 200) {
          throw new IOException("expected status 200, found " + answer.statusCode());
        }
        return new String(body.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
      } finally {
        http.shutdownNow();
      }
    }
  }
}
