package io.ruche.cli.bench;

import io.ruche.agent.chain.DealFacts;
import io.ruche.agent.chain.WorkerChain;
import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.Authorization;
import io.ruche.core.Category;
import io.ruche.core.ContributionHashes;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.OnChainTask;
import io.ruche.core.RucheException;
import io.ruche.core.Settlement;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;
import io.ruche.scheduler.ChainEvent;
import io.ruche.scheduler.ChainEvent.ContributionStatus;
import io.ruche.scheduler.Command;
import io.ruche.scheduler.Event;
import io.ruche.scheduler.Funds;
import io.ruche.scheduler.TaskKey;
import io.ruche.server.pool.PoolChain;
import io.ruche.worker.AttemptId;
import io.ruche.worker.ChainView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The hub as a pool and its workers need it for tasks of trust 1 that settle themselves, in memory:
 * every transaction is mined at once, and what is signed for it is not checked here. Any thread may
 * call.
 */
final class MemoryChain implements PoolChain {
  private static final String ZEROS = "0x" + "0".repeat(64);
  private static final TxHash TX = new TxHash(ZEROS);
  private static final DealId NO_DEAL = new DealId(ZEROS);
  private static final Digest NO_DIGEST = new Digest(ZEROS);
  private static final TokenAmount STAKE = TokenAmount.ofNano(1L << 60);

  private final Map<DealId, Deal> deals = new ConcurrentHashMap<>();
  private final Map<TaskId, Task> tasks = new ConcurrentHashMap<>();
  private final App app;
  private final Category category;
  private volatile Consumer<Event> pool = event -> {};
  private volatile Runnable onFinalized = () -> {};

  /**
   * A task that was initialized.
   *
   * @param end null while it is active
   */
  private record Task(TaskKey key, @Nullable End end) {}

  private record End(Address worker, Digest digest, Digest resultHash) {}

  MemoryChain(App app, Category category) {
    this.app = app;
    this.category = category;
  }

  /** Who hears what is mined. */
  void listener(Consumer<Event> events) {
    pool = events;
  }

  /** Called once for each task that ends, before the pool hears of it. */
  void onFinalized(Runnable action) {
    onFinalized = action;
  }

  /** Mines a deal. */
  void match(Deal deal) {
    deals.put(deal.id(), deal);
    pool.accept(noticed(deal));
  }

  private ChainEvent.DealMatched noticed(Deal deal) {
    return new ChainEvent.DealMatched(deal, category, app, false);
  }

  @Override
  public Optional<ChainEvent.DealMatched> deal(DealId id) {
    return Optional.ofNullable(deals.get(id)).map(this::noticed);
  }

  @Override
  public List<OnChainTask> tasks(List<TaskId> ids) {
    return ids.stream().map(this::view).toList();
  }

  @Override
  public List<ChainEvent.TaskObserved> observe(List<TaskId> ids) {
    return ids.stream()
        .map(id -> new ChainEvent.TaskObserved(view(id), contributions(id)))
        .toList();
  }

  private List<ChainEvent.ObservedContribution> contributions(TaskId id) {
    var task = tasks.get(id);
    var end = task == null ? null : task.end();
    return end == null
        ? List.of()
        : List.of(new ChainEvent.ObservedContribution(
            end.worker(), ContributionStatus.PROVED, end.resultHash(), 0));
  }

  @Override
  public Funds funds(Address machine, Address worker) {
    return Funds.ofWallet(0, STAKE);
  }

  @Override
  public void send(Command.ToChain command, Failures failures) {
    if (!(command instanceof Command.Initialize(var keys))) {
      throw unexpected(command.getClass().getSimpleName());
    }
    for (var key : keys) {
      if (tasks.putIfAbsent(key.task(), new Task(key, null)) == null) {
        pool.accept(new ChainEvent.TaskInitialized(key.task()));
      }
    }
  }

  /** The same chain, as a worker sees it. */
  WorkerChain forWorker() {
    return new WorkerSide();
  }

  private OnChainTask view(TaskId id) {
    var task = tasks.get(id);
    if (task == null) {
      return unset(id);
    }
    var deal = Objects.requireNonNull(deals.get(task.key().deal()), "a task's deal is known");
    var start = deal.startTime();
    var end = task.end();
    int winners = end == null ? 0 : 1;
    return new OnChainTask(
        id,
        deal.id(),
        task.key().index(),
        end == null ? TaskStatus.ACTIVE : TaskStatus.COMPLETED,
        start.plus(category.contributionTime()),
        Instant.EPOCH,
        start.plus(category.finalTime()),
        end == null ? NO_DIGEST : end.resultHash(),
        winners,
        winners,
        end == null ? List.of() : List.of(end.worker()),
        end == null ? NO_DIGEST : end.digest(),
        "");
  }

  private static OnChainTask unset(TaskId id) {
    return new OnChainTask(
        id,
        NO_DEAL,
        0,
        TaskStatus.UNSET,
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH,
        NO_DIGEST,
        0,
        0,
        List.of(),
        NO_DIGEST,
        "");
  }

  private void settle(TaskId id, Address worker, Digest digest) {
    var open = tasks.get(id);
    var hash = ContributionHashes.of(worker, id, digest).resultHash();
    if (open == null
        || open.end() != null
        || !tasks.replace(id, open, new Task(open.key(), new End(worker, digest, hash)))) {
      throw new RucheException("TX_REVERTED", "task %s is not active.".formatted(id), "", false);
    }
    onFinalized.run();
    pool.accept(new ChainEvent.TaskContributed(id, worker, hash));
    pool.accept(new ChainEvent.ConsensusReached(id, hash, Instant.now()));
    pool.accept(new ChainEvent.TaskRevealed(id, worker, digest));
    pool.accept(new ChainEvent.TaskFinalized(id));
  }

  /** The worker's port. */
  private final class WorkerSide implements WorkerChain {
    @Override
    public Optional<DealFacts> deal(DealId id) {
      return Optional.ofNullable(deals.get(id))
          .map(deal -> new DealFacts(deal, app, null, category));
    }

    @Override
    public TokenAmount freeStake(TokenAmount needed) {
      return STAKE;
    }

    @Override
    public TxHash contributeAndFinalize(
        AttemptId id, Authorization authorization, Digest digest, Settlement settlement) {
      settle(id.task(), authorization.worker(), digest);
      return TX;
    }

    @Override
    public ChainView look(TaskId id, Digest digest) {
      var task = tasks.get(id);
      var end = task == null ? null : task.end();
      boolean isProved = end != null && digest.equals(end.digest());
      var standing = isProved ? ChainView.Standing.PROVED : ChainView.Standing.NONE;
      return new ChainView(view(id).status(), standing, false);
    }

    @Override
    public TxHash contribute(AttemptId id, Authorization authorization, Digest digest) {
      throw unexpected("contribute");
    }

    @Override
    public TxHash reveal(AttemptId id, Digest digest) {
      throw unexpected("reveal");
    }
  }

  private static RucheException unexpected(String step) {
    return new RucheException(
        "BENCH_INVALID",
        "a task of trust 1 settles itself, found the step %s.".formatted(step),
        "Report it.",
        false);
  }
}
