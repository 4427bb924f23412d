package io.ruche.server.pool;

import io.ruche.core.Address;
import io.ruche.core.Category;
import io.ruche.core.Consensus;
import io.ruche.core.DealId;
import io.ruche.core.RunUsage;
import io.ruche.core.TaskId;
import io.ruche.link.FromPool;
import io.ruche.scheduler.CancelState;
import io.ruche.scheduler.ChainEvent;
import io.ruche.scheduler.Event;
import io.ruche.scheduler.Explanation;
import io.ruche.scheduler.Journal;
import io.ruche.scheduler.OpenWork;
import io.ruche.scheduler.PoolExplanation;
import io.ruche.scheduler.Reason;
import io.ruche.scheduler.SchedulerEngine;
import io.ruche.scheduler.SchedulerPolicy;
import io.ruche.scheduler.ShellEvent;
import io.ruche.scheduler.StoredResult;
import io.ruche.scheduler.selling.Capacity;
import io.ruche.scheduler.selling.Offerable;
import io.ruche.scheduler.selling.SellingPlan;
import io.ruche.scheduler.selling.Shelf;
import io.ruche.scheduler.selling.Sold;
import io.ruche.server.data.ResultDesk;
import io.ruche.server.data.UploadDesk.Slot;
import io.ruche.server.jobs.Repeating;
import io.ruche.server.live.LiveDesk;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A running workerpool: engine, journal, sessions and chain put together. Any thread may call. */
public final class Pool implements ResultDesk.Inbox, AutoCloseable {
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);

  private final Parts parts;
  private final TaskBoard board = new TaskBoard();
  private final SlotTimes times = new SlotTimes();
  private final CompletableFuture<PoolLoop> loop = new CompletableFuture<>();
  private final LiveDesk live = new LiveDesk(this::tell);
  private final ResultDesk results;
  private final LinkDesk link;
  private final PoolShell shell;
  private final Repeating sweeper = new Repeating("link-sweeper", SWEEP_EVERY, Duration.ZERO);

  /**
   * What a pool is made of.
   *
   * @param stockChanged told when there may be more or less to sell; must not block
   */
  public record Parts(
      LinkSettings link,
      SchedulerPolicy policy,
      Journal journal,
      PoolChain chain,
      PoolSigner signer,
      LinkDesk.Recover recover,
      ResultDesk.Parts results,
      PoolMeter meter,
      Consumer<Throwable> onFatal,
      Runnable stockChanged,
      InstantSource clock) {}

  private Pool(Parts parts) {
    this.parts = parts;
    var log = new PoolLog();
    this.results = new ResultDesk(parts.results(), this);
    var messages = new MessageResults(results, board::callbackOf, this::tell);
    this.link = new LinkDesk(new LinkDesk.Parts(
        parts.link(),
        parts.chain(),
        parts.recover(),
        this::put,
        live,
        messages,
        log,
        parts.clock()));
    this.shell = new PoolShell(
        new PoolShell.Parts(
            parts.chain(),
            parts.signer(),
            link,
            parts.results().uploads(),
            messages,
            board,
            times,
            log,
            parts.meter(),
            parts.onFatal(),
            parts.stockChanged(),
            parts.clock()),
        this::put);
  }

  /** Rebuilds the pool from its journal and starts it. */
  public static Pool start(Parts parts) {
    var pool = new Pool(parts);
    pool.loop.complete(PoolLoop.start(new PoolLoop.Parts(
        () -> new SchedulerEngine(parts.policy()),
        parts.journal(),
        pool.shell,
        parts.meter(),
        parts.clock())));
    pool.sweeper.start(pool.link::sweep);
    return pool;
  }

  public TaskBoard board() {
    return board;
  }

  public DealReader dealReader() {
    return new DealReader(board, parts.chain(), parts.clock());
  }

  public LinkSettings linkSettings() {
    return parts.link();
  }

  /** Takes the results that workers send. */
  public ResultDesk results() {
    return results;
  }

  /** What workers tell of runs while they go on. */
  public LiveDesk live() {
    return live;
  }

  /** The deal of a task that is under way or was looked at lately. */
  public Optional<TaskBoard.DealView> dealOf(TaskId task) {
    var known = board.task(task).map(TaskView::deal);
    var id = known.isPresent()
        ? known
        : running().ask(engine -> engine.task(task).map(io.ruche.scheduler.TaskView::deal));
    return id.flatMap(board::deal);
  }

  public LinkDesk link() {
    return link;
  }

  /** Tells the engine; waits while it is far behind. */
  public void put(Event event) {
    running().put(event);
  }

  /** Tells the engine what came together. */
  private void put(List<Event> events) {
    running().put(events);
  }

  /** Reads a deal that the chain announced, and tells the engine what it found. */
  public void dealNoticed(DealId id) {
    var deal = parts.chain().deal(id);
    if (deal.isEmpty()) {
      put(new ChainEvent.DealRolledBack(id));
      return;
    }
    var owner = deal.get().deal().workerpool().owner();
    if (!owner.equals(parts.signer().owner())) {
      new PoolLog().dealNotOurs(id, owner);
      return;
    }
    put(deal.get());
  }

  /** Reads tasks again and tells the engine. */
  public void observe(List<TaskId> tasks) {
    parts.chain().observe(tasks).forEach(this::put);
  }

  /** Runs the action once everything told before is on disk. */
  public void afterSync(Runnable action) {
    running().mark(action);
  }

  public Explanation explain(TaskId task) {
    var now = parts.clock().instant();
    return running().ask(engine -> engine.explain(task, now));
  }

  /** Why tasks wait, and why workers have nothing to do. */
  public PoolExplanation explain() {
    var now = parts.clock().instant();
    return running().ask(engine -> engine.explain(now));
  }

  /** Why a machine does not get what waits. */
  public List<Reason> explain(Address machine) {
    var now = parts.clock().instant();
    return running().ask(engine -> engine.explainMachine(machine, now));
  }

  /** Whose pool it is. */
  public Address owner() {
    return parts.signer().owner();
  }

  /** Tells the engine what the operator wants; on disk when it returns. */
  public void order(ShellEvent event) {
    put(event);
    running().ask(SchedulerEngine::policy);
  }

  /** How the task stands to its requester's word that it is to stop. */
  public CancelState cancelState(TaskId task) {
    var now = parts.clock().instant();
    return running().ask(engine -> engine.cancelState(task, now));
  }

  /**
   * Stops a task at its requester's word, which the caller has checked; on disk when it returns.
   */
  public CancelState cancel(ShellEvent.CancelAsked asked) {
    put(asked);
    return cancelState(asked.task());
  }

  /** Whether the operator lets it sell nothing more. */
  public boolean isDrained() {
    return running().ask(SchedulerEngine::isDrained);
  }

  /** The highest trust that the connected owners can certify among them; 0 without any. */
  public long servableTrust() {
    return running().ask(engine -> engine.status().servableTrust());
  }

  /**
   * How many tasks of these categories may be on offer, see {@link SellingPlan}.
   *
   * @param maxTasks of each category, whatever the machines can do
   */
  public List<Offerable> offerable(
      List<Category> categories, long trust, long maxTasks, int sellablePercent) {
    var now = parts.clock().instant();
    return running().ask(engine -> {
      var status = engine.status();
      var capacity = new Capacity(status.slots(), status.servableTrust(), sellablePercent);
      var sold = engine.openWork().stream().map(this::sold).toList();
      var shelves =
          categories.stream().map(category -> shelf(category, trust, maxTasks)).toList();
      return SellingPlan.of(capacity, sold, shelves, now);
    });
  }

  private Sold sold(OpenWork work) {
    return new Sold(
        work.deadline().minus(parts.policy().deadlineMargin()),
        times.expected(work.category(), work.referenceTime()),
        Consensus.copiesWhenAllAgree(work.trust()),
        work.tasks());
  }

  private Shelf shelf(Category category, long trust, long maxTasks) {
    return new Shelf(
        category.id(),
        category.contributionTime().minus(parts.policy().deadlineMargin()),
        times.expected(category.id(), category.referenceTime()),
        trust,
        Consensus.copiesWhenAllAgree(trust),
        maxTasks);
  }

  /** Asks the engine on its own thread; empty when it has no time to tell. */
  public <T> Optional<T> inspect(Duration patience, Function<SchedulerEngine, T> question) {
    return running().askWithin(patience, question);
  }

  public int waitingEvents() {
    return running().waitingCount();
  }

  @Override
  public @Nullable RunUsage usage(TaskId task) {
    return board.task(task).map(TaskView::agreedUsage).orElse(null);
  }

  @Override
  public @Nullable Address app(TaskId task) {
    return board
        .task(task)
        .map(TaskView::deal)
        .flatMap(board::deal)
        .map(view -> view.deal().app().address())
        .orElse(null);
  }

  @Override
  public void stored(Slot slot, StoredResult result) {
    put(new ShellEvent.ResultStored(slot.machine(), slot.attempt(), result));
  }

  @Override
  public void refused(Slot slot, String detail) {
    put(new ShellEvent.UploadFailed(slot.machine(), slot.attempt(), detail));
  }

  @Override
  public void close() {
    sweeper.close();
    link.close();
    running().close();
    shell.close();
  }

  /** The loop; waits for it while the pool starts, as chain and workers may be faster. */
  private PoolLoop running() {
    return loop.join();
  }

  private boolean tell(Address machine, FromPool message) {
    return link.sendLive(machine, message);
  }
}
