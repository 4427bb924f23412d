package io.ruche.agent.task;

import io.ruche.agent.live.LiveRuns;
import io.ruche.agent.state.WorkFolder;
import io.ruche.agent.state.WorkFolders;
import io.ruche.core.AppType;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.RucheException;
import io.ruche.link.AttemptRef;
import io.ruche.sandbox.Access;
import io.ruche.sandbox.RunLogs;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.Sandboxes;
import io.ruche.transfer.OutputLimits;
import io.ruche.transfer.ResultArchive;
import io.ruche.transfer.TransferCode;
import io.ruche.worker.AttemptId;
import io.ruche.worker.Command;
import io.ruche.worker.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one attempt on this machine. Any thread may call, one step of an attempt at a time.
 */
public final class TaskRunner {
  /** What logs and a failure may add to an output: 1 MiB each, as the sandbox bounds them. */
  private static final long EXTRA_BYTES = 4L << 20;

  private static final int EXTRA_FILES = 4;

  private final WorkFolders folders;
  private final TaskFiles files;
  private final Sandboxes sandboxes;
  private final boolean allowNetwork;
  private final OfferedMachine machine;
  private final ResultDigester digester;
  private final LiveRuns live;
  private final long minFreeBytes;

  /**
   * What a runner works with.
   *
   * @param allowNetwork whether the machine's owner lets apps reach the network
   */
  public record Parts(
      WorkFolders folders,
      TaskFiles files,
      Sandboxes sandboxes,
      ResultDigester digester,
      LiveRuns live,
      long minFreeBytes,
      boolean allowNetwork,
      OfferedMachine machine) {}

  public TaskRunner(Parts parts) {
    folders = parts.folders();
    files = parts.files();
    sandboxes = parts.sandboxes();
    allowNetwork = parts.allowNetwork();
    machine = parts.machine();
    digester = parts.digester();
    live = parts.live();
    minFreeBytes = parts.minFreeBytes();
  }

  /** {@link Event.Fetched} or {@link Event.WorkFailed}. */
  public Event fetch(AttemptId id, Job job) {
    if (job.deal() instanceof DealCase.Hopeless(var _, var failure, var detail)) {
      return new Event.WorkFailed(id, failure, detail);
    }
    var feasible = (DealCase.Feasible) job.deal();
    var obstacle = obstacle(feasible);
    if (obstacle != null) {
      return failed(id, FailureCode.UNSUPPORTED, obstacle);
    }
    long free = folders.freeBytes();
    if (free < minFreeBytes) {
      return failed(
          id,
          FailureCode.INFRASTRUCTURE,
          "DISK_FULL: expected %d MiB free, found %d MiB"
              .formatted(minFreeBytes >> 20, free >> 20));
    }
    try {
      job.keepApp(files.fetch(feasible, folders.fresh(id)));
      return new Event.Fetched(id);
    } catch (RucheException e) {
      return failed(id, TransferCode.failureOf(e), e.code() + ": " + e.getMessage());
    }
  }

  /** Why this machine cannot run it, though another one may; null when it can. */
  private @Nullable String obstacle(DealCase.Feasible deal) {
    var sandbox = sandboxes.find(deal.type()).orElse(null);
    if (sandbox == null) {
      return "this worker runs %s, not %s".formatted(sandboxes.byType().keySet(), deal.type());
    }
    if (deal.needs().network() && deal.type() == AppType.WASM) {
      return "apps of type WASM never reach the network";
    }
    if (deal.needs().network() && !allowNetwork) {
      return "this worker lets no app reach the network";
    }
    if (deal.needs().gpu() && !sandbox.hasGpu()) {
      return "this worker has no GPU for apps of type " + deal.type();
    }
    return machine.obstacle(deal.needs().machine(), folders.freeBytes() >> 20);
  }

  /** {@link Event.RunFinished} or {@link Event.WorkFailed}. */
  public Event run(Command.Run command, Job job) throws InterruptedException {
    var id = command.id();
    var limits = command.limits();
    var deal = (DealCase.Feasible) job.deal();
    var folder = folders.of(id);
    var watched = live.begin(new AttemptRef(id.task(), id.number()));
    try {
      var request = new RunRequest(
          job.app(),
          id.task().hex(),
          deal.args(),
          TaskEnvironment.of(deal, id.task(), job.index()),
          folder.input(),
          folder.output(),
          deal.limits(limits),
          new Access(deal.needs().network(), deal.needs().gpu()));
      long start = System.nanoTime();
      var outcome = sandboxes.find(deal.type()).orElseThrow().run(request, watched);
      var usage = outcome.usageIn(Duration.ofNanos(System.nanoTime() - start));
      job.keepLogs(outcome.logs());
      watched.ended(sentence(outcome));
      return switch (outcome) {
        case RunOutcome.Failed f ->
          new Event.WorkFailed(id, new Failure(f.code(), f.exitCode()), f.detail(), usage);
        case RunOutcome.Finished f -> {
          var bounds = OutputLimits.of(limits);
          var digest = digest(deal, folder, bounds);
          pack(folder, bounds, f.logs(), command.durable());
          yield new Event.RunFinished(id, digest, usage);
        }
      };
    } catch (RucheException e) {
      return failed(id, TransferCode.failureOf(e), e.code() + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return failed(id, FailureCode.UNSUPPORTED, String.valueOf(e.getMessage()));
    } finally {
      watched.ended("the run was stopped");
      job.close();
    }
  }

  private static String sentence(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Failed f -> f.code() + ": " + f.detail();
      case RunOutcome.Finished f -> "finished";
    };
  }

  private Digest digest(DealCase.Feasible deal, WorkFolder folder, OutputLimits limits) {
    var callback = deal.facts().deal().callbackKind();
    return digester.digest(folder.output(), limits, callback);
  }

  /** {@link Event.FailureWritten} or {@link Event.WorkFailed}. */
  public Event writeFailure(Command.WriteFailure command, Job job) {
    var id = command.id();
    var folder = folders.of(id);
    try {
      folders.clearOutput(id);
      byte[] bytes = command.failure().canonicalBytes();
      Files.write(folder.output().resolve(Failure.FILE_NAME), bytes);
      var callback = job.deal().facts().deal().callbackKind();
      var limits = new OutputLimits(bytes.length, 1);
      var digest = digester.digest(folder.output(), limits, callback);
      pack(folder, limits, job.logs(), command.durable());
      return new Event.FailureWritten(id, digest);
    } catch (RucheException e) {
      return failed(id, FailureCode.INFRASTRUCTURE, e.code() + ": " + e.getMessage());
    } catch (IOException e) {
      return failed(id, FailureCode.INFRASTRUCTURE, "the failure cannot be written: " + e);
    }
  }

  /** An archive that is durable outlives a power cut, as the digest does. */
  private static void pack(WorkFolder folder, OutputLimits limits, RunLogs logs, boolean durable) {
    try {
      addLog(folder.output().resolve("stdout.txt"), logs.stdout());
      addLog(folder.output().resolve("stderr.txt"), logs.stderr());
    } catch (IOException e) {
      throw new RucheException(
          "DISK_FAILED", "the logs cannot be written: %s.".formatted(e), "", true, e);
    }
    var withLogs =
        new OutputLimits(limits.maxBytes() + EXTRA_BYTES, limits.maxFiles() + EXTRA_FILES);
    if (durable) {
      ResultArchive.write(folder.output(), withLogs, folder.archive());
    } else {
      ResultArchive.writeUnsynced(folder.output(), withLogs, folder.archive());
    }
  }

  /** Logs travel with the result and never count in its digest; an app's own file wins. */
  private static void addLog(Path file, String text) throws IOException {
    if (!text.isEmpty() && !Files.exists(file)) {
      Files.writeString(file, text);
    }
  }

  private static Event failed(AttemptId id, FailureCode code, String detail) {
    return new Event.WorkFailed(id, new Failure(code, 0), detail);
  }
}
