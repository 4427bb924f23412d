package io.ruche.sdk;

import io.ruche.chain.Call;
import io.ruche.chain.hub.Groups;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.hub.HubCalls;
import io.ruche.chain.hub.MatchedOrders;
import io.ruche.chain.hub.Registries.NewApp;
import io.ruche.chain.hub.Registries.NewDataset;
import io.ruche.chain.hub.Registries.NewWorkerpool;
import io.ruche.chain.hub.WorkerAccounts;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.chain.tx.TxOutcome;
import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.Order;
import io.ruche.core.Sha256;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Transactions of one wallet on a real hub. */
public final class HubTransactions implements Transactions, OrderTransactions {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Hub hub;
  private final TransactionSender sender;

  public HubTransactions(Hub hub, TransactionSender sender) {
    this.hub = hub;
    this.sender = sender;
  }

  @Override
  public Address wallet() {
    return sender.address();
  }

  @Override
  public void match(Lot lot, SignedRequest request) {
    var orders = new MatchedOrders(lot.app(), lot.dataset(), lot.workerpool(), request.order());
    send("match-%s-%d".formatted(request.hash(), lot.firstTask()), hub.calls().matchOrders(orders));
  }

  @Override
  public void sponsor(Lot lot, SignedRequest request) {
    var orders = new MatchedOrders(lot.app(), lot.dataset(), lot.workerpool(), request.order());
    send(
        "sponsor-%s-%d".formatted(request.hash(), lot.firstTask()),
        hub.calls().sponsorMatchOrders(orders));
  }

  @Override
  public void signOnChain(Order order) {
    send("sign-" + order.hash(hub.domain()), hub.calls().signOrder(order));
  }

  @Override
  public void broadcast(Order order) {
    send(once("broadcast"), hub.calls().broadcast(order));
  }

  @Override
  public void close(Order order) {
    send("close-" + order.hash(hub.domain()), hub.calls().closeOrder(order));
  }

  /** Changes what a pool of the wallet asks of workers and keeps of rewards, in percent. */
  public void changePolicy(Address pool, long workerStakePercent, long poolSharePercent) {
    send(once("policy"), hub.registries().changePolicy(pool, workerStakePercent, poolSharePercent));
  }

  /** Adds members to a list of the wallet's, in as few transactions as its limit allows. */
  public void addMembers(Address group, List<Address> members) {
    for (var part : parts(members, Groups.MAX_ARRAY)) {
      send(once("group-add"), hub.groups().add(group, part));
    }
  }

  public void removeMembers(Address group, List<Address> members) {
    for (var part : parts(members, Groups.MAX_ARRAY)) {
      send(once("group-remove"), hub.groups().remove(group, part));
    }
  }

  /** Lets machines work for an account of the wallet's, each within the cap. */
  public void allowMachines(Address account, List<Address> machines, TokenAmount cap) {
    for (var part : parts(machines, WorkerAccounts.MAX_ARRAY)) {
      send(once("account-allow"), WorkerAccounts.allow(account, part, cap));
    }
  }

  public void revokeMachines(Address account, List<Address> machines) {
    for (var part : parts(machines, WorkerAccounts.MAX_ARRAY)) {
      send(once("account-revoke"), WorkerAccounts.revoke(account, part));
    }
  }

  /** Free deposit of an account of the wallet's, as tokens. */
  public void withdrawFrom(Address account, TokenAmount amount, Address target) {
    send(once("account-withdraw"), WorkerAccounts.withdraw(account, amount, target));
  }

  /** Delivers a result again to the contract that refused it. */
  public void retryCallback(TaskId task) {
    send(once("callback"), hub.calls().retryCallback(task));
  }

  @Override
  public void deposit(TokenAmount amount) {
    send(once("deposit"), hub.tokenCalls().deposit(hub.address(), amount));
  }

  @Override
  public void withdraw(TokenAmount amount) {
    send(once("withdraw"), hub.calls().withdraw(amount));
  }

  @Override
  public void claim(Deal deal, List<Long> started, List<Long> unset) {
    for (var part : parts(started, HubCalls.MAX_ARRAY)) {
      send(once("claim"), hub.calls().claimArray(part.stream().map(deal::taskId).toList()));
    }
    for (var part : parts(unset, HubCalls.MAX_ARRAY)) {
      send(once("claim-unset"), hub.calls().initializeAndClaimArray(deal.id(), part));
    }
  }

  @Override
  public Address createApp(String name, String type, String location, Sha256 checksum) {
    var app = new NewApp(sender.address(), name, type, location, checksum);
    var address = hub.registries().predict(app);
    if (!hub.registries().isApp(address)) {
      send("app-" + address, hub.registries().create(app));
    }
    return address;
  }

  @Override
  public Address createDataset(String name, String location, Sha256 checksum) {
    var dataset = new NewDataset(sender.address(), name, location, checksum);
    var address = hub.registries().predict(dataset);
    if (!hub.registries().isDataset(address)) {
      send("dataset-" + address, hub.registries().create(dataset));
    }
    return address;
  }

  @Override
  public Address createWorkerpool(String description) {
    var pool = new NewWorkerpool(sender.address(), description);
    var address = hub.registries().predict(pool);
    if (!hub.registries().isWorkerpool(address)) {
      send("workerpool-" + address, hub.registries().create(pool));
    }
    return address;
  }

  /** Gives free deposit to another account of the hub. */
  public void transferDeposit(Address to, TokenAmount amount) {
    send(once("transfer"), hub.calls().transferDeposit(to, amount));
  }

  /** Gives a development account's native coin and freshly minted tokens to another. */
  public void fund(Address to, BigInteger wei, TokenAmount tokens) {
    send(once("fund-coin"), Call.transfer(to, wei));
    if (!tokens.isZero()) {
      send(once("fund-tokens"), hub.tokenCalls().mint(to, tokens));
    }
  }

  private static <T> List<List<T>> parts(List<T> all, int size) {
    var parts = new ArrayList<List<T>>();
    for (int from = 0; from < all.size(); from += size) {
      parts.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return parts;
  }

  private static String once(String action) {
    return action + "-" + UUID.randomUUID();
  }

  private TxOutcome send(String actionKey, Call call) {
    return sender.sendAndWait(actionKey, call, LIMIT);
  }
}
