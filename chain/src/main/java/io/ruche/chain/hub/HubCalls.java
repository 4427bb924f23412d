package io.ruche.chain.hub;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.abi.AbiFunction;
import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.Authorization;
import io.ruche.core.Category;
import io.ruche.core.ContributionHashes;
import io.ruche.core.DatasetOrder;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Order;
import io.ruche.core.RequestOrder;
import io.ruche.core.Settlement;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.core.Words;
import io.ruche.core.WorkerpoolOrder;
import java.util.List;

/**
 * Calls of the hub that change something, to be sent by {@code TransactionSender}. Calls on the
 * path of a task carry a gas limit that covers them with room, so that a dev chain needs no
 * estimate; others ask for one. The limits also cover the peer's hub, which takes about twice as
 * much as ours (there, a finalize of up to 30 contributors).
 */
public final class HubCalls {
  private static final long CONTRIBUTE_GAS = 800_000;
  private static final long REVEAL_GAS = 300_000;
  private static final long FINALIZE_GAS = 3_000_000;
  private static final long GAS_PER_RESULT_BYTE = 400;
  private static final long INITIALIZE_BASE_GAS = 200_000;
  private static final long INITIALIZE_TASK_GAS = 200_000;

  /** Tasks in one array call: it must fit the gas limit of a block on usual chains. */
  public static final int MAX_ARRAY = 100;

  private final Address hub;

  HubCalls(Address hub) {
    this.hub = hub;
  }

  /** Locks the requester's money and the pool's stake; anyone may send it. */
  public Call matchOrders(MatchedOrders orders) {
    return call(HubAbi.MATCH_ORDERS, fourOrders(orders));
  }

  /** As {@link #matchOrders}, but whoever sends it pays. */
  public Call sponsorMatchOrders(MatchedOrders orders) {
    return call(HubAbi.SPONSOR_MATCH_ORDERS, fourOrders(orders));
  }

  static AbiEncoder fourOrders(MatchedOrders orders) {
    return new AbiEncoder()
        .tuple(AbiOrders.of(orders.app()))
        .tuple(AbiOrders.of(orders.dataset()))
        .tuple(AbiOrders.of(orders.workerpool()))
        .tuple(AbiOrders.of(orders.request()));
  }

  /** Starts the tasks with these indexes of a deal. */
  public Call initializeArray(DealId deal, List<Long> indexes) {
    return call(HubAbi.INITIALIZE_ARRAY, dealAndIndexes(deal, indexes))
        .withGasLimit(INITIALIZE_BASE_GAS + INITIALIZE_TASK_GAS * indexes.size());
  }

  /** Starts and at once claims tasks that nobody ever started, after their final deadline. */
  public Call initializeAndClaimArray(DealId deal, List<Long> indexes) {
    return call(HubAbi.INITIALIZE_AND_CLAIM_ARRAY, dealAndIndexes(deal, indexes));
  }

  private static AbiEncoder dealAndIndexes(DealId deal, List<Long> indexes) {
    requireArray(indexes.size());
    return new AbiEncoder().words(indexes, index -> deal.bytes()).words(indexes, Words::uint256);
  }

  /** A worker's commitment; the sender must be the worker that the authorization names. */
  public Call contribute(Authorization authorization, Digest digest) {
    var hashes = ContributionHashes.of(authorization.worker(), authorization.task(), digest);
    var arguments = new AbiEncoder()
        .word(authorization.task().bytes())
        .word(hashes.resultHash().bytes())
        .word(hashes.resultSeal().bytes())
        .address(authorization.enclaveChallenge())
        .bytes(new byte[0])
        .bytes(authorization.signature().bytes());
    return call(HubAbi.CONTRIBUTE, arguments).withGasLimit(CONTRIBUTE_GAS);
  }

  /** A worker's only run of a task with its result; the hub takes it when the trust is 1. */
  public Call contributeAndFinalize(
      Authorization authorization, Digest digest, Settlement settlement) {
    byte[] results = settlement.resultsBytes();
    byte[] callback = settlement.callbackBytes();
    var arguments = new AbiEncoder()
        .word(authorization.task().bytes())
        .word(digest.bytes())
        .bytes(results)
        .bytes(callback)
        .address(authorization.enclaveChallenge())
        .bytes(new byte[0])
        .bytes(authorization.signature().bytes());
    return withResultGas(call(HubAbi.CONTRIBUTE_AND_FINALIZE, arguments), results, callback);
  }

  /** Sent by a winner of the vote. */
  public Call reveal(TaskId task, Digest digest) {
    return call(HubAbi.REVEAL, task(task).word(digest.bytes())).withGasLimit(REVEAL_GAS);
  }

  /** Sent by the pool's owner when no winner revealed in time. */
  public Call reopen(TaskId task) {
    return call(HubAbi.REOPEN, task(task));
  }

  /** Sent by the pool's owner. */
  public Call finalizeTask(TaskId task, Settlement settlement) {
    byte[] results = settlement.resultsBytes();
    byte[] callback = settlement.callbackBytes();
    return withResultGas(
        call(HubAbi.FINALIZE, task(task).bytes(results).bytes(callback)), results, callback);
  }

  /** What a callback needs is known to its contract only: such a call is estimated. */
  private static Call withResultGas(Call call, byte[] results, byte[] callback) {
    long bytes = (long) results.length + callback.length;
    return callback.length > 0
        ? call
        : call.withGasLimit(FINALIZE_GAS + GAS_PER_RESULT_BYTE * bytes);
  }

  /** Ends a task after its final deadline and refunds the payer; anyone may send it. */
  public Call claim(TaskId task) {
    return call(HubAbi.CLAIM, task(task));
  }

  public Call claimArray(List<TaskId> tasks) {
    requireArray(tasks.size());
    return call(HubAbi.CLAIM_ARRAY, new AbiEncoder().words(tasks, TaskId::bytes));
  }

  /** Takes free deposit out of the hub. */
  public Call withdraw(TokenAmount amount) {
    return call(HubAbi.WITHDRAW, new AbiEncoder().uint(amount.nano()));
  }

  /** Gives free deposit to another account, inside the hub. */
  public Call transferDeposit(Address to, TokenAmount amount) {
    return call(HubAbi.HUB_TRANSFER, new AbiEncoder().address(to).uint(amount.nano()));
  }

  /** Signs an order on chain for its owner (the sender), so that it needs no signature. */
  public Call signOrder(Order order) {
    return manage(order, 0);
  }

  /** Makes an order of the sender void for good. */
  public Call closeOrder(Order order) {
    return manage(order, 1);
  }

  private Call manage(Order order, int operation) {
    return switch (order) {
      case AppOrder app -> call(HubAbi.MANAGE_APP_ORDER, operation(AbiOrders.of(app), operation));
      case DatasetOrder dataset ->
        call(HubAbi.MANAGE_DATASET_ORDER, operation(AbiOrders.of(dataset), operation));
      case WorkerpoolOrder pool ->
        call(HubAbi.MANAGE_WORKERPOOL_ORDER, operation(AbiOrders.of(pool), operation));
      case RequestOrder request ->
        call(HubAbi.MANAGE_REQUEST_ORDER, operation(AbiOrders.of(request), operation));
    };
  }

  private static AbiEncoder operation(AbiEncoder order, int operation) {
    return new AbiEncoder().tuple(new AbiEncoder().tuple(order).uint(operation).bytes(new byte[0]));
  }

  /** Shows an order to everybody who follows the hub's events; nothing is checked or changed. */
  public Call broadcast(Order order) {
    return switch (order) {
      case AppOrder app ->
        call(HubAbi.BROADCAST_APP_ORDER, new AbiEncoder().tuple(AbiOrders.of(app)));
      case DatasetOrder dataset ->
        call(HubAbi.BROADCAST_DATASET_ORDER, new AbiEncoder().tuple(AbiOrders.of(dataset)));
      case WorkerpoolOrder pool ->
        call(HubAbi.BROADCAST_WORKERPOOL_ORDER, new AbiEncoder().tuple(AbiOrders.of(pool)));
      case RequestOrder request ->
        call(HubAbi.BROADCAST_REQUEST_ORDER, new AbiEncoder().tuple(AbiOrders.of(request)));
    };
  }

  /** Delivers a result again to a contract that refused it at finalize; anyone may send it. */
  public Call retryCallback(TaskId task) {
    return call(HubAbi.RETRY_CALLBACK, task(task));
  }

  /** Sent by the hub's owner; the id of the category is not used. */
  public Call createCategory(Category category) {
    return call(
        HubAbi.CREATE_CATEGORY,
        new AbiEncoder()
            .text(category.name())
            .text(category.description())
            .uint(category.referenceTime().toSeconds()));
  }

  private static AbiEncoder task(TaskId task) {
    return new AbiEncoder().word(task.bytes());
  }

  private static void requireArray(int size) {
    if (size < 1 || size > MAX_ARRAY) {
      throw new IllegalArgumentException(
          "expected 1 to %d tasks in one call, found: %d".formatted(MAX_ARRAY, size));
    }
  }

  private Call call(AbiFunction function, AbiEncoder arguments) {
    return Call.of(hub, function.encode(arguments));
  }
}
