package io.ruche.chain.hub;

import io.ruche.chain.Call;
import io.ruche.chain.ChainErrors;
import io.ruche.chain.abi.AbiDecoder;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.abi.AbiFunction;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.rpc.RpcReply;
import io.ruche.chain.wallet.Signatures;
import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.Category;
import io.ruche.core.Dataset;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Eip712Domain;
import io.ruche.core.Hex;
import io.ruche.core.OnChainTask;
import io.ruche.core.OrderHash;
import io.ruche.core.RucheException;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.core.Workerpool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A hub on its chain: what it says now, and the calls that change it. Reads are of the node's
 * latest block, which may be behind an event just seen on another node. Reads of many things are
 * one HTTP request. Any thread may call.
 */
public final class Hub {
  /** Blocks of one question for logs; nodes refuse long ranges. */
  private static final long LOG_BLOCKS = 2_000;

  private static final int MAX_CATEGORIES = 256;

  private final Rpc rpc;
  private final Address address;
  private final long chainId;
  private final Address token;
  private final Registries registries;
  private final HubCalls calls;

  private Hub(Rpc rpc, Address address, long chainId, List<Address> parts) {
    this.rpc = rpc;
    this.address = address;
    this.chainId = chainId;
    this.token = parts.get(0);
    this.registries = new Registries(rpc, parts.get(1), parts.get(2), parts.get(3));
    this.calls = new HubCalls(address);
  }

  /** Finds out the hub's parts; refuses an address that is no hub, and a node of another chain. */
  public static Hub open(Rpc rpc, Address address, long chainId) {
    rpc.requireChainId(chainId);
    var getters = List.of(
        HubAbi.TOKEN, HubAbi.APP_REGISTRY, HubAbi.DATASET_REGISTRY, HubAbi.WORKERPOOL_REGISTRY);
    try {
      var parts = rpc
          .callAll(
              getters.stream().map(getter -> Call.of(address, getter.encode())).toList())
          .stream()
          .map(bytes -> AbiDecoder.of(bytes).address())
          .toList();
      return new Hub(rpc, address, chainId, parts);
    } catch (IllegalArgumentException | RucheException e) {
      if (e instanceof RucheException known && known.isRetryable()) {
        throw known;
      }
      throw new RucheException(
          "HUB_UNKNOWN",
          "no hub answers at %s on chain %d.".formatted(address, chainId),
          "Check the hub address in the network file.",
          false,
          e);
    }
  }

  public Address address() {
    return address;
  }

  public long chainId() {
    return chainId;
  }

  public Rpc rpc() {
    return rpc;
  }

  /** The domain under which orders for this hub are signed. */
  public Eip712Domain domain() {
    return Eip712Domain.ofHub(chainId, address);
  }

  public HubCalls calls() {
    return calls;
  }

  public Registries registries() {
    return registries;
  }

  /** Groups on the hub's chain. */
  public Groups groups() {
    return new Groups(rpc);
  }

  /** Worker accounts on the hub's chain. */
  public WorkerAccounts workerAccounts() {
    return new WorkerAccounts(rpc);
  }

  public Address token() {
    return token;
  }

  public TokenCalls tokenCalls() {
    return new TokenCalls(token);
  }

  /** Tokens that the account holds outside the hub. */
  public TokenAmount tokenBalance(Address account) {
    var call = Call.of(token, HubAbi.TOKEN_BALANCE_OF.encode(new AbiEncoder().address(account)));
    return new TokenAmount(read(call, AbiDecoder::uint));
  }

  /** The deal; empty when there is none with this id. */
  public Optional<Deal> deal(DealId id) {
    return deals(List.of(id)).getFirst();
  }

  public List<Optional<Deal>> deals(List<DealId> ids) {
    return readAll(ids, id -> word(HubAbi.VIEW_DEAL, id.bytes()), HubReader::deal).stream()
        .map(deal -> deal.filter(found -> found.botSize() > 0))
        .toList();
  }

  /** The task, with status UNSET when it was never started. */
  public OnChainTask task(TaskId id) {
    return tasks(List.of(id)).getFirst();
  }

  public List<OnChainTask> tasks(List<TaskId> ids) {
    return readAll(ids, id -> word(HubAbi.VIEW_TASK, id.bytes()), HubReader::task).stream()
        .map(Optional::orElseThrow)
        .toList();
  }

  public Contribution contribution(TaskId task, Address worker) {
    return contributions(task, List.of(worker)).getFirst();
  }

  /** Contributions of these workers to one task, in their order. */
  public List<Contribution> contributions(TaskId task, List<Address> workers) {
    return readAll(
            workers,
            worker -> call(
                HubAbi.VIEW_CONTRIBUTION, new AbiEncoder().word(task.bytes()).address(worker)),
            (worker, data) -> HubReader.contribution(data))
        .stream()
        .map(Optional::orElseThrow)
        .toList();
  }

  /** A task with one worker's contribution to it. */
  public record Standing(OnChainTask task, Contribution contribution) {}

  /** Both asked for in one request. */
  public Standing standing(TaskId task, Address worker) {
    var replies = rpc.tryCallAll(List.of(
        word(HubAbi.VIEW_TASK, task.bytes()),
        call(HubAbi.VIEW_CONTRIBUTION, new AbiEncoder().word(task.bytes()).address(worker))));
    return new Standing(
        valueOf(task, replies.get(0), HubReader::task).orElseThrow(),
        valueOf(worker, replies.get(1), (_, data) -> HubReader.contribution(data))
            .orElseThrow());
  }

  public Account account(Address owner) {
    return accounts(List.of(owner)).getFirst();
  }

  public List<Account> accounts(List<Address> owners) {
    return readAll(
            owners,
            owner -> call(HubAbi.VIEW_ACCOUNT, new AbiEncoder().address(owner)),
            (owner, data) -> HubReader.account(data))
        .stream()
        .map(Optional::orElseThrow)
        .toList();
  }

  public long score(Address worker) {
    return read(call(HubAbi.VIEW_SCORE, new AbiEncoder().address(worker)), AbiDecoder::cappedLong);
  }

  /** What was paid to an account for its part in tasks, in these blocks, both included. */
  public List<TokenAmount> rewards(Address owner, long from, long to) {
    var rewards = new ArrayList<TokenAmount>();
    for (long first = from; first <= to; first += LOG_BLOCKS) {
      long last = Math.min(to, first + LOG_BLOCKS - 1);
      for (var log : rpc.logs(address, HubAbi.REWARD.topic(), first, last)) {
        if (HubEvents.decode(log).orElse(null) instanceof HubEvent.Reward reward
            && reward.owner().equals(owner)) {
          rewards.add(reward.amount());
        }
      }
    }
    return rewards;
  }

  /** How much of an order's volume is used up; all of it when the order was closed. */
  public long consumed(OrderHash order) {
    return read(word(HubAbi.VIEW_CONSUMED, order.bytes()), AbiDecoder::cappedLong);
  }

  public List<Long> consumed(List<OrderHash> orders) {
    return readAll(
            orders,
            order -> word(HubAbi.VIEW_CONSUMED, order.bytes()),
            (order, data) -> AbiDecoder.of(data).cappedLong())
        .stream()
        .map(Optional::orElseThrow)
        .toList();
  }

  /** Who signed the order on chain, so that it needs no signature; zero when nobody did. */
  public Address presigner(OrderHash order) {
    return read(word(HubAbi.VIEW_PRESIGNED, order.bytes()), AbiDecoder::address);
  }

  /** Whether the hub takes the order as the owner's: by key, ERC-1271, or signed on chain. */
  public boolean isSigned(Address owner, OrderHash order, Signature signature) {
    var byKey = Signatures.recover(order.bytes(), signature);
    if (byKey.filter(owner::equals).isPresent()) {
      return true;
    }
    var arguments = new AbiEncoder().address(owner).word(order.bytes()).bytes(signature.bytes());
    return switch (rpc.tryCallAll(List.of(call(HubAbi.VERIFY, arguments))).getFirst()) {
      case RpcReply.Result(var value) -> Groups.isTrue(value.asText());
      case RpcReply.Refused _ -> false;
    };
  }

  /** The category; empty for an unknown id, for which the hub reverts. */
  public Optional<Category> category(long id) {
    return readAll(
            List.of(id),
            key -> call(HubAbi.VIEW_CATEGORY, new AbiEncoder().uint(key)),
            HubReader::category)
        .getFirst();
  }

  public List<Category> categories() {
    long count = read(call(HubAbi.COUNT_CATEGORY, new AbiEncoder()), AbiDecoder::cappedLong);
    var ids = new ArrayList<Long>();
    for (long id = 0; id < Math.min(count, MAX_CATEGORIES); id++) {
      ids.add(id);
    }
    return readAll(
            ids, id -> call(HubAbi.VIEW_CATEGORY, new AbiEncoder().uint(id)), HubReader::category)
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** The registered app at this address. */
  public Optional<App> app(Address app) {
    return resource(app, registries.isApp(app), HubAbi.VIEW_APP, HubReader::app);
  }

  public Optional<Dataset> dataset(Address dataset) {
    return resource(
        dataset, registries.isDataset(dataset), HubAbi.VIEW_DATASET, HubReader::dataset);
  }

  public Optional<Workerpool> workerpool(Address pool) {
    return resource(
        pool, registries.isWorkerpool(pool), HubAbi.VIEW_WORKERPOOL, HubReader::workerpool);
  }

  private <T> Optional<T> resource(
      Address address,
      boolean isRegistered,
      AbiFunction view,
      BiFunction<Address, byte[], T> reader) {
    return isRegistered
        ? readAll(List.of(address), key -> call(view, new AbiEncoder().address(key)), reader)
            .getFirst()
        : Optional.empty();
  }

  private <T> T read(Call call, Function<AbiDecoder, T> reader) {
    return readAll(List.of(call), self -> self, (self, data) -> reader.apply(AbiDecoder.of(data)))
        .getFirst()
        .orElseThrow();
  }

  /** One batch; a view that reverts gives an empty place, anything else that fails an exception. */
  private <K, T> List<Optional<T>> readAll(
      List<K> keys, Function<K, Call> call, BiFunction<K, byte[], T> reader) {
    var replies = rpc.tryCallAll(keys.stream().map(call).toList());
    var values = new ArrayList<Optional<T>>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      values.add(valueOf(keys.get(i), replies.get(i), reader));
    }
    return values;
  }

  private <K, T> Optional<T> valueOf(K key, RpcReply reply, BiFunction<K, byte[], T> reader) {
    return switch (reply) {
      case RpcReply.Result(var value) -> {
        try {
          yield Optional.of(reader.apply(key, Hex.decode(value.asText())));
        } catch (IllegalArgumentException e) {
          throw new RucheException(
              "HUB_ANSWER",
              "the hub's answer about %s cannot be read: %s.".formatted(key, e.getMessage()),
              "Check that the hub address belongs to a hub of this interface.",
              false,
              e);
        }
      }
      case RpcReply.Refused refused when refused.isRevert() -> Optional.empty();
      case RpcReply.Refused(var code, var message, var _) ->
        throw ChainErrors.rpc("eth_call", code, message);
    };
  }

  private Call word(AbiFunction function, byte[] word) {
    return call(function, new AbiEncoder().word(word));
  }

  private Call call(AbiFunction function, AbiEncoder arguments) {
    return Call.of(address, function.encode(arguments));
  }
}
