package io.ruche.agent;

import io.ruche.agent.chain.WorkerChain;
import io.ruche.agent.live.LiveRuns;
import io.ruche.agent.state.WorkFolders;
import io.ruche.agent.task.DealBook;
import io.ruche.agent.task.Job;
import io.ruche.agent.task.ResultUpload;
import io.ruche.agent.task.TaskRunner;
import io.ruche.agent.task.Verifier;
import io.ruche.core.Authorization;
import io.ruche.core.DealId;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.RucheException;
import io.ruche.core.Signature;
import io.ruche.link.AttemptRef;
import io.ruche.sandbox.Sandboxes;
import io.ruche.worker.AttemptId;
import io.ruche.worker.Command;
import io.ruche.worker.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out commands, each on a virtual thread of its own, and puts the answers into the queue.
 * The engine bounds how many are under way. {@link #carryOut} is called by the engine's thread.
 */
final class Hands implements AutoCloseable {
  private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(10);

  private final Parts parts;
  private final Map<AttemptId, Job> jobs = new ConcurrentHashMap<>();
  private final Map<AttemptId, Thread> working = new ConcurrentHashMap<>();
  private final List<Command.Report> untold = new ArrayList<>();
  private volatile boolean isClosed;

  /** What the hands work with. */
  record Parts(
      EventQueue events,
      WorkerChain chain,
      DealBook deals,
      Verifier verifier,
      TaskRunner runner,
      ResultUpload upload,
      Sandboxes sandboxes,
      WorkFolders folders,
      LiveRuns live,
      Consumer<List<Command.Report>> pool,
      AgentLog log) {}

  /** Something that may take long and may be interrupted. */
  private interface Step {
    Event take() throws InterruptedException;
  }

  Hands(Parts parts) {
    this.parts = parts;
  }

  /** Begins them all; the engine's thread alone. */
  void carryOut(List<Command> commands) {
    boolean isUrgent = false;
    for (var command : commands) {
      parts.log().command(command);
      carryOut(command, untold);
      isUrgent |= command instanceof Command.Report report && !isPatient(report);
    }
    if (isUrgent) {
      tell();
    }
  }

  /** That a step has begun is not worth a message of its own when the step is over at once. */
  private static boolean isPatient(Command.Report report) {
    return report instanceof Command.Progress progress && progress.detail().isEmpty();
  }

  /** Reports wait for others to go with. */
  boolean isUntold() {
    return !untold.isEmpty();
  }

  /** Sends the reports that wait; the engine's thread alone. */
  void tell() {
    if (!untold.isEmpty()) {
      parts.pool().accept(List.copyOf(untold));
      untold.clear();
    }
  }

  /** Begins it; what the pool is told of all of them leaves together. */
  private void carryOut(Command command, List<Command.Report> reports) {
    switch (command) {
      case Command.Report report -> reports.add(report);
      case Command.Verify c -> work(c.id(), () -> verify(c));
      case Command.CheckCancel c ->
        start(
            () -> checkCancel(c), (code, detail) -> new Event.CancelRefused(c.id(), code, detail));
      case Command.Fetch c -> work(c.id(), () -> parts.runner().fetch(c.id(), job(c.id())));
      case Command.Run c -> work(c.id(), () -> parts.runner().run(c, job(c.id())));
      case Command.WriteFailure c ->
        work(c.id(), () -> parts.runner().writeFailure(c, job(c.id())));
      case Command.Cancel c -> cancel(c.id());
      case Command.PauseRuns c -> parts.sandboxes().pause();
      case Command.ResumeRuns c -> parts.sandboxes().resume();
      case Command.Discard c -> discard(c.id());
      case Command.Contribute c -> onChain(c.id(), () -> contribute(c));
      case Command.ContributeAndFinalize c -> onChain(c.id(), () -> contributeAndFinalize(c));
      case Command.LookAtChain c ->
        onChain(
            c.id(),
            () -> new Event.ChainSeen(c.id(), parts.chain().look(c.id().task(), c.digest())));
      case Command.Reveal c ->
        onChain(
            c.id(), () -> new Event.RevealMined(c.id(), parts.chain().reveal(c.id(), c.digest())));
      case Command.Upload c ->
        start(
            () -> parts.upload().upload(c),
            (code, detail) -> new Event.UploadFailed(c.id(), code + ": " + detail, false));
    }
  }

  private Event verify(Command.Verify command) throws InterruptedException {
    var event = parts.verifier().verify(command);
    if (event instanceof Event.Verified) {
      jobs.put(command.id(), new Job(parts.deals().find(command.deal()), command.index()));
    }
    return event;
  }

  private Event checkCancel(Command.CheckCancel command) throws InterruptedException {
    var event = parts.verifier().checkCancel(command);
    jobs.putIfAbsent(command.id(), new Job(parts.deals().find(command.deal()), command.index()));
    return event;
  }

  private Job job(AttemptId id) {
    var job = jobs.get(id);
    if (job == null) {
      throw new IllegalStateException("attempt %s was discarded".formatted(id));
    }
    return job;
  }

  private Event contribute(Command.Contribute command) throws InterruptedException {
    var id = command.id();
    var authorization = authorization(id, command.deal(), command.authorization());
    return new Event.ContributionMined(
        id, parts.chain().contribute(id, authorization, command.digest()));
  }

  private Event contributeAndFinalize(Command.ContributeAndFinalize command)
      throws InterruptedException {
    var id = command.id();
    var authorization = authorization(id, command.deal(), command.authorization());
    return new Event.ContributionMined(
        id,
        parts
            .chain()
            .contributeAndFinalize(id, authorization, command.digest(), command.settlement()));
  }

  private Authorization authorization(AttemptId id, DealId dealId, Signature signature)
      throws InterruptedException {
    var deal = parts.deals().find(dealId).facts().deal();
    return parts.verifier().requireAuthorization(deal, id.task(), signature);
  }

  /** A step of a run; may be cancelled. One that was is over before the next one begins. */
  private void work(AttemptId id, Step step) {
    var former = working.get(id);
    var thread = start(
        () -> {
          try {
            if (former != null) {
              former.join(CANCEL_PATIENCE);
            }
            return step.take();
          } finally {
            working.remove(id, Thread.currentThread());
          }
        },
        (code, detail) -> new Event.WorkFailed(
            id, new Failure(FailureCode.INFRASTRUCTURE, 0), code + ": " + detail));
    working.put(id, thread);
    if (!thread.isAlive()) {
      working.remove(id, thread);
    }
  }

  private void onChain(AttemptId id, Step step) {
    start(
        () -> {
          try {
            return step.take();
          } catch (RucheException e) {
            return new Event.ChainFailed(
                id, e.code(), String.valueOf(e.getMessage()), e.isRetryable());
          }
        },
        (code, detail) -> new Event.ChainFailed(id, code, detail, false));
  }

  private Thread start(Step step, BiFunction<String, String, Event> onFailure) {
    return Thread.ofVirtual().name("hand").start(() -> {
      var event = result(step, onFailure);
      if (event != null && !isClosed) {
        parts.events().put(event);
      }
    });
  }

  /** The answer; null when the step was cancelled. */
  private @Nullable Event result(Step step, BiFunction<String, String, Event> onFailure) {
    try {
      return step.take();
    } catch (InterruptedException e) {
      return null;
    } catch (RucheException e) {
      return onFailure.apply(e.code(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      parts.log().defect(e);
      return onFailure.apply("DEFECT", e.toString());
    }
  }

  private void cancel(AttemptId id) {
    var thread = working.get(id);
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void discard(AttemptId id) {
    var worker = working.get(id);
    var job = jobs.remove(id);
    parts.live().forget(new AttemptRef(id.task(), id.number()));
    Thread.ofVirtual().name("discard").start(() -> discard(id, worker, job));
  }

  private void discard(AttemptId id, @Nullable Thread worker, @Nullable Job job) {
    try {
      if (worker != null) {
        worker.join(CANCEL_PATIENCE);
      }
      if (job != null) {
        job.close();
      }
      boolean hasEnded = worker == null || !worker.isAlive();
      if (hasEnded && job != null && job.leavesFoldersAsTheyWere()) {
        parts.folders().recycle(id);
      } else {
        parts.folders().discard(id);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RucheException e) {
      parts.log().leftBehind(id, e);
    }
  }

  /** Stops what runs; its answers are not wanted any more. */
  @Override
  public void close() {
    isClosed = true;
    working.values().forEach(Thread::interrupt);
  }
}
