package io.ruche.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.core.BlockHash;
import io.ruche.core.TxHash;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A block's header and the hashes of its transactions. */
public record Block(
    BlockRef ref,
    BlockHash parent,
    Instant timestamp,
    BigInteger baseFeeWei,
    long gasLimit,
    List<TxHash> transactions) {

  public Block {
    transactions = List.copyOf(transactions);
  }

  public long number() {
    return ref.number();
  }

  static Block of(JsonNode node) {
    var hashes = new ArrayList<TxHash>();
    node.path("transactions").forEach(hash -> hashes.add(new TxHash(hash.asText())));
    return new Block(
        new BlockRef(
            Quantity.asLong(node, "number"), new BlockHash(node.path("hash").asText())),
        new BlockHash(node.path("parentHash").asText()),
        Instant.ofEpochSecond(Quantity.asLong(node, "timestamp")),
        node.has("baseFeePerGas") ? Quantity.asBig(node, "baseFeePerGas") : BigInteger.ZERO,
        Quantity.asLong(node, "gasLimit"),
        hashes);
  }
}
