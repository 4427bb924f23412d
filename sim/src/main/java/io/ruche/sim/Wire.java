package io.ruche.sim;

import io.ruche.core.Address;
import io.ruche.core.Keccak;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.scheduler.WorkerEvent;
import io.ruche.worker.Assignment;
import io.ruche.worker.Command;
import io.ruche.worker.Event;
import io.ruche.worker.Release;
import io.ruche.worker.UploadTarget;

/** What the link does in a real pool: the words of one engine into those of the other. */
final class Wire {
  private Wire() {}

  /** Stands for the pool's signature over worker and task. */
  static Signature leave(Address worker, TaskId task) {
    return Signature.of(Keccak.hash(worker.bytes(), task.bytes()));
  }

  static boolean isLeave(Signature signature, Address worker, TaskId task) {
    return signature.equals(leave(worker, task));
  }

  static io.ruche.scheduler.AttemptId of(io.ruche.worker.AttemptId id) {
    return new io.ruche.scheduler.AttemptId(id.task(), id.number());
  }

  static io.ruche.worker.AttemptId of(io.ruche.scheduler.AttemptId id) {
    return new io.ruche.worker.AttemptId(id.task(), id.number());
  }

  static WorkerEvent toPool(Address machine, Command.Report report) {
    return switch (report) {
      case Command.Heartbeat(var freeSlots, var running, var power) ->
        new WorkerEvent.Heartbeat(
            machine,
            freeSlots,
            running.stream()
                .map(r -> new WorkerEvent.Running(of(r.id()), of(r.phase())))
                .toList(),
            power);
      case Command.Slots(var free, var ahead) -> new WorkerEvent.SlotsFreed(machine, free, ahead);
      case Command.Progress(var id, var phase, var detail) ->
        new WorkerEvent.Progressed(machine, of(id), of(phase), detail);
      case Command.Committed(var id, var commit, var _) ->
        new WorkerEvent.Committed(machine, of(id), commit);
      case Command.Opened(var id, var digest, var salt, var _) ->
        new WorkerEvent.Opened(machine, of(id), digest, salt);
      case Command.Contributed(var id, var tx, var _) ->
        new WorkerEvent.Contributed(machine, of(id), tx);
      case Command.Revealed(var id, var tx) -> new WorkerEvent.Revealed(machine, of(id), tx);
      case Command.Failed(var id, var code, var exitCode, var detail) ->
        new WorkerEvent.Failed(machine, of(id), code, exitCode, detail);
      case Command.Refused(var id, var code, var detail) ->
        new WorkerEvent.Refused(machine, of(id), code, detail);
    };
  }

  /** Each upload gets a token of its own, as long as it is open. */
  static Event toWorker(io.ruche.scheduler.Command.ToWorker command, String token) {
    var id = of(command.attempt());
    var task = command.attempt().task();
    return switch (command) {
      case io.ruche.scheduler.Command.Assign c ->
        new Event.Assigned(
            new Assignment(
                id,
                c.deal(),
                c.index(),
                c.limits(),
                releaseOf(c, leave(c.worker(), task)),
                c.contributionDeadline()),
            c.cancellation());
      case io.ruche.scheduler.Command.Authorize c ->
        new Event.Authorized(id, leave(c.worker(), task), c.settlement());
      case io.ruche.scheduler.Command.Reveal c -> new Event.RevealAsked(id);
      case io.ruche.scheduler.Command.RequestUpload c ->
        new Event.UploadAsked(id, new UploadTarget("/results", token));
      case io.ruche.scheduler.Command.Done c -> new Event.Done(id, c.outcome());
      case io.ruche.scheduler.Command.Abort c -> new Event.Aborted(id, c.reason());
      case io.ruche.scheduler.Command.CertifyFailure c ->
        new Event.FailureCertified(
            id, c.failure(), c.isAuthorized() ? leave(c.worker(), task) : null);
      case io.ruche.scheduler.Command.Cancel c -> new Event.CancelAsked(id, c.cancellation());
    };
  }

  private static Release releaseOf(io.ruche.scheduler.Command.Assign assign, Signature leave) {
    return switch (assign.release()) {
      case WITH_WORK -> new Release.WithWork(leave);
      case AFTER_COMMIT -> new Release.AfterCommit();
      case AFTER_RESULT -> new Release.AfterResult();
    };
  }

  private static io.ruche.scheduler.Phase of(io.ruche.worker.Phase phase) {
    return io.ruche.scheduler.Phase.valueOf(phase.name());
  }
}
