package io.ruche.chain.tx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.chain.Call;
import io.ruche.chain.rpc.BlockRef;
import io.ruche.core.Address;
import io.ruche.core.BlockHash;
import io.ruche.core.TxHash;
import java.math.BigInteger;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Outbox entries as one line of JSON, for stores that keep text. */
public final class OutboxJson {
  private static final JsonMapper JSON = new JsonMapper();

  private OutboxJson() {}

  public static String write(OutboxEntry entry) {
    var object = JSON.createObjectNode()
        .put("chainId", entry.chainId())
        .put("sender", entry.sender().hex())
        .put("action", entry.actionKey())
        .put("nonce", entry.nonce());
    var call = entry.call();
    var callNode = object.putObject("call");
    if (call.to() != null) {
      callNode.put("to", call.to().hex());
    }
    callNode
        .put("data", call.data())
        .put("value", call.valueWei().toString())
        .put("gas", call.gasLimit());
    var variants = object.putArray("variants");
    for (var variant : entry.variants()) {
      variants
          .addObject()
          .put("hash", variant.hash().hex())
          .put("raw", variant.raw())
          .put("maxFee", variant.fees().maxWei().toString())
          .put("tip", variant.fees().tipWei().toString())
          .put("filler", variant.isFiller());
    }
    writeState(object.putObject("state"), entry.state());
    return object.toString();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static OutboxEntry read(String line) {
    try {
      var object = JSON.readTree(line);
      var variants = new ArrayList<SignedTx>();
      object.required("variants").forEach(variant -> variants.add(variant(variant)));
      return new OutboxEntry(
          object.required("chainId").longValue(),
          new Address(text(object, "sender")),
          text(object, "action"),
          object.required("nonce").longValue(),
          call(object.required("call")),
          variants,
          state(object.required("state")));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON", e);
    }
  }

  private static void writeState(ObjectNode node, TxState state) {
    switch (state) {
      case TxState.Pending _ -> node.put("is", "pending");
      case TxState.Mined(var hash, var block, var isSuccess, var gasUsed) ->
        writeEnd(node.put("is", "mined"), hash, block, isSuccess, gasUsed);
      case TxState.Settled(var hash, var block, var isSuccess, var gasUsed) ->
        writeEnd(node.put("is", "settled"), hash, block, isSuccess, gasUsed);
    }
  }

  private static void writeEnd(
      ObjectNode node, TxHash hash, BlockRef block, boolean isSuccess, long gasUsed) {
    node.put("hash", hash.hex())
        .put("block", block.number())
        .put("blockHash", block.hash().hex())
        .put("success", isSuccess)
        .put("gasUsed", gasUsed);
  }

  private static TxState state(JsonNode node) {
    var is = text(node, "is");
    if (is.equals("pending")) {
      return TxState.PENDING;
    }
    var hash = new TxHash(text(node, "hash"));
    var block =
        new BlockRef(node.required("block").longValue(), new BlockHash(text(node, "blockHash")));
    boolean isSuccess = node.required("success").booleanValue();
    long gasUsed = node.required("gasUsed").longValue();
    return switch (is) {
      case "mined" -> new TxState.Mined(hash, block, isSuccess, gasUsed);
      case "settled" -> new TxState.Settled(hash, block, isSuccess, gasUsed);
      default -> throw new IllegalArgumentException("no such state: " + is);
    };
  }

  private static SignedTx variant(JsonNode node) {
    return new SignedTx(
        new TxHash(text(node, "hash")),
        text(node, "raw"),
        new Fees(new BigInteger(text(node, "maxFee")), new BigInteger(text(node, "tip"))),
        node.required("filler").booleanValue());
  }

  private static Call call(JsonNode node) {
    @Nullable Address to = node.has("to") ? new Address(text(node, "to")) : null;
    return new Call(
        to,
        text(node, "data"),
        new BigInteger(text(node, "value")),
        node.required("gas").longValue());
  }

  private static String text(JsonNode node, String key) {
    var value = node.required(key);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("expected a text for %s, found %s".formatted(key, value));
    }
    return value.textValue();
  }
}
