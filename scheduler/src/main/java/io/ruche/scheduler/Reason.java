package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Failure;
import io.ruche.core.Power;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import java.time.Instant;
import java.util.List;

/** One plain reason why a task waits, why a worker does not get it, or why it ended as it did. */
public sealed interface Reason {
  /** For people: one sentence. */
  String sentence();

  /** Why one worker does not get a task; alike ones are told together, see {@link Alike}. */
  sealed interface OfWorker extends Reason {}

  /**
   * What several workers have in common.
   *
   * @param named a few of them
   * @param what in the plural
   */
  record Alike(int workers, List<Address> named, String what) implements Reason {
    public Alike {
      named = List.copyOf(named);
    }

    @Override
    public String sentence() {
      var names = String.join(", ", named.stream().map(Address::toString).toList());
      int others = workers - named.size();
      var more = others == 0 || named.isEmpty() ? names : "%s and %d more".formatted(names, others);
      return "%d worker%s%s: %s."
          .formatted(
              workers, workers == 1 ? "" : "s", more.isEmpty() ? "" : " (" + more + ")", what);
    }
  }

  /** The one change that would help most: nothing else stands against these workers. */
  record WouldHelp(int workers, String change) implements Reason {
    @Override
    public String sentence() {
      return "%d more worker%s would take it %s."
          .formatted(workers, workers == 1 ? "" : "s", change);
    }
  }

  record UnknownTask() implements Reason {
    @Override
    public String sentence() {
      return "This pool has no open task of this id: it is settled, or it was never this pool's.";
    }
  }

  record ReadingChain() implements Reason {
    @Override
    public String sentence() {
      return "The pool has just started and is reading the task from the chain.";
    }
  }

  /** A reorganisation of the chain took its deal back. */
  record DealGone(Instant since) implements Reason {
    @Override
    public String sentence() {
      return "The chain took its deal back at %s; it goes on when the orders are matched again."
          .formatted(since);
    }
  }

  record WaitsForTurn(int initializing) implements Reason {
    @Override
    public String sentence() {
      return "Waits for its turn to be initialized; %d tasks are on their way to the chain."
          .formatted(initializing);
    }
  }

  /** A transaction was sent and its effect is not seen yet. */
  record WaitsForTransaction(String action, int failures, String lastCode) implements Reason {
    @Override
    public String sentence() {
      var sentence = "Waits for its %s transaction to be mined".formatted(action);
      return failures == 0
          ? sentence + "."
          : sentence + "; it failed %d times, last with %s.".formatted(failures, lastCode);
    }
  }

  record NoWorkerConnected() implements Reason {
    @Override
    public String sentence() {
      return "No worker is connected. Start one with `ruche worker start`.";
    }
  }

  record NotConnected(Address machine) implements Reason {
    @Override
    public String sentence() {
      return "Machine %s is not connected.".formatted(machine);
    }
  }

  record NothingWaits() implements Reason {
    @Override
    public String sentence() {
      return "No task waits for a worker.";
    }
  }

  record IsNext(Address machine) implements Reason {
    @Override
    public String sentence() {
      return "Machine %s gets a task with its next report.".formatted(machine);
    }
  }

  record AllWorkersBusy(int connected) implements Reason {
    @Override
    public String sentence() {
      return "All %d connected workers are busy.".formatted(connected);
    }
  }

  record CopiesWanted(int wanted) implements Reason {
    @Override
    public String sentence() {
      return "Waits for %d more runs by workers of other owners.".formatted(wanted);
    }
  }

  record TooFewOwners(long trust, int needed, int connected) implements Reason {
    @Override
    public String sentence() {
      return "Trust %d needs %d agreeing owners, but only %d are connected."
          .formatted(trust, needed, connected);
    }
  }

  /** A run; {@code source} is what its machine runs on now. */
  record Runs(Address worker, int attempt, Phase phase, Power.Source source) implements Reason {
    @Override
    public String sentence() {
      var power = switch (source) {
        case MAINS -> "";
        case SURPLUS -> ", on surplus power";
        case BATTERY -> ", on battery";
      };
      return "Attempt %d at worker %s: %s%s.".formatted(attempt, worker, phase, power);
    }
  }

  record WaitsForCommits(int committed, int expected) implements Reason {
    @Override
    public String sentence() {
      return "%d of %d runs committed; all must have before anyone may contribute."
          .formatted(committed, expected);
    }
  }

  record WaitsForReveals(List<Address> workers, Instant until) implements Reason {
    public WaitsForReveals {
      workers = List.copyOf(workers);
    }

    @Override
    public String sentence() {
      return "Waits until %s for workers to reveal: %s.".formatted(until, workers);
    }
  }

  record WaitsForUpload(Address worker) implements Reason {
    @Override
    public String sentence() {
      return "Waits for worker %s to upload the result.".formatted(worker);
    }
  }

  record NoWinnerToUpload() implements Reason {
    @Override
    public String sentence() {
      return "No winner that revealed is connected to upload the result.";
    }
  }

  record BecomesFailure(Failure failure, int reports) implements Reason {
    @Override
    public String sentence() {
      return "%d owners reported %s; it is being certified as the task's end."
          .formatted(reports, failure.code());
    }
  }

  record Reported(Address worker, Failure failure, String detail) implements Reason {
    @Override
    public String sentence() {
      return "Worker %s reported %s: %s".formatted(worker, failure.code(), detail);
    }
  }

  record AttemptsExhausted(int attempts) implements Reason {
    @Override
    public String sentence() {
      return "Given up after %d attempts.".formatted(attempts);
    }
  }

  /**
   * Machines were lost while they ran it. If it is given out no more, its requester gets the money
   * back by a claim.
   *
   * @param again when it is tried once more; {@link Instant#MAX} for never
   */
  record KillsMachines(int machines, Instant again) implements Reason {
    @Override
    public String sentence() {
      var until = again.equals(Instant.MAX)
          ? "Given out no more"
          : "Given out again at %s, to one machine at a time".formatted(again);
      return "%s: %d machines were lost while they ran it, and did not come back."
          .formatted(until, machines);
    }
  }

  record TooLate(Instant contributionDeadline, Instant finalDeadline) implements Reason {
    @Override
    public String sentence() {
      return "Nothing can be contributed after %s; the requester is refunded from %s."
          .formatted(contributionDeadline, finalDeadline);
    }
  }

  record NobodyRevealed(Instant finalDeadline) implements Reason {
    @Override
    public String sentence() {
      return "No winner revealed and it is too late for another round; the requester is refunded"
          + " from " + finalDeadline + ".";
    }
  }

  record Settled(TaskStatus status) implements Reason {
    @Override
    public String sentence() {
      return "Settled on chain as %s.".formatted(status);
    }
  }

  record AlreadyContributed(Address worker) implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s contributed already.".formatted(worker);
    }
  }

  record NoFreeSlot(Address worker) implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s has no free slot.".formatted(worker);
    }
  }

  record AlreadyRunning(Address worker) implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s is at it.".formatted(worker);
    }
  }

  record SameOwner(Address worker, Address other) implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s has the same owner as %s, which took it already.".formatted(worker, other);
    }
  }

  record SameAddressRange(Address worker, Address other, String range) implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s dials from %s like %s, which took it already."
          .formatted(worker, range, other);
    }
  }

  /** Their results may differ though both are honest. */
  record OtherArchitecture(
      Address worker, String architecture, Address other, String otherArchitecture)
      implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s is of architecture %s and %s, which took it already, of %s: their results may differ."
          .formatted(worker, architecture, other, otherArchitecture);
    }
  }

  record Banned(Address worker, String why) implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s is banned from this pool: %s. Its operator may lift that with"
              .formatted(worker, why)
          + " `ruche pool readmit`.";
    }
  }

  record NotAdmitted(Address worker) implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s is not among those that this pool's `workers-allowed` let work."
          .formatted(worker);
    }
  }

  /** The machine offers more than the pool gives it so far. */
  record QuotaReached(Address worker, int quota, int offered) implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s gets %d tasks at once so far, and offers %d slots; good work raises it."
          .formatted(worker, quota, offered);
    }
  }

  record FailedIt(Address worker, Instant until) implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s failed or refused it and is not asked again before %s, or before all"
              .formatted(worker, until)
          + " other machines tried.";
    }
  }

  record TriedOften(Address worker, int attempts) implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s tried it %d times.".formatted(worker, attempts);
    }
  }

  record BrokeItsCommit(Address worker) implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s contributed another digest than it had committed to.".formatted(worker);
    }
  }

  record StakeTooLow(Address worker, TokenAmount asked, TokenAmount free) implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s has %s of free stake, a contribution needs %s. Deposit at least %s with"
              .formatted(worker, free, asked, asked.minus(free))
          + " `ruche account deposit`.";
    }
  }

  /** The owner lets this machine lock no more of the account's deposit. */
  record CapReached(Address machine, TokenAmount asked, TokenAmount left, TokenAmount cap)
      implements OfWorker {
    @Override
    public String sentence() {
      return "Machine %s may lock %s more of its account's stake (cap %s), a contribution needs %s."
              .formatted(machine, left, cap, asked)
          + " Raise it with `ruche worker account allow`.";
    }
  }

  /**
   * The machine has too little of something.
   *
   * @param asked such as {@code 2048 MiB of memory}
   */
  record Lacks(Address worker, String asked, String offered) implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s offers %s, the task needs %s.".formatted(worker, offered, asked);
    }
  }

  record TooOldForNeeds(Address worker) implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s is too old to know what the task needs of a machine.".formatted(worker);
    }
  }

  /** Either the pool does not list the worker, or the machine does not say that it belongs. */
  record NotInGroup(Address worker, String group, boolean isListed) implements OfWorker {
    @Override
    public String sentence() {
      return isListed
          ? "Worker %s does not say that it belongs to group %s; start it with `--groups %s`."
              .formatted(worker, group, group)
          : "Worker %s is not listed in group %s of this pool, which its `worker-groups` say."
              .formatted(worker, group);
    }
  }

  record CannotCancel(Address worker) implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s is too old to be told that a task is cancelled.".formatted(worker);
    }
  }

  /** The requester stopped it, and it will end like that. */
  record Cancelled(int stillRunning) implements Reason {
    @Override
    public String sentence() {
      return stillRunning == 0
          ? "Cancelled by its requester; that is being certified as the task's end."
          : "Cancelled by its requester; %d runs have not stopped yet.".formatted(stillRunning);
    }
  }

  record CancelOvertaken() implements Reason {
    @Override
    public String sentence() {
      return "Its requester cancelled it, but a run had, or may have had, its result by then:"
          + " it goes on.";
    }
  }

  record AlreadyVoted(int contributions) implements Reason {
    @Override
    public String sentence() {
      return "%d contributions to it are on chain.".formatted(contributions);
    }
  }

  record HasResult(Address worker, int attempt) implements Reason {
    @Override
    public String sentence() {
      return "Attempt %d at worker %s has its result, which may be on its way to the chain."
          .formatted(attempt, worker);
    }
  }

  record MissingRuntime(Address worker, String asked) implements OfWorker {
    @Override
    public String sentence() {
      return "Worker %s does not offer to run apps of type %s.".formatted(worker, asked);
    }
  }
}
