package io.ruche.cli.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.agent.availability.OwnerFile;
import io.ruche.agent.availability.StatusFile;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Table;
import io.ruche.cli.process.ProcessRecord;
import io.ruche.cli.process.Supervisor;
import io.ruche.core.RucheException;
import io.ruche.worker.availability.Obstacle;
import io.ruche.worker.availability.OwnerWord;
import io.ruche.worker.availability.Stance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Talks to the workers of a home through the files in their folders. */
final class WorkerControl {
  private static final int MAX_WORKERS = 1_000;
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Session session;

  /** A worker that has a folder; without a status it does not run. */
  record Worker(String name, Path folder, Optional<StatusFile.Status> status) {
    String state() {
      return status.map(now -> word(now.outlook().stance())).orElse("not running");
    }

    private static String word(Stance stance) {
      return switch (stance) {
        case WORK -> "working";
        case DRAIN -> "draining";
        case PAUSE -> "paused";
        case HAND_BACK -> "idle";
      };
    }
  }

  WorkerControl(Session session) {
    this.session = session;
  }

  int say(OwnerWord word, @Nullable String name) {
    var json = JsonNodeFactory.instance.arrayNode();
    var rows = new ArrayList<List<Cell>>();
    var workers = workers(name);
    for (var worker : workers) {
      var file = new OwnerFile(worker.folder());
      var said = word.name().toLowerCase(Locale.ROOT);
      file.write(word);
      var heard = worker.status().isPresent() ? "within a second" : "at its next start";
      json.addObject().put("worker", worker.name()).put("word", said).put("heard", heard);
      rows.add(List.of(Cell.of(worker.name()), Cell.of(said), Cell.of(heard)));
    }
    return answer(new Table(List.of("WORKER", "WORD", "HEARD"), rows), json, workers);
  }

  /** Ends what was left in the background; saying it again succeeds. */
  int stop(@Nullable String name) {
    var supervisor = new Supervisor(session.home().run());
    var running = supervisor.records().stream()
        .filter(record -> record.name().startsWith(JoinCommand.PROCESS_PREFIX))
        .filter(record -> name == null || record.name().equals(JoinCommand.PROCESS_PREFIX + name))
        .filter(ProcessRecord::isRunning)
        .toList();
    supervisor.stop(running, GRACE);
    var json = JsonNodeFactory.instance.arrayNode();
    running.forEach(record -> json.add(record.name()));
    session.note(running.isEmpty() ? "No such worker runs." : "Stopped.");
    session.answer(
        new Answer(json, List.of(), running.stream().map(ProcessRecord::name).toList()));
    return ExitCode.OK;
  }

  int status(@Nullable String name) {
    return new WorkerStatus(session).answer(workers(name));
  }

  /** What the machine, the pool and the chain say against work, of every worker that joined. */
  int whyNoWork(@Nullable String name) {
    var json = JsonNodeFactory.instance.arrayNode();
    var rows = new ArrayList<List<Cell>>();
    var workers = workers(name);
    for (var worker : workers) {
      var found = new ArrayList<>(obstacles(worker));
      var told = found.stream().map(Obstacle::code).toList();
      NoWork.reasons(worker.folder()).stream()
          .filter(reason -> !told.contains(reason.code()))
          .forEach(found::add);
      for (var obstacle : found) {
        json.addObject()
            .put("worker", worker.name())
            .put("code", obstacle.code())
            .put("reason", obstacle.reason())
            .put("remedy", obstacle.remedy());
        rows.add(List.of(
            Cell.of(worker.name()), Cell.of(obstacle.reason()), Cell.of(obstacle.remedy())));
      }
    }
    if (rows.isEmpty()) {
      session.note("Nothing keeps work from these workers; the pool may give it to others.");
    }
    return answer(
        new Table(List.of("WORKER", "REASON", "WHAT WOULD CHANGE IT"), rows), json, workers);
  }

  int whyIdle(@Nullable String name) {
    var json = JsonNodeFactory.instance.arrayNode();
    var rows = new ArrayList<List<Cell>>();
    var workers = workers(name);
    for (var worker : workers) {
      for (var obstacle : obstacles(worker)) {
        var notBefore = obstacle.notBefore();
        json.addObject()
            .put("worker", worker.name())
            .put("code", obstacle.code())
            .put("reason", obstacle.reason())
            .put("remedy", obstacle.remedy())
            .put("notBefore", notBefore == null ? null : notBefore.toString());
        rows.add(List.of(
            Cell.of(worker.name()),
            Cell.of(obstacle.reason()),
            Cell.of(obstacle.remedy()),
            notBefore == null
                ? Cell.of("")
                : Cell.time(notBefore, session.clock().instant())));
      }
    }
    if (rows.isEmpty()) {
      session.note("Nothing keeps these workers from working.");
    }
    return answer(
        new Table(List.of("WORKER", "REASON", "WHAT WOULD CHANGE IT", "NOT BEFORE"), rows),
        json,
        workers);
  }

  private static List<Obstacle> obstacles(Worker worker) {
    return worker
        .status()
        .map(status -> status.outlook().obstacles())
        .orElse(List.of(new Obstacle(
            "NOT_RUNNING", "its process does not run", "run `ruche worker start`", null)));
  }

  private int answer(Table table, ArrayNode json, List<Worker> workers) {
    session.answer(
        new Answer(json, List.of(table), workers.stream().map(Worker::name).toList()));
    return ExitCode.OK;
  }

  private List<Worker> workers(@Nullable String name) {
    var folder = session.home().folder().resolve("workers");
    var workers = names(folder).stream()
        .filter(found -> name == null || found.equals(name))
        .filter(found -> Files.isDirectory(folder.resolve(found)))
        .map(found -> worker(found, folder.resolve(found)))
        .toList();
    if (workers.isEmpty()) {
      throw new RucheException(
          "WORKER_UNKNOWN",
          name == null
              ? "no worker was ever started from the home %s."
                  .formatted(session.home().folder())
              : "expected a worker of %s, found '%s'.".formatted(names(folder), name),
          "Start one with `ruche worker start` or `ruche up`.",
          false);
    }
    return workers;
  }

  private static Worker worker(String name, Path folder) {
    var status = new StatusFile(folder).read().filter(found -> found.process().isAlive());
    return new Worker(name, folder, status);
  }

  private static List<String> names(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries
          .limit(MAX_WORKERS)
          .map(entry -> String.valueOf(entry.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
