package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Digest;
import io.ruche.core.FailureCode;
import io.ruche.core.Salt;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;
import java.util.List;

/**
 * What a logged-in worker says or what happens to its session. The shell has checked that the
 * message came over the session of {@link #worker()}; the engine checks that the attempt is its
 * own.
 */
public sealed interface WorkerEvent extends Event {
  Address worker();

  /**
   * Logged in; also after each reconnect.
   *
   * @param owner who stands behind the wallet; two wallets of one owner never vote on one task
   * @param score the worker's score on the hub
   * @param freeStake deposit that is not locked
   */
  record Joined(Address worker, Address owner, WorkerOffer offer, long score, TokenAmount freeStake)
      implements WorkerEvent {}

  /** The session ended; the worker may come back within the grace period. */
  record Left(Address worker) implements WorkerEvent {}

  record Heartbeat(Address worker, int freeSlots, List<Running> running) implements WorkerEvent {
    public Heartbeat {
      running = List.copyOf(running);
    }
  }

  /** A slot became free; the next heartbeat says what the worker holds. */
  record SlotsFreed(Address worker, int freeSlots) implements WorkerEvent {}

  /** An attempt the worker still holds, on disk or running. */
  record Running(AttemptId attempt, Phase phase) {}

  record Progressed(Address worker, AttemptId attempt, Phase phase, String detail)
      implements WorkerEvent {}

  record Committed(Address worker, AttemptId attempt, Digest commit) implements WorkerEvent {}

  record Opened(Address worker, AttemptId attempt, Digest digest, Salt salt)
      implements WorkerEvent {}

  /**
   * The worker saw its contribution mined; the chain's own event counts, this one frees the slot.
   */
  record Contributed(Address worker, AttemptId attempt, TxHash tx) implements WorkerEvent {}

  record Revealed(Address worker, AttemptId attempt, TxHash tx) implements WorkerEvent {}

  record Failed(Address worker, AttemptId attempt, FailureCode code, int exitCode, String detail)
      implements WorkerEvent {}

  record Refused(Address worker, AttemptId attempt, String code, String detail)
      implements WorkerEvent {}

  /** Answer to {@link Command.ObserveFunds}: score and free deposit as the hub holds them now. */
  record FundsObserved(Address worker, long score, TokenAmount freeStake) implements WorkerEvent {}
}
