package io.ruche.agent;

import io.ruche.link.AttemptRef;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.worker.Assignment;
import io.ruche.worker.AttemptId;
import io.ruche.worker.Command;
import io.ruche.worker.Event;
import io.ruche.worker.Phase;
import io.ruche.worker.Release;
import io.ruche.worker.UploadTarget;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The engine's words and the link's messages, one for the other. */
final class Wire {
  private Wire() {}

  /** What a message means to the engine; empty for messages that make no sense now. */
  static Optional<Event> eventOf(FromPool message) {
    return switch (message) {
      case FromPool.Assign m ->
        releaseOf(m)
            .map(release -> new Event.Assigned(
                new Assignment(
                    idOf(m.ref()),
                    m.deal(),
                    m.index(),
                    m.limits(),
                    release,
                    m.contributionDeadline()),
                m.cancellation()));
      case FromPool.Authorize m ->
        Optional.of(new Event.Authorized(idOf(m.ref()), m.authorization(), m.settlement()));
      case FromPool.Reveal m -> Optional.of(new Event.RevealAsked(idOf(m.ref())));
      case FromPool.Upload m ->
        Optional.of(new Event.UploadAsked(idOf(m.ref()), new UploadTarget(m.path(), m.token())));
      case FromPool.Done m -> Optional.of(new Event.Done(idOf(m.ref()), m.outcome()));
      case FromPool.Abort m -> Optional.of(new Event.Aborted(idOf(m.ref()), m.reason()));
      case FromPool.CertifyFailure m ->
        Optional.of(new Event.FailureCertified(idOf(m.ref()), m.failure(), m.authorization()));
      case FromPool.Cancel m -> Optional.of(new Event.CancelAsked(idOf(m.ref()), m.cancellation()));
      case FromPool.ResultStored m -> Optional.empty();
      case FromPool.ResultRefused m -> Optional.empty();
      case FromPool.Watch m -> Optional.empty();
      case FromPool.Unwatch m -> Optional.empty();
      case FromPool.Challenge m -> Optional.empty();
      case FromPool.Welcome m -> Optional.empty();
      case FromPool.Rejected m -> Optional.empty();
    };
  }

  private static Optional<Release> releaseOf(FromPool.Assign message) {
    return switch (message.release()) {
      case AFTER_COMMIT -> Optional.of(new Release.AfterCommit());
      case AFTER_RESULT -> Optional.of(new Release.AfterResult());
      case WITH_WORK -> Optional.ofNullable(message.authorization()).map(Release.WithWork::new);
    };
  }

  /**
   * The message that a report is.
   *
   * @param archives small results by their attempts; null for one that is large or gone
   */
  static FromWorker messageOf(
      Command.Report report, Function<AttemptId, byte @Nullable []> archives) {
    return switch (report) {
      case Command.Heartbeat r ->
        new FromWorker.Heartbeat(
            r.freeSlots(),
            r.running().stream()
                .map(run -> new FromWorker.Running(refOf(run.id()), phaseOf(run.phase())))
                .toList(),
            r.power());
      case Command.Slots r -> new FromWorker.Slots(r.free(), r.ahead() == 0 ? null : r.ahead());
      case Command.Progress r ->
        new FromWorker.Progress(refOf(r.id()), phaseOf(r.phase()), r.detail());
      case Command.Committed r -> new FromWorker.Committed(refOf(r.id()), r.commit(), r.usage());
      case Command.Opened r -> {
        byte[] archive = r.isResultFirst() ? archives.apply(r.id()) : null;
        yield archive == null
            ? new FromWorker.Opened(refOf(r.id()), r.digest(), r.salt())
            : FromWorker.Opened.handingIn(refOf(r.id()), r.digest(), r.salt(), archive);
      }
      case Command.Contributed r -> new FromWorker.Contributed(refOf(r.id()), r.tx(), r.usage());
      case Command.Revealed r -> new FromWorker.Revealed(refOf(r.id()), r.tx());
      case Command.Failed r ->
        new FromWorker.Failed(refOf(r.id()), r.code(), r.exitCode(), r.detail());
      case Command.Refused r -> new FromWorker.Refused(refOf(r.id()), r.code(), r.detail());
    };
  }

  private static AttemptId idOf(AttemptRef ref) {
    return new AttemptId(ref.task(), ref.attempt());
  }

  private static AttemptRef refOf(AttemptId id) {
    return new AttemptRef(id.task(), id.number());
  }

  private static io.ruche.link.Phase phaseOf(Phase phase) {
    return switch (phase) {
      case QUEUED -> io.ruche.link.Phase.QUEUED;
      case FETCHING -> io.ruche.link.Phase.FETCHING;
      case RUNNING -> io.ruche.link.Phase.RUNNING;
      case COMMITTED -> io.ruche.link.Phase.COMMITTED;
      case CONTRIBUTING -> io.ruche.link.Phase.CONTRIBUTING;
      case CONTRIBUTED -> io.ruche.link.Phase.CONTRIBUTED;
      case REVEALING -> io.ruche.link.Phase.REVEALING;
      case REVEALED -> io.ruche.link.Phase.REVEALED;
      case UPLOADING -> io.ruche.link.Phase.UPLOADING;
      case UPLOADED -> io.ruche.link.Phase.UPLOADED;
    };
  }
}
