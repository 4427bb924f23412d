package io.ruche.chain.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.chain.ChainErrors;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.abi.AbiEvent;
import io.ruche.chain.rpc.Quantity;
import io.ruche.chain.rpc.RpcTransport;
import io.ruche.core.Address;
import io.ruche.core.Hex;
import io.ruche.core.Keccak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain in memory that speaks just enough JSON-RPC, and can be cut back, extended and switched
 * off.
 */
final class FakeChain implements RpcTransport {
  static final Address HUB = new Address("0x" + "12".repeat(20));
  static final long CHAIN_ID = 65_535;
  private static final AbiEvent LOCK = AbiEvent.of("Lock(address,uint256)", 0);
  private static final JsonMapper JSON = new JsonMapper();

  /** What a node that is not to be relied on makes of the truth. */
  enum Lie {
    NONE,
    /** The newest block is one that does not exist. */
    HEAD_FAR_AHEAD,
    /** The newest blocks are missing, as on a node that lags. */
    HEAD_BEHIND,
    /** A block has another hash each time, though nothing was reorganised. */
    HASHES_CHANGE
  }

  private static final int LIE_BLOCKS = 3;

  /** A block and the amounts of the events in it. */
  private record Mined(long number, String hash, String parent, List<Long> amounts) {}

  private final List<Mined> blocks = new ArrayList<>();
  private long made;
  private boolean isDown;
  private Lie lie = Lie.NONE;
  private @Nullable List<Long> replacedAtNextLogs;
  private int logRequests;

  FakeChain() {
    extend(List.of());
  }

  synchronized void extend(List<Long> amounts) {
    var hash = hash("block " + made++);
    var parent = blocks.isEmpty() ? "0x" + "0".repeat(64) : blocks.getLast().hash();
    blocks.add(new Mined(blocks.size(), hash, parent, amounts));
  }

  /** Drops the newest blocks; the first always stays. */
  synchronized void cut(int depth) {
    for (int i = 0; i < depth && blocks.size() > 1; i++) {
      blocks.removeLast();
    }
  }

  /**
   * A reorg of one block in the moment between a reader's hearing of it and its asking for logs.
   */
  synchronized void dropNewestAtNextLogs(List<Long> replacement) {
    replacedAtNextLogs = replacement;
  }

  synchronized void isDown(boolean value) {
    isDown = value;
  }

  synchronized void lie(Lie value) {
    lie = value;
  }

  synchronized int height() {
    return blocks.size() - 1;
  }

  /** Amounts of all events up to this block, in order. */
  synchronized List<Long> amounts(long toBlock) {
    return blocks.stream()
        .filter(block -> block.number() <= toBlock)
        .flatMap(block -> block.amounts().stream())
        .toList();
  }

  @Override
  public synchronized String exchange(String requestBody) {
    if (isDown) {
      throw ChainErrors.unreachable("the fake chain", "it is switched off", null);
    }
    try {
      var request = JSON.readTree(requestBody);
      if (!request.isArray()) {
        return answer(request).toString();
      }
      var answers = JSON.createArrayNode();
      request.forEach(each -> answers.add(answer(each)));
      return answers.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectNode answer(JsonNode request) {
    var answer = JSON.createObjectNode().put("id", request.path("id").asInt());
    var first = request.path("params").path(0);
    switch (request.path("method").asText()) {
      case "eth_chainId" -> answer.put("result", Quantity.of(CHAIN_ID));
      case "eth_getBlockByNumber" -> answer.set("result", block(first.asText()));
      case "eth_getLogs" -> logs(answer, first);
      default -> answer.putObject("error").put("code", -32_601).put("message", "no such method");
    }
    return answer;
  }

  private JsonNode block(String number) {
    boolean isHead = number.equals("latest");
    if (isHead && lie == Lie.HEAD_FAR_AHEAD) {
      return node(new Mined(height() + 1_000, hash("ahead"), hash("its parent"), List.of()));
    }
    long last = lie == Lie.HEAD_BEHIND ? Math.max(0, height() - LIE_BLOCKS) : height();
    long wanted = isHead ? last : Quantity.big(number).longValueExact();
    if (wanted > last) {
      return JSON.nullNode();
    }
    var node = node(blocks.get((int) wanted));
    return lie == Lie.HASHES_CHANGE ? node.put("hash", hash("lie " + made++)) : node;
  }

  private static ObjectNode node(Mined block) {
    var node = JSON.createObjectNode()
        .put("number", Quantity.of(block.number()))
        .put("hash", block.hash())
        .put("parentHash", block.parent())
        .put("timestamp", Quantity.of(1_000 + block.number()))
        .put("gasLimit", "0x1");
    node.putArray("transactions");
    return node;
  }

  private static String hash(String text) {
    return Hex.encode(Keccak.hashText(text));
  }

  synchronized int logRequests() {
    return logRequests;
  }

  private void logs(ObjectNode answer, JsonNode filter) {
    logRequests++;
    if (replacedAtNextLogs != null) {
      cut(1);
      extend(replacedAtNextLogs);
      replacedAtNextLogs = null;
    }
    if (filter.has("blockHash")) {
      var hash = filter.path("blockHash").asText();
      var found = blocks.stream().filter(block -> block.hash().equals(hash)).toList();
      if (found.isEmpty()) {
        answer.putObject("error").put("code", -32_000).put("message", "unknown block");
        return;
      }
      addLogs(answer, found);
      return;
    }
    long from = Quantity.big(filter.path("fromBlock").asText()).longValueExact();
    long to = Quantity.big(filter.path("toBlock").asText()).longValueExact();
    addLogs(
        answer,
        blocks.stream()
            .filter(block -> block.number() >= from && block.number() <= to)
            .toList());
  }

  private static void addLogs(ObjectNode answer, List<Mined> found) {
    var logs = answer.putArray("result");
    for (var block : found) {
      for (int i = 0; i < block.amounts().size(); i++) {
        var data = new AbiEncoder().address(HUB).uint(block.amounts().get(i)).toBytes();
        var log = logs.addObject()
            .put("address", HUB.hex())
            .put("data", Hex.encode(data))
            .put("blockNumber", Quantity.of(block.number()))
            .put("blockHash", block.hash())
            .put("transactionHash", block.hash())
            .put("logIndex", Quantity.of(i));
        log.putArray("topics").add(LOCK.topic());
      }
    }
  }
}
