package io.ruche.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.core.Address;
import io.ruche.core.BlockHash;
import io.ruche.core.TxHash;
import java.util.ArrayList;
import java.util.List;

/** An event log as the node gives it, undecoded. */
public record RawLog(
    Address address,
    List<String> topics,
    String data,
    BlockRef block,
    TxHash transaction,
    int index) {

  public RawLog {
    topics = List.copyOf(topics);
  }

  static RawLog of(JsonNode node) {
    var topics = new ArrayList<String>();
    node.path("topics").forEach(topic -> topics.add(topic.asText()));
    return new RawLog(
        new Address(node.path("address").asText()),
        topics,
        node.path("data").asText(),
        new BlockRef(
            Quantity.asLong(node, "blockNumber"),
            new BlockHash(node.path("blockHash").asText())),
        new TxHash(node.path("transactionHash").asText()),
        Math.toIntExact(Quantity.asLong(node, "logIndex")));
  }
}
