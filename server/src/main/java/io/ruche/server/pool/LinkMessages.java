package io.ruche.server.pool;

import io.ruche.core.Address;
import io.ruche.core.MachineNeeds;
import io.ruche.core.Power;
import io.ruche.core.Signature;
import io.ruche.link.AttemptRef;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.LinkLimits;
import io.ruche.link.Release;
import io.ruche.scheduler.AttemptId;
import io.ruche.scheduler.Command;
import io.ruche.scheduler.Phase;
import io.ruche.scheduler.WorkerEvent;
import io.ruche.scheduler.WorkerOffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between the words of the link and the words of the engine. */
final class LinkMessages {
  private static final int MAX_RUNTIMES = 16;
  private static final int MAX_RUNTIME_CHARS = 32;
  private static final int MAX_CODE_CHARS = 64;

  private LinkMessages() {}

  /** What the shell adds to a command: signatures and upload slots. */
  interface Additions {
    Signature authorization(Address worker, AttemptId attempt);

    String uploadToken(Command.RequestUpload command);
  }

  /**
   * The event that a logged-in machine's message is.
   *
   * @throws IllegalArgumentException when it is none, or out of bounds
   */
  static WorkerEvent event(Address machine, FromWorker message) {
    return switch (message) {
      case FromWorker.Hello _ -> throw new IllegalArgumentException("hello after the login");
      case FromWorker.Output _ -> throw new IllegalArgumentException("output is no event");
      case FromWorker.Result _ -> throw new IllegalArgumentException("a result is no event");
      case FromWorker.Login _ -> throw new IllegalArgumentException("login after the login");
      case FromWorker.Heartbeat(var freeSlots, var running, var power) ->
        new WorkerEvent.Heartbeat(
            machine, bounded(freeSlots), running(running), power == null ? Power.UNKNOWN : power);
      case FromWorker.Slots(var free, var ahead) ->
        new WorkerEvent.SlotsFreed(machine, bounded(free), ahead == null ? 0 : bounded(ahead));
      case FromWorker.Progress(var ref, var phase, var detail) ->
        new WorkerEvent.Progressed(machine, id(ref), phase(phase), shortened(detail));
      case FromWorker.Committed(var ref, var commit, var usage) ->
        new WorkerEvent.Committed(machine, id(ref), commit, usage);
      case FromWorker.Opened(var ref, var digest, var salt, var _) ->
        new WorkerEvent.Opened(machine, id(ref), digest, salt);
      case FromWorker.Contributed(var ref, var tx, var usage) ->
        new WorkerEvent.Contributed(machine, id(ref), tx, usage);
      case FromWorker.Revealed(var ref, var tx) -> new WorkerEvent.Revealed(machine, id(ref), tx);
      case FromWorker.Failed(var ref, var code, var exitCode, var detail) ->
        new WorkerEvent.Failed(machine, id(ref), code, exitCode, shortened(detail));
      case FromWorker.Refused(var ref, var code, var detail) ->
        new WorkerEvent.Refused(
            machine, id(ref), shortened(code, MAX_CODE_CHARS), shortened(detail));
    };
  }

  /** What a worker that speaks this version offers, within what one session may. */
  static WorkerOffer offer(FromWorker.Offer offer, int version) {
    if (offer.runtimes().size() > MAX_RUNTIMES
        || offer.runtimes().stream().anyMatch(name -> name.length() > MAX_RUNTIME_CHARS)) {
      throw new IllegalArgumentException(
          "expected at most %d runtimes with names of at most %d characters"
              .formatted(MAX_RUNTIMES, MAX_RUNTIME_CHARS));
    }
    if (offer.slots() < 1 || offer.memoryMiB() < 0 || offer.diskMiB() < 0) {
      throw new IllegalArgumentException(
          "expected 1 or more slots and no negative sizes, found " + offer);
    }
    var claim = offer.fuelPerSecond();
    return new WorkerOffer(
        bounded(offer.slots()),
        offer.memoryMiB(),
        offer.diskMiB(),
        offer.runtimes(),
        version >= LinkLimits.CANCEL_VERSION,
        claim == null ? 0 : Math.max(0, claim),
        machine(offer.machine()));
  }

  private static WorkerOffer.@Nullable Machine machine(FromWorker.@Nullable Machine machine) {
    if (machine == null) {
      return null;
    }
    var arch = shortened(machine.arch(), MAX_RUNTIME_CHARS);
    return new WorkerOffer.Machine(
        machine.cpus(),
        PoolLog.printable(arch),
        machine.groups().stream().filter(MachineNeeds::isName).toList(),
        machine.weaknesses().stream().map(PoolLog::printable).toList());
  }

  /** The message that a command is. */
  static FromPool message(Command.ToWorker command, Additions additions) {
    var ref = ref(command.attempt());
    return switch (command) {
      case Command.Assign assign ->
        new FromPool.Assign(
            ref,
            assign.deal(),
            assign.index(),
            assign.limits(),
            Release.valueOf(assign.release().name()),
            assign.isAuthorized()
                ? additions.authorization(assign.worker(), assign.attempt())
                : null,
            assign.contributionDeadline(),
            assign.cancellation());
      case Command.Authorize authorize ->
        new FromPool.Authorize(
            ref,
            additions.authorization(authorize.worker(), authorize.attempt()),
            authorize.settlement());
      case Command.Reveal _ -> new FromPool.Reveal(ref);
      case Command.RequestUpload upload ->
        new FromPool.Upload(
            ref, "/results/" + upload.attempt().task(), additions.uploadToken(upload));
      case Command.Done done -> new FromPool.Done(ref, done.outcome());
      case Command.Abort abort -> new FromPool.Abort(ref, abort.reason());
      case Command.CertifyFailure certify ->
        new FromPool.CertifyFailure(
            ref,
            certify.failure(),
            certify.isAuthorized()
                ? additions.authorization(certify.worker(), certify.attempt())
                : null);
      case Command.Cancel cancel -> new FromPool.Cancel(ref, cancel.cancellation());
    };
  }

  private static List<WorkerEvent.Running> running(List<FromWorker.Running> running) {
    if (running.size() > LinkLimits.MAX_RUNNING) {
      throw new IllegalArgumentException("expected at most %d running attempts, found %d"
          .formatted(LinkLimits.MAX_RUNNING, running.size()));
    }
    return running.stream()
        .map(one -> new WorkerEvent.Running(id(one.ref()), phase(one.phase())))
        .toList();
  }

  private static AttemptId id(AttemptRef ref) {
    return new AttemptId(ref.task(), ref.attempt());
  }

  private static AttemptRef ref(AttemptId id) {
    return new AttemptRef(id.task(), id.number());
  }

  private static Phase phase(io.ruche.link.Phase phase) {
    return Phase.valueOf(phase.name());
  }

  private static int bounded(int slots) {
    return Math.clamp(slots, 0, LinkLimits.MAX_RUNNING);
  }

  private static String shortened(String text) {
    return shortened(text, LinkLimits.MAX_DETAIL_CHARS);
  }

  private static String shortened(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max);
  }
}
