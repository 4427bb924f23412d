package io.ruche.cli.process;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.agent.availability.ProcessMark;
import io.ruche.cli.output.Reason;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts processes in sessions of their own, keeps a record of each in a folder, and stops those it
 * has a record of. Not safe for concurrent use of one folder; callers hold the home's lock.
 */
public final class Supervisor {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration KILL_WAIT = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

  private final Path folder;

  public Supervisor(Path folder) {
    this.folder = folder;
  }

  /** Starts it and returns once it is recorded; it may still fail later, see its log. */
  public ProcessRecord start(Launch launch) {
    try {
      var program = Path.of(launch.command().getFirst());
      if (program.isAbsolute() && !Files.isExecutable(program)) {
        throw new NoSuchFileException(program.toString());
      }
      Files.createDirectories(folder);
      Files.createDirectories(launch.log().toAbsolutePath().getParent());
      var process = builder(launch).start();
      var mark = ProcessMark.of(process.pid());
      if (mark.isEmpty()) {
        throw diedAtOnce(launch);
      }
      var record = new ProcessRecord(
          launch.name(),
          process.pid(),
          mark.get().identity(),
          launch.command(),
          launch.log().toString(),
          Instant.now());
      write(record);
      return record;
    } catch (IOException e) {
      throw new RucheException(
          "PROCESS_START_FAILED",
          "could not start %s with %s: %s"
              .formatted(launch.name(), launch.command().getFirst(), e),
          "Check that the program and the folder %s exist and may be used.".formatted(folder),
          false,
          e);
    }
  }

  /** The record of that name, whether its process lives or not. */
  public Optional<ProcessRecord> find(String name) {
    return records().stream().filter(record -> record.name().equals(name)).findFirst();
  }

  public List<ProcessRecord> records() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(Supervisor::read)
          .sorted(Comparator.comparing(ProcessRecord::startedAt))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asks the processes to end, side by side, ends by force those that have not within
   * {@code grace}, then their children that are left, and forgets them. A number that another
   * process now has is left alone.
   */
  public void stop(List<ProcessRecord> records, Duration grace) {
    var families = new ArrayList<List<ProcessMark>>();
    for (var record : records) {
      families.add(record.isRunning() ? familyOf(record.pid()) : List.of());
      destroy(record);
    }
    for (int i = 0; i < records.size(); i++) {
      end(records.get(i), grace);
      families.get(i).forEach(Supervisor::kill);
      forget(records.get(i));
    }
  }

  private static void destroy(ProcessRecord record) {
    if (record.isRunning()) {
      ProcessHandle.of(record.pid()).ifPresent(ProcessHandle::destroy);
    }
  }

  private static void end(ProcessRecord record, Duration grace) {
    if (hasEndedWithin(record, grace)) {
      return;
    }
    ProcessHandle.of(record.pid()).ifPresent(ProcessHandle::destroyForcibly);
    if (!hasEndedWithin(record, KILL_WAIT)) {
      throw new RucheException(
          "PROCESS_STUCK",
          "process %d (%s) did not end.".formatted(record.pid(), record.name()),
          "End it by hand: kill -9 %d".formatted(record.pid()),
          true);
    }
  }

  private static List<ProcessMark> familyOf(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .flatMap(child -> ProcessMark.of(child.pid()).stream())
        .toList();
  }

  private static void kill(ProcessMark process) {
    if (process.isAlive()) {
      ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /**
   * Asks again and again: Java hears of the end of a child alone, and takes a process that ended
   * for alive until its parent has asked for it, which in a container may be never.
   */
  private static boolean hasEndedWithin(ProcessRecord record, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (record.isRunning()) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private static ProcessBuilder builder(Launch launch) {
    var command = new ArrayList<String>();
    // A session of its own: neither Ctrl-C nor closing the terminal reaches it.
    SETSID.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .ifPresent(path -> command.add(path.toString()));
    command.addAll(launch.command());
    var builder = new ProcessBuilder(command)
        .directory(launch.folder().toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
    builder.environment().putAll(launch.environment());
    Utf8Locale.ensure(builder.environment());
    return builder;
  }

  private static RucheException diedAtOnce(Launch launch) {
    return new RucheException(
        "PROCESS_DIED",
        launch.name() + " ended right after its start",
        "Read its log: " + launch.log(),
        true);
  }

  private void write(ProcessRecord record) throws IOException {
    var json = JSON.createObjectNode()
        .put("name", record.name())
        .put("pid", record.pid())
        .put("identity", record.identity())
        .put("log", record.log())
        .put("startedAt", record.startedAt().toString());
    record.command().forEach(json.putArray("command")::add);
    var part = folder.resolve(record.name() + ".part");
    Files.writeString(part, json.toPrettyString());
    Files.move(part, folder.resolve(record.name() + ".json"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static ProcessRecord read(Path file) {
    try {
      var json = JSON.readTree(Files.readString(file));
      var command = new ArrayList<String>();
      json.required("command").forEach(word -> command.add(word.asText()));
      return new ProcessRecord(
          json.required("name").asText(),
          json.required("pid").asLong(),
          json.required("identity").asText(),
          command,
          json.required("log").asText(),
          Instant.parse(text(json, "startedAt")));
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      throw new RucheException(
          "STATE_CORRUPT",
          "cannot read the process record %s: %s".formatted(file, Reason.of(e)),
          "Remove that file after ending the process it names, if any.",
          false,
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(JsonNode json, String key) {
    return json.required(key).asText();
  }

  private void forget(ProcessRecord record) {
    try {
      Files.deleteIfExists(folder.resolve(record.name() + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
