package io.ruche.server.chain;

import io.ruche.chain.Call;
import io.ruche.chain.hub.Contribution;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.hub.MatchedOrders;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.chain.tx.TxHandle;
import io.ruche.chain.tx.TxOutcome;
import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.Category;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Hex;
import io.ruche.core.Keccak;
import io.ruche.core.OnChainTask;
import io.ruche.core.RucheException;
import io.ruche.core.Sha256;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.scheduler.ChainEvent;
import io.ruche.scheduler.Command;
import io.ruche.scheduler.Funds;
import io.ruche.scheduler.ShellEvent.ChainAction;
import io.ruche.scheduler.TaskKey;
import io.ruche.server.pool.AccountCheck;
import io.ruche.server.pool.PoolChain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The hub, as a pool sees it. A command becomes an action of the sender under a key made of what it
 * does, so that the same command is sent once; only after a failure is it tried under a new key.
 */
public final class HubPoolChain implements PoolChain, AutoCloseable {
  /** Times that one action is sent again after it failed on chain. */
  private static final int MAX_TRIES = 16;

  /** Failures of actions that are remembered until their outcome; more would be asked for again. */
  private static final int MAX_PENDING = 100_000;

  private final Hub hub;
  private final TaskReader reader;
  private final Function<Consumer<TxOutcome>, TransactionSender> starter;
  private final AccountCheck accounts;
  private final Map<Long, Category> categories = new ConcurrentHashMap<>();
  private final Map<String, Runnable> onFailure = new ConcurrentHashMap<>();
  private final TransactionSender sender;

  private record HubSource(Hub hub) implements TaskReader.Source {
    @Override
    public List<OnChainTask> tasks(List<TaskId> ids) {
      return hub.tasks(ids);
    }

    @Override
    public List<Contribution> contributions(TaskId task, List<Address> workers) {
      return hub.contributions(task, workers);
    }
  }

  /** Starts the sender with this chain as the listener of its outcomes. */
  public HubPoolChain(Hub hub, Function<Consumer<TxOutcome>, TransactionSender> starter) {
    this.hub = hub;
    this.reader = new TaskReader(new HubSource(hub));
    this.accounts = new AccountCheck(hub);
    this.starter = starter;
    this.sender = this.starter.apply(this::ended);
  }

  @Override
  public void close() {
    sender.close();
  }

  @Override
  public Optional<ChainEvent.DealMatched> deal(DealId id) {
    return hub.deal(id).map(this::matched);
  }

  @Override
  public List<OnChainTask> tasks(List<TaskId> tasks) {
    return hub.tasks(tasks);
  }

  @Override
  public List<ChainEvent.TaskObserved> observe(List<TaskId> tasks) {
    return reader.read(tasks);
  }

  @Override
  public Funds funds(Address machine, Address worker) {
    return accounts.funds(machine, worker);
  }

  @Override
  public void send(Command.ToChain command, Failures failures) {
    switch (command) {
      case Command.Initialize(var keys) -> initialize(keys, failures);
      case Command.Finalize(var task, var settlement) -> {
        var call = hub.calls().finalizeTask(task, settlement);
        send("finalize/" + task, call, ChainAction.FINALIZE, List.of(task), failures);
      }
      case Command.Reopen(var task) -> {
        // A task can be reopened more than once; the deadline tells the rounds apart.
        var deadline = hub.task(task).revealDeadline().getEpochSecond();
        var key = "reopen/%s/%d".formatted(task, deadline);
        send(key, hub.calls().reopen(task), ChainAction.REOPEN, List.of(task), failures);
      }
      case Command.Claim(var tasks) ->
        send(
            "claim/" + hash(tasks),
            hub.calls().claimArray(tasks),
            ChainAction.CLAIM,
            tasks,
            failures);
      case Command.InitializeAndClaim(var keys) ->
        byDeal(keys).forEach((deal, own) -> {
          var tasks = own.stream().map(TaskKey::task).toList();
          var call = hub.calls().initializeAndClaimArray(deal, indexes(own));
          send("initialize-claim/" + hash(tasks), call, ChainAction.CLAIM, tasks, failures);
        });
    }
  }

  /** Transactions signed but in no block yet. */
  public int pendingTransactions() {
    return sender.pendingCount();
  }

  /** Sends {@code matchOrders} once for each key; a refusal of the hub is thrown before. */
  public void match(String key, MatchedOrders orders) {
    sender.send(key, hub.calls().matchOrders(orders));
  }

  /** Makes an order of the pool void; sent once for each order. */
  public void closeOrder(WorkerpoolOrder order) {
    sender.send("close-order/" + order.hash(hub.domain()), hub.calls().closeOrder(order));
  }

  private void initialize(List<TaskKey> keys, Failures failures) {
    var states = hub.tasks(keys.stream().map(TaskKey::task).toList());
    var unset = new ArrayList<TaskKey>();
    for (int i = 0; i < keys.size(); i++) {
      if (states.get(i).status() == TaskStatus.UNSET) {
        unset.add(keys.get(i));
      }
    }
    if (unset.size() < keys.size()) {
      // Some are started already: let the engine look at all of them.
      failures.failed(
          ChainAction.INITIALIZE,
          keys.stream().filter(key -> !unset.contains(key)).map(TaskKey::task).toList(),
          ALREADY_DONE);
    }
    byDeal(unset).forEach((deal, own) -> {
      var tasks = own.stream().map(TaskKey::task).toList();
      var call = hub.calls().initializeArray(deal, indexes(own));
      send("initialize/" + hash(tasks), call, ChainAction.INITIALIZE, tasks, failures);
    });
  }

  private void send(
      String key, Call call, ChainAction action, List<TaskId> tasks, Failures failures) {
    for (int number = 1; number <= MAX_TRIES; number++) {
      var numbered = key + "/" + number;
      if (onFailure.size() < MAX_PENDING) {
        onFailure.put(numbered, () -> failures.failed(action, tasks, "TX_REVERTED"));
      }
      var handle = handleOf(numbered, call);
      var before = handle.outcome();
      if (before.isEmpty()) {
        return;
      }
      onFailure.remove(numbered);
      if (before.get().isSuccess()) {
        failures.failed(action, tasks, ALREADY_DONE);
        return;
      }
    }
    throw new RucheException(
        "TX_REVERTED",
        "%s failed %d times in a row.".formatted(key, MAX_TRIES),
        "Look at the task on chain.",
        false);
  }

  private TxHandle handleOf(String key, Call call) {
    try {
      return sender.send(key, call);
    } catch (RuntimeException e) {
      onFailure.remove(key);
      throw e;
    }
  }

  private void ended(TxOutcome outcome) {
    var failed = onFailure.remove(outcome.actionKey());
    if (failed != null && !outcome.isSuccess()) {
      // The sender's thread must not wait for the engine.
      Thread.ofVirtual().start(failed);
    }
  }

  private ChainEvent.DealMatched matched(Deal deal) {
    return new ChainEvent.DealMatched(
        deal,
        categoryOf(deal.categoryId()),
        appOf(deal.app().address(), deal),
        hub.task(deal.taskId(deal.botFirst())).status() != TaskStatus.UNSET);
  }

  /** An app that cannot be read must not keep its deal from ending: no runtime will take it. */
  private App appOf(Address address, Deal deal) {
    try {
      return hub.app(address).orElseGet(() -> unreadable(deal));
    } catch (RucheException e) {
      if (e.isRetryable()) {
        throw e;
      }
      return unreadable(deal);
    }
  }

  private static App unreadable(Deal deal) {
    return new App(deal.app().address(), deal.app().owner(), "", "UNREADABLE", "", Sha256.ABSENT);
  }

  private Category categoryOf(long id) {
    return categories.computeIfAbsent(
        id,
        key -> hub.category(key)
            .orElseThrow(() -> new RucheException(
                "CATEGORY_UNKNOWN", "the hub has no category %d.".formatted(key), "", false)));
  }

  private static Map<DealId, List<TaskKey>> byDeal(List<TaskKey> keys) {
    var groups = new LinkedHashMap<DealId, List<TaskKey>>();
    keys.forEach(
        key -> groups.computeIfAbsent(key.deal(), d -> new ArrayList<>()).add(key));
    return groups;
  }

  private static List<Long> indexes(List<TaskKey> keys) {
    return keys.stream().map(TaskKey::index).toList();
  }

  private static String hash(List<TaskId> tasks) {
    return Hex.encode(Keccak.hash(tasks.stream().map(TaskId::bytes).toArray(byte[][]::new)));
  }
}
