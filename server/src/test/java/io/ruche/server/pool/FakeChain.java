package io.ruche.server.pool;

import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.Category;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.OnChainTask;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.scheduler.ChainEvent;
import io.ruche.scheduler.Command;
import io.ruche.scheduler.Event;
import io.ruche.scheduler.Funds;
import io.ruche.testkit.HubLog;
import io.ruche.testkit.InMemoryHub;
import io.ruche.testkit.MatchTerms;
import io.ruche.testkit.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The hub in memory behind the pool's port; each change is told to the pool like a mined block. */
public final class FakeChain implements PoolChain {
  private static final Category CATEGORY = new Category(0, "XS", "", Duration.ofMinutes(5));
  private static final long PATIENCE_SECONDS = 20;

  private final InMemoryHub hub = new InMemoryHub(List.of(CATEGORY), Instant.now());
  private final LinkedBlockingQueue<TaskId> finalized = new LinkedBlockingQueue<>();
  private final Map<Address, Set<Address>> machines = new HashMap<>();
  private int told;
  private int sent;
  private volatile @Nullable Consumer<Event> listener;

  public FakeChain() {
    deposit(Sample.POOL_OWNER);
    deposit(Sample.REQUESTER);
  }

  public void deposit(Address account) {
    hub.deposit(account, TokenAmount.parse("1000"));
  }

  /** A new worker's wallet with a deposit. */
  Wallet deposited() {
    var wallet = Wallet.random();
    deposit(wallet.address());
    return wallet;
  }

  /** Transactions that the pool sent. */
  synchronized int sentCount() {
    return sent;
  }

  /** Who hears of changes; null while the pool is down. */
  public synchronized void listener(@Nullable Consumer<Event> events) {
    listener = events;
  }

  public synchronized DealId buy(long tasks, long trust) {
    return buy(MatchTerms.standard().withVolume(tasks).withTrust(trust));
  }

  synchronized DealId buy(MatchTerms terms) {
    var deal = hub.match(terms);
    tell();
    return deal;
  }

  public synchronized void contribute(Address worker, TaskId task, Digest digest) {
    hub.contribute(worker, task, digest, true);
    tell();
  }

  public synchronized void reveal(Address worker, TaskId task, Digest digest) {
    hub.reveal(worker, task, digest);
    tell();
  }

  public synchronized OnChainTask task(TaskId task) {
    return hub.viewTask(task);
  }

  public TaskId awaitFinalized() {
    try {
      var task = finalized.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (task == null) {
        throw new AssertionError("no task was finalized");
      }
      return task;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public synchronized Optional<ChainEvent.DealMatched> deal(DealId id) {
    return hub.viewDeal(id)
        .map(deal -> new ChainEvent.DealMatched(deal, CATEGORY, Sample.app("WASM"), false));
  }

  @Override
  public synchronized List<OnChainTask> tasks(List<TaskId> tasks) {
    return tasks.stream().map(hub::viewTask).toList();
  }

  @Override
  public synchronized List<ChainEvent.TaskObserved> observe(List<TaskId> tasks) {
    return tasks.stream()
        .map(task -> new ChainEvent.TaskObserved(
            hub.viewTask(task),
            hub.viewContributions(task).stream()
                .map(one -> new ChainEvent.ObservedContribution(
                    one.worker(), one.status(), one.resultHash(), one.log2Weight()))
                .toList()))
        .toList();
  }

  @Override
  public synchronized Funds funds(Address machine, Address worker) {
    var funds = Funds.ofWallet(hub.viewScore(worker), hub.viewAccount(worker).stake());
    if (machine.equals(worker)) {
      return funds;
    }
    if (!machines.getOrDefault(worker, Set.of()).contains(machine)) {
      throw new RucheException(AccountCheck.MACHINE_NOT_LISTED, "not listed.", "List it.", false);
    }
    return new Funds(funds.score(), funds.freeStake(), funds.freeStake());
  }

  /** An account with a deposit that lists these machines and no other. */
  public synchronized void account(Address account, Address... listed) {
    machines.put(account, Set.of(listed));
  }

  @Override
  public synchronized void send(Command.ToChain command, Failures failures) {
    sent++;
    switch (command) {
      case Command.Initialize(var keys) ->
        keys.forEach(key -> hub.initialize(key.deal(), key.index()));
      case Command.Finalize(var task, var settlement) -> {
        hub.finalizeTask(Sample.POOL_OWNER, task, settlement);
        finalized.add(task);
      }
      case Command.Reopen(var task) -> hub.reopen(Sample.POOL_OWNER, task);
      case Command.Claim(var tasks) -> tasks.forEach(hub::claim);
      case Command.InitializeAndClaim(var keys) ->
        keys.forEach(key -> hub.initializeAndClaim(key.deal(), key.index()));
    }
    tell();
  }

  private void tell() {
    hub.mine(Instant.now());
    var events = listener;
    if (events == null) {
      return;
    }
    var logs = hub.logs();
    for (; told < logs.size(); told++) {
      var event = event(logs.get(told));
      if (event != null) {
        events.accept(event);
      }
    }
  }

  private @Nullable ChainEvent event(HubLog log) {
    return switch (log) {
      case HubLog.OrdersMatched(var deal) -> deal(deal).orElseThrow();
      case HubLog.TaskInitialize(var task) -> new ChainEvent.TaskInitialized(task);
      case HubLog.TaskContribute(var task, var worker, var hash) ->
        new ChainEvent.TaskContributed(task, worker, hash);
      case HubLog.TaskConsensus(var task, var hash, var at) ->
        new ChainEvent.ConsensusReached(task, hash, at);
      case HubLog.TaskReveal(var task, var worker, var digest) ->
        new ChainEvent.TaskRevealed(task, worker, digest);
      case HubLog.TaskReopen(var task) -> new ChainEvent.TaskReopened(task);
      case HubLog.TaskFinalize(var task, var _) -> new ChainEvent.TaskFinalized(task);
      case HubLog.TaskClaimed(var task) -> new ChainEvent.TaskClaimed(task);
      case HubLog.AccurateContribution(var worker, var task) ->
        new ChainEvent.ContributionJudged(task, worker, true);
      case HubLog.FaultyContribution(var worker, var task) ->
        new ChainEvent.ContributionJudged(task, worker, false);
    };
  }
}
