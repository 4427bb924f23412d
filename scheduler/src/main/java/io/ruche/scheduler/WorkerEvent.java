package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Digest;
import io.ruche.core.FailureCode;
import io.ruche.core.Power;
import io.ruche.core.RunUsage;
import io.ruche.core.Salt;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a logged-in machine says or what happens to its session. The shell has checked that the
 * message came over the session of {@link #machine()}, and that the worker it works for lists it;
 * the engine checks that the attempt is its own.
 */
public sealed interface WorkerEvent extends Event {
  Address machine();

  /**
   * Logged in; also after each reconnect.
   *
   * @param worker who the hub sees: the key itself, or the account that lists it
   * @param owner who stands behind the worker; two workers of one owner never vote on one task
   * @param addressRange where it dials from; empty when that says nothing
   */
  record Joined(
      Address machine,
      Address worker,
      Address owner,
      WorkerOffer offer,
      Funds funds,
      String addressRange)
      implements WorkerEvent {
    public Joined(Address machine, Address worker, Address owner, WorkerOffer offer, Funds funds) {
      this(machine, worker, owner, offer, funds, "");
    }

    /** A wallet that works for itself. */
    public static Joined ofWallet(
        Address wallet, Address owner, WorkerOffer offer, long score, TokenAmount freeStake) {
      return new Joined(wallet, wallet, owner, offer, Funds.ofWallet(score, freeStake));
    }
  }

  /** The session ended; the worker may come back within the grace period. */
  record Left(Address machine) implements WorkerEvent {}

  /** The worker no longer stands for this machine: what it runs goes to others at once. */
  record Expelled(Address machine) implements WorkerEvent {}

  record Heartbeat(Address machine, int freeSlots, List<Running> running, Power power)
      implements WorkerEvent {
    public Heartbeat {
      running = List.copyOf(running);
    }

    public Heartbeat(Address machine, int freeSlots, List<Running> running) {
      this(machine, freeSlots, running, Power.UNKNOWN);
    }
  }

  /**
   * A slot became free; the next heartbeat says what the worker holds.
   *
   * @param ahead attempts that it wants beyond those that have a slot, as its runs are short
   */
  record SlotsFreed(Address machine, int freeSlots, int ahead) implements WorkerEvent {
    public SlotsFreed(Address machine, int freeSlots) {
      this(machine, freeSlots, 0);
    }
  }

  /** An attempt the worker still holds, on disk or running. */
  record Running(AttemptId attempt, Phase phase) {}

  record Progressed(Address machine, AttemptId attempt, Phase phase, String detail)
      implements WorkerEvent {}

  /**
   * The run gave a digest, which the worker keeps for itself until it is authorized.
   *
   * @param usage by its own word; its fuel counts for the speed that the machine is believed
   */
  record Committed(
      Address machine,
      AttemptId attempt,
      Digest commit,
      @Nullable RunUsage usage) implements WorkerEvent {
    public Committed(Address machine, AttemptId attempt, Digest commit) {
      this(machine, attempt, commit, null);
    }
  }

  record Opened(Address machine, AttemptId attempt, Digest digest, Salt salt)
      implements WorkerEvent {}

  /**
   * The worker saw its contribution mined; the chain's own event counts, this one frees the slot.
   *
   * @param usage by its own word; its fuel counts for the speed that the machine is believed
   */
  record Contributed(
      Address machine,
      AttemptId attempt,
      TxHash tx,
      @Nullable RunUsage usage) implements WorkerEvent {
    public Contributed(Address machine, AttemptId attempt, TxHash tx) {
      this(machine, attempt, tx, null);
    }
  }

  record Revealed(Address machine, AttemptId attempt, TxHash tx) implements WorkerEvent {}

  record Failed(Address machine, AttemptId attempt, FailureCode code, int exitCode, String detail)
      implements WorkerEvent {}

  record Refused(Address machine, AttemptId attempt, String code, String detail)
      implements WorkerEvent {}

  /** Answer to {@link Command.ObserveFunds}: as the chain has it now. */
  record FundsObserved(Address machine, Funds funds) implements WorkerEvent {}
}
