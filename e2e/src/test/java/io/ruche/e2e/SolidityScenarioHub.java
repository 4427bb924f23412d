package io.ruche.e2e;

import io.ruche.chain.Call;
import io.ruche.chain.abi.Reverts;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.hub.HubEvent;
import io.ruche.chain.hub.HubEvents;
import io.ruche.chain.hub.MatchedOrders;
import io.ruche.chain.rpc.Quantity;
import io.ruche.chain.rpc.Receipt;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.rpc.RpcReply;
import io.ruche.chain.rpc.RpcRequest;
import io.ruche.chain.wallet.DevelopmentKeys;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.Authorization;
import io.ruche.core.DatasetOrder;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.OnChainTask;
import io.ruche.core.RequestOrder;
import io.ruche.core.Salt;
import io.ruche.core.Settlement;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.scheduler.ChainEvent.ContributionStatus;
import io.ruche.testkit.HubContribution;
import io.ruche.testkit.HubLog;
import io.ruche.testkit.HubRevert;
import io.ruche.testkit.Purse;
import io.ruche.testkit.Sample;
import io.ruche.testkit.ScenarioHub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Plays scenarios on a Solidity hub, ours or the peer's, on an Anvil that mines on command only and
 * whose time stands still. Anvil signs the transactions; orders and authorizations are signed here.
 */
final class SolidityScenarioHub implements ScenarioHub {
  private static final Address KITTY = new Address("0x99c2268479b93fde36232351229815df80837e23");
  private static final TokenAmount APP_PRICE = TokenAmount.ofNano(1_000_000);
  private static final TokenAmount DATASET_PRICE = TokenAmount.ofNano(500_000);
  private static final Signature UNSIGNED = Signature.EMPTY;
  private static final long MAX_TRUST = 1_000;
  private static final long GAS = 10_000_000;
  private static final int WALLET_COUNT = 11;

  /** Owned by the actors {@code appOwner}, {@code datasetOwner} and {@code poolOwner}. */
  record Resources(Address app, Address dataset, Address workerpool) {}

  private final Rpc rpc;
  private final Hub hub;
  private final Resources resources;
  private final Instant start;
  private final Map<String, DealId> deals = new HashMap<>();
  private final Map<DealId, Deal> dealsRead = new HashMap<>();
  private final List<HubLog> logs = new ArrayList<>();
  private final boolean isOurs;
  private int salts;

  SolidityScenarioHub(Rpc rpc, Hub hub, Resources resources, boolean isOurs) {
    this.isOurs = isOurs;
    this.rpc = rpc;
    this.hub = hub;
    this.resources = resources;
    this.start = now();
  }

  /** Derived once: a mnemonic costs a fraction of a second. */
  private static final List<Wallet> WALLETS =
      IntStream.range(0, WALLET_COUNT).mapToObj(DevelopmentKeys::wallet).toList();

  static Wallet wallet(String actor) {
    return WALLETS.get(
        switch (actor) {
          case "faucet" -> 0;
          case "requester" -> 1;
          case "appOwner" -> 2;
          case "datasetOwner" -> 3;
          case "poolOwner" -> 4;
          default -> 4 + Integer.parseInt(actor.substring(1));
        });
  }

  @Override
  public boolean isNamingErrors() {
    return isOurs;
  }

  @Override
  public void deposit(String actor, TokenAmount amount) {
    var tokens = hub.tokenCalls();
    send("faucet", tokens.mint(address(actor), amount));
    send(actor, tokens.deposit(hub.address(), amount));
  }

  @Override
  public void withdraw(String actor, TokenAmount amount) {
    send(actor, hub.calls().withdraw(amount));
  }

  @Override
  public void match(String deal, Wish wish) {
    var orders = orders(wish);
    send("faucet", hub.calls().matchOrders(orders));
    deals.put(deal, DealId.of(orders.request().hash(hub.domain()), 0));
  }

  @Override
  public void initialize(TaskName task) {
    send("faucet", hub.calls().initializeArray(dealOf(task), List.of(task.index())));
  }

  @Override
  public void contribute(TaskName task, String worker, String digestText, boolean isAuthorized) {
    var signer = wallet(isAuthorized ? "poolOwner" : "requester");
    Authorization authorization = signer.authorize(address(worker), id(task), Address.ZERO);
    send(worker, hub.calls().contribute(authorization, Sample.digest(digestText)));
  }

  @Override
  public void contributeAndFinalize(
      TaskName task, String worker, String digestText, String results) {
    var authorization = wallet("poolOwner").authorize(address(worker), id(task), Address.ZERO);
    var settlement = new Settlement(results, "");
    send(
        worker,
        hub.calls().contributeAndFinalize(authorization, Sample.digest(digestText), settlement));
  }

  @Override
  public void reveal(TaskName task, String worker, String digestText) {
    send(worker, hub.calls().reveal(id(task), Sample.digest(digestText)));
  }

  @Override
  public void reopen(TaskName task, String caller) {
    send(caller, hub.calls().reopen(id(task)));
  }

  @Override
  public void finalizeTask(TaskName task, String caller, String results) {
    send(caller, hub.calls().finalizeTask(id(task), new Settlement(results, "")));
  }

  @Override
  public void claim(TaskName task) {
    send("faucet", hub.calls().claim(id(task)));
  }

  @Override
  public void initializeAndClaim(TaskName task) {
    send("faucet", hub.calls().initializeAndClaimArray(dealOf(task), List.of(task.index())));
  }

  @Override
  public void advance(Duration time) {
    rpc.read("evm_setNextBlockTimestamp", now().plus(time).getEpochSecond());
    rpc.read("evm_mine");
  }

  @Override
  public Instant start() {
    return start;
  }

  @Override
  public Address address(String actor) {
    return actor.equals("kitty") ? KITTY : wallet(actor).address();
  }

  @Override
  public Deal deal(String name) {
    var id = dealOf(new TaskName(name, 0));
    return dealsRead.computeIfAbsent(id, key -> hub.deal(key).orElseThrow());
  }

  @Override
  public List<OnChainTask> tasks(List<TaskName> tasks) {
    return hub.tasks(tasks.stream().map(this::id).toList());
  }

  @Override
  public List<HubContribution> contributions(TaskName task, List<Address> workers) {
    var found = hub.contributions(id(task), workers);
    var contributions = new ArrayList<HubContribution>();
    for (int i = 0; i < workers.size(); i++) {
      var each = found.get(i);
      contributions.add(new HubContribution(
          workers.get(i),
          ContributionStatus.valueOf(each.status().name()),
          each.resultHash(),
          each.resultSeal(),
          each.weight()));
    }
    return contributions;
  }

  @Override
  public List<Purse> purses(List<String> actors) {
    return hub.accounts(actors.stream().map(this::address).toList()).stream()
        .map(account -> new Purse(account.free(), account.locked()))
        .toList();
  }

  @Override
  public List<Long> scores(List<String> workers) {
    return workers.stream().map(worker -> hub.score(address(worker))).toList();
  }

  @Override
  public List<HubLog> logs() {
    return List.copyOf(logs);
  }

  private DealId dealOf(TaskName task) {
    return Optional.ofNullable(deals.get(task.deal())).orElseThrow();
  }

  private TaskId id(TaskName task) {
    return TaskId.of(dealOf(task), task.index());
  }

  private Instant now() {
    return rpc.latestBlock().timestamp();
  }

  private void send(String actor, Call call) {
    var transaction = Map.<String, Object>of(
        "from", address(actor).hex(),
        "to", Optional.ofNullable(call.to()).orElseThrow().hex(),
        "data", call.data(),
        "gas", Quantity.of(GAS));
    var tried = rpc.batch(List.of(RpcRequest.of("eth_call", transaction, "latest")));
    if (tried.getFirst() instanceof RpcReply.Refused refused) {
      var reason = Reverts.reason(refused.data(), refused.message());
      throw new HubRevert(reason.replaceFirst("\\(.*", ""), reason);
    }
    var hash = new TxHash(rpc.read("eth_sendTransaction", transaction).asText());
    rpc.read("evm_mine");
    var receipt = rpc.receipts(List.of(hash)).getFirst().orElseThrow();
    if (!receipt.isSuccess()) {
      throw new IllegalStateException("mined as failed though it ran before: " + call.data());
    }
    record(receipt);
  }

  private void record(Receipt receipt) {
    for (var event : HubEvents.of(receipt, hub.address())) {
      switch (event) {
        case HubEvent.OrdersMatched e -> logs.add(new HubLog.OrdersMatched(e.deal()));
        case HubEvent.TaskInitialize e -> logs.add(new HubLog.TaskInitialize(e.task()));
        case HubEvent.TaskContribute e ->
          logs.add(new HubLog.TaskContribute(e.task(), e.worker(), e.resultHash()));
        case HubEvent.TaskConsensus e ->
          logs.add(new HubLog.TaskConsensus(e.task(), e.consensus(), now()));
        case HubEvent.TaskReveal e ->
          logs.add(new HubLog.TaskReveal(e.task(), e.worker(), e.digest()));
        case HubEvent.TaskReopen e -> logs.add(new HubLog.TaskReopen(e.task()));
        case HubEvent.TaskFinalize e -> logs.add(new HubLog.TaskFinalize(e.task(), e.results()));
        case HubEvent.TaskClaimed e -> logs.add(new HubLog.TaskClaimed(e.task()));
        case HubEvent.AccurateContribution e ->
          logs.add(new HubLog.AccurateContribution(e.worker(), e.task()));
        case HubEvent.FaultyContribution e ->
          logs.add(new HubLog.FaultyContribution(e.worker(), e.task()));
        case HubEvent.SchedulerNotice _,
            HubEvent.RequestBroadcast _,
            HubEvent.DealSponsored _,
            HubEvent.Transfer _,
            HubEvent.Lock _,
            HubEvent.Unlock _,
            HubEvent.Reward _,
            HubEvent.Seize _,
            HubEvent.CategoryCreated _ -> {}
      }
    }
  }

  private MatchedOrders orders(Wish wish) {
    var any = Address.ZERO;
    var salt = new Salt("0x%064x".formatted(++salts));
    var domain = hub.domain();
    long volume = wish.volume();
    var app = wallet("appOwner")
        .sign(
            new AppOrder(
                resources.app(), APP_PRICE, volume, Tag.NONE, any, any, any, salt, UNSIGNED),
            domain);
    var dataset = wallet("datasetOwner")
        .sign(
            new DatasetOrder(
                resources.dataset(),
                DATASET_PRICE,
                volume,
                Tag.NONE,
                any,
                any,
                any,
                salt,
                UNSIGNED),
            domain);
    var pool = wallet("poolOwner")
        .sign(
            new WorkerpoolOrder(
                resources.workerpool(),
                wish.poolPrice(),
                volume,
                Tag.NONE,
                0,
                MAX_TRUST,
                any,
                any,
                any,
                salt,
                UNSIGNED),
            domain);
    var request = wallet("requester").sign(request(wish, salt), domain);
    return new MatchedOrders(app, wish.hasDataset() ? dataset : DatasetOrder.NONE, pool, request);
  }

  private RequestOrder request(Wish wish, Salt salt) {
    return new RequestOrder(
        resources.app(),
        APP_PRICE,
        wish.hasDataset() ? resources.dataset() : Address.ZERO,
        DATASET_PRICE,
        Address.ZERO,
        wish.poolPrice(),
        address("requester"),
        wish.volume(),
        Tag.NONE,
        0,
        wish.trust(),
        address("requester"),
        Address.ZERO,
        "",
        salt,
        UNSIGNED);
  }
}
