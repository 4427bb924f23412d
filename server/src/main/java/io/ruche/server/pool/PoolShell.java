package io.ruche.server.pool;

import io.ruche.core.Address;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.link.FromPool;
import io.ruche.scheduler.AttemptId;
import io.ruche.scheduler.ChainEvent;
import io.ruche.scheduler.Command;
import io.ruche.scheduler.Event;
import io.ruche.scheduler.Fact;
import io.ruche.scheduler.ShellEvent;
import io.ruche.scheduler.ShellEvent.ChainAction;
import io.ruche.scheduler.TaskKey;
import io.ruche.scheduler.WorkerEvent;
import io.ruche.server.data.UploadDesk;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries out what the engine commands: signs and sends to workers at once, leaves the chain to its
 * own threads. All methods of the loop are called on its thread and never block.
 */
final class PoolShell implements PoolLoop.Shell, LinkMessages.Additions, AutoCloseable {
  private static final int READERS = 4;

  /** Sends that may be under way; the sender signs and saves what comes together as one batch. */
  private static final int SENDERS = 32;

  private final Parts parts;
  private final Consumer<Event> events;
  private final FactLog facts;
  private final ChainDesk reads;
  private final ChainDesk sends;

  /** What the shell works with. */
  record Parts(
      PoolChain chain,
      PoolSigner signer,
      LinkDesk link,
      UploadDesk uploads,
      MessageResults results,
      TaskBoard board,
      SlotTimes times,
      PoolLog log,
      PoolMeter meter,
      Consumer<Throwable> onFatal,
      Runnable stockChanged,
      InstantSource clock) {}

  PoolShell(Parts parts, Consumer<Event> events) {
    this.parts = parts;
    this.events = events;
    this.facts = new FactLog(parts.board(), parts.log());
    this.reads = new ChainDesk("chain-read", READERS, parts.log());
    this.sends = new ChainDesk("chain-send", SENDERS, parts.log());
  }

  @Override
  public List<Event> carryOut(List<Command> commands) {
    var known = new ArrayList<Event>();
    var messages = new LinkedHashMap<Address, List<FromPool>>();
    for (var command : commands) {
      switch (command) {
        case Command.ToWorker toWorker -> {
          var stored = handedIn(toWorker);
          if (stored.isPresent()) {
            known.add(stored.get());
          } else {
            messages
                .computeIfAbsent(toWorker.machine(), machine -> new ArrayList<>())
                .add(messageOf(toWorker));
          }
        }
        case Command.ToChain toChain -> send(toChain);
        case Command.Observe(var tasks) -> read("tasks", () -> observe(tasks));
        case Command.ObserveFunds(var machine, var worker) ->
          read("funds", () -> observeFunds(machine, worker));
      }
    }
    messages.forEach(parts.link()::send);
    return known;
  }

  @Override
  public void observed(Event event, Instant now) {
    var open =
        mayEnd(event).filter(task -> status(task).filter(s -> !s.isFinal()).isPresent());
    parts.board().observed(event, now);
    parts.times().observed(event, now);
    if (changesStock(event)) {
      parts.stockChanged().run();
    }
    open.flatMap(parts.board()::task)
        .filter(view -> view.status().isFinal())
        .ifPresent(this::ended);
  }

  private static boolean changesStock(Event event) {
    return switch (event) {
      case WorkerEvent.Joined _,
          WorkerEvent.Left _,
          WorkerEvent.Expelled _,
          ChainEvent.DealMatched _,
          ChainEvent.DealRolledBack _,
          ChainEvent.TaskFinalized _,
          ChainEvent.TaskClaimed _,
          ShellEvent.WorkerBanned _,
          ShellEvent.WorkerReadmitted _,
          ShellEvent.PoolDrained _,
          ShellEvent.PoolResumed _ -> true;
      default -> false;
    };
  }

  private void ended(TaskView task) {
    parts.meter().settled(task.status());
    parts.log().taskEnded(task);
  }

  /** The task that may have reached its end, of this pool or another. */
  private static Optional<TaskId> mayEnd(Event event) {
    return switch (event) {
      case ChainEvent.TaskFinalized(var task) -> Optional.of(task);
      case ChainEvent.TaskClaimed(var task) -> Optional.of(task);
      case ChainEvent.TaskObserved(var task, var _) -> Optional.of(task.id());
      default -> Optional.empty();
    };
  }

  /** Tasks of other pools are not on the board. */
  private Optional<TaskStatus> status(TaskId task) {
    return parts.board().task(task).map(TaskView::status);
  }

  @Override
  public void recorded(Fact fact) {
    replayed(fact);
    facts.write(fact);
  }

  @Override
  public void replayed(Fact fact) {
    parts.board().synced(fact, parts.clock().instant());
    parts.times().synced(fact);
  }

  @Override
  public void rebuilt() {
    read("workers", parts.link()::announceAll);
  }

  @Override
  public void healed(Throwable cause) {
    parts.log().engineRebuilt(cause);
  }

  @Override
  public void fatal(Throwable cause) {
    parts.log().fatal(cause);
    parts.onFatal().accept(cause);
  }

  @Override
  public Signature authorization(Address worker, AttemptId attempt) {
    return parts.signer().authorize(worker, attempt.task());
  }

  @Override
  public String uploadToken(Command.RequestUpload command) {
    return parts
        .uploads()
        .open(
            command.machine(),
            command.attempt(),
            command.digest(),
            parts.board().callbackOf(command.attempt().task()),
            parts.clock().instant());
  }

  @Override
  public void close() {
    reads.close();
    sends.close();
  }

  private FromPool messageOf(Command.ToWorker command) {
    if (command instanceof Command.Done || command instanceof Command.Abort) {
      parts.uploads().close(command.attempt());
    }
    return LinkMessages.message(command, this);
  }

  /** What would be asked for may be here already; then it is stored as if it had come now. */
  private Optional<Event> handedIn(Command.ToWorker command) {
    if (!(command instanceof Command.RequestUpload upload)) {
      return Optional.empty();
    }
    return parts
        .results()
        .storeHandedIn(UploadDesk.slot(
            upload.machine(),
            upload.attempt(),
            upload.digest(),
            parts.board().callbackOf(upload.attempt().task()),
            parts.clock().instant()));
  }

  private void send(Command.ToChain command) {
    sends.submit(new ChainDesk.Work(
        command.getClass().getSimpleName(),
        () -> {
          parts.chain().send(command, this::failed);
          parts.meter().sent(actionOf(command));
        },
        code -> failed(actionOf(command), tasksOf(command), code)));
  }

  private void failed(ChainAction action, List<TaskId> tasks, String code) {
    parts.log().transactionFailed(action, tasks, code);
    if (!code.equals(PoolChain.ALREADY_DONE)) {
      parts.meter().failed(action);
    }
    events.accept(new ShellEvent.TransactionFailed(action, tasks, code));
  }

  private void read(String name, Runnable action) {
    reads.submit(new ChainDesk.Work(name, action, code -> parts.log().readFailed(name, code, 0)));
  }

  private void observe(List<TaskId> tasks) {
    parts.chain().observe(tasks).forEach(events);
  }

  private void observeFunds(Address machine, Address worker) {
    events.accept(new WorkerEvent.FundsObserved(machine, parts.chain().funds(machine, worker)));
  }

  static ChainAction actionOf(Command.ToChain command) {
    return switch (command) {
      case Command.Initialize _ -> ChainAction.INITIALIZE;
      case Command.Finalize _ -> ChainAction.FINALIZE;
      case Command.Reopen _ -> ChainAction.REOPEN;
      case Command.Claim _, Command.InitializeAndClaim _ -> ChainAction.CLAIM;
    };
  }

  static List<TaskId> tasksOf(Command.ToChain command) {
    return switch (command) {
      case Command.Initialize(var keys) -> ids(keys);
      case Command.InitializeAndClaim(var keys) -> ids(keys);
      case Command.Finalize(var task, var _) -> List.of(task);
      case Command.Reopen(var task) -> List.of(task);
      case Command.Claim(var tasks) -> tasks;
    };
  }

  private static List<TaskId> ids(List<TaskKey> keys) {
    return keys.stream().map(TaskKey::task).toList();
  }
}
