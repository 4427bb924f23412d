package io.ruche.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.chain.Call;
import io.ruche.chain.ChainErrors;
import io.ruche.chain.abi.Reverts;
import io.ruche.core.Address;
import io.ruche.core.Hex;
import io.ruche.core.TxHash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An Ethereum node, typed. Reads are tried again a few times when the node cannot be reached;
 * broadcasts are not, as the sender keeps account of those. Blocking; any thread may call.
 */
public final class Rpc implements AutoCloseable {
  public static final String LATEST = "latest";

  private final RpcExchange exchange;

  public Rpc(RpcTransport transport, int readTries, int maxBatch) {
    exchange = new RpcExchange(transport, readTries, maxBatch);
  }

  public static Rpc open(RpcSettings settings) {
    return new Rpc(new HttpTransport(settings), settings.readTries(), settings.maxBatch());
  }

  public static Rpc open(String endpoint) {
    return open(RpcSettings.of(endpoint));
  }

  public String endpoint() {
    return exchange.endpoint();
  }

  /** Exchanges with the node that brought no usable answer, tries included. */
  public long failedExchanges() {
    return exchange.failed();
  }

  /** The result of a read, or an exception with what the node said. */
  public JsonNode read(String method, Object... params) {
    return result(method, batch(List.of(RpcRequest.of(method, params))).getFirst());
  }

  /** Replies in the order of the requests, asked in as few HTTP calls as the batch size allows. */
  public List<RpcReply> batch(List<RpcRequest> requests) {
    return exchange.read(requests);
  }

  public long chainId() {
    return decode("eth_chainId", read("eth_chainId"), Quantity::asLong);
  }

  /** Refuses a node of another chain. */
  public void requireChainId(long expected) {
    long found = chainId();
    if (found != expected) {
      throw ChainErrors.wrongChain(endpoint(), expected, found);
    }
  }

  public Block latestBlock() {
    return blockAt(LATEST)
        .orElseThrow(() -> ChainErrors.badAnswer("eth_getBlockByNumber", "no latest block", null));
  }

  public Optional<Block> block(long number) {
    return blockAt(Quantity.of(number));
  }

  /** Blocks by number, in order; ends before the first that is not there. */
  public List<Block> blocks(long from, long to) {
    var requests = new ArrayList<RpcRequest>();
    for (long number = from; number <= to; number++) {
      requests.add(RpcRequest.of("eth_getBlockByNumber", Quantity.of(number), false));
    }
    var blocks = new ArrayList<Block>();
    for (var reply : batch(requests)) {
      var node = result("eth_getBlockByNumber", reply);
      if (node.isNull()) {
        break;
      }
      blocks.add(decode("eth_getBlockByNumber", node, Block::of));
    }
    return blocks;
  }

  private Optional<Block> blockAt(String number) {
    var node = read("eth_getBlockByNumber", number, false);
    return node.isNull()
        ? Optional.empty()
        : Optional.of(decode("eth_getBlockByNumber", node, Block::of));
  }

  /** Logs of one contract in these blocks, both included; the node may limit the range. */
  public List<RawLog> logs(Address contract, long from, long to) {
    return logsOf(read(
        "eth_getLogs",
        Map.of(
            "address",
            contract.hex(),
            "fromBlock",
            Quantity.of(from),
            "toBlock",
            Quantity.of(to))));
  }

  /** The same of one kind of event only. */
  public List<RawLog> logs(Address contract, String topic, long from, long to) {
    return logsOf(read(
        "eth_getLogs",
        Map.of(
            "address",
            contract.hex(),
            "topics",
            List.of(topic),
            "fromBlock",
            Quantity.of(from),
            "toBlock",
            Quantity.of(to))));
  }

  /** Logs of one contract in exactly these blocks; fails when one is not on the node's chain. */
  public List<List<RawLog>> logsOfBlocks(Address contract, List<BlockRef> blocks) {
    var requests = blocks.stream()
        .map(block -> RpcRequest.of(
            "eth_getLogs",
            Map.of("address", contract.hex(), "blockHash", block.hash().hex())))
        .toList();
    return batch(requests).stream()
        .map(reply -> logsOf(result("eth_getLogs", reply)))
        .toList();
  }

  private static List<RawLog> logsOf(JsonNode array) {
    var logs = new ArrayList<RawLog>();
    array.forEach(node -> logs.add(decode("eth_getLogs", node, RawLog::of)));
    return logs;
  }

  /** What a view returns at the latest block. */
  public byte[] call(Call call) {
    return callAll(List.of(call)).getFirst();
  }

  /** What views return, asked together; an exception when one of them reverts. */
  public List<byte[]> callAll(List<Call> calls) {
    var answers = new ArrayList<byte[]>(calls.size());
    for (var reply : tryCallAll(calls)) {
      answers.add(bytes("eth_call", result("eth_call", reply)));
    }
    return answers;
  }

  /** As {@link #callAll}, but a view that reverts gives a {@link RpcReply.Refused}. */
  public List<RpcReply> tryCallAll(List<Call> calls) {
    return batch(calls.stream()
        .map(call -> RpcRequest.of("eth_call", asObject(null, call), LATEST))
        .toList());
  }

  /** Runs a call without sending it; throws {@code TX_REVERTED} with the contract's reason. */
  public byte[] simulate(Address from, Call call) {
    return bytes("eth_call", read("eth_call", asObject(from, call), LATEST));
  }

  /** Gas that the call would use now; throws {@code TX_REVERTED} with the contract's reason. */
  public long estimateGas(Address from, Call call) {
    var gas = read("eth_estimateGas", asObject(from, call));
    return decode("eth_estimateGas", gas, Quantity::asLong);
  }

  public BigInteger balanceWei(Address account) {
    var balance = read("eth_getBalance", account.hex(), LATEST);
    return decode("eth_getBalance", balance, node -> Quantity.big(node.asText()));
  }

  public boolean hasCode(Address account) {
    return read("eth_getCode", account.hex(), LATEST).asText().length() > 2;
  }

  /** Transactions of the account on chain; with {@code "pending"} also those in the node's pool. */
  public long transactionCount(Address account, String block) {
    var count = read("eth_getTransactionCount", account.hex(), block);
    return decode("eth_getTransactionCount", count, Quantity::asLong);
  }

  /** Tip that the node suggests, in wei. */
  public BigInteger suggestedTipWei() {
    var tip = read("eth_maxPriorityFeePerGas");
    return decode("eth_maxPriorityFeePerGas", tip, node -> Quantity.big(node.asText()));
  }

  /** Receipts in the order of the hashes; empty for a transaction that is in no block. */
  public List<Optional<Receipt>> receipts(List<TxHash> hashes) {
    return optionals("eth_getTransactionReceipt", hashes, Receipt::of);
  }

  /** For each transaction whether the node knows it, in a block or in its pool. */
  public List<Boolean> areKnown(List<TxHash> hashes) {
    return optionals("eth_getTransactionByHash", hashes, node -> node).stream()
        .map(Optional::isPresent)
        .toList();
  }

  private <T> List<Optional<T>> optionals(
      String method, List<TxHash> hashes, Function<JsonNode, T> decoder) {
    var requests =
        hashes.stream().map(hash -> RpcRequest.of(method, hash.hex())).toList();
    return batch(requests).stream()
        .map(reply -> result(method, reply))
        .map(node ->
            node.isNull() ? Optional.<T>empty() : Optional.of(decode(method, node, decoder)))
        .toList();
  }

  /**
   * Hands signed transactions to the node, in order and once; replies tell what it said to each.
   */
  public List<RpcReply> broadcast(List<String> rawTransactions) {
    return exchange.once(rawTransactions.stream()
        .map(raw -> RpcRequest.of("eth_sendRawTransaction", raw))
        .toList());
  }

  private static Map<String, Object> asObject(@Nullable Address from, Call call) {
    var object = new TreeMap<String, Object>();
    object.put("data", call.data());
    if (call.to() != null) {
      object.put("to", call.to().hex());
    }
    if (from != null) {
      object.put("from", from.hex());
    }
    if (call.valueWei().signum() > 0) {
      object.put("value", Quantity.of(call.valueWei()));
    }
    return object;
  }

  private static byte[] bytes(String method, JsonNode node) {
    return decode(method, node, value -> Hex.decode(value.asText()));
  }

  private static JsonNode result(String method, RpcReply reply) {
    return switch (reply) {
      case RpcReply.Result(var value) -> value;
      case RpcReply.Refused refused
      when refused.isRevert() ->
        throw ChainErrors.reverted("the call", Reverts.reason(refused.data(), refused.message()));
      case RpcReply.Refused(var code, var message, var _) ->
        throw ChainErrors.rpc(method, code, message);
    };
  }

  private static <T> T decode(String method, JsonNode node, Function<JsonNode, T> decoder) {
    try {
      return decoder.apply(node);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw ChainErrors.badAnswer(method, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    exchange.close();
  }
}
