package io.ruche.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.core.Address;
import io.ruche.core.BlockHash;
import io.ruche.core.TxHash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trace of a transaction in a block.
 *
 * @param contract the contract it created, if it did
 */
public record Receipt(
    TxHash transaction,
    BlockRef block,
    boolean isSuccess,
    long gasUsed,
    BigInteger gasPriceWei,
    @Nullable Address contract,
    List<RawLog> logs) {

  public Receipt {
    logs = List.copyOf(logs);
  }

  static Receipt of(JsonNode node) {
    var logs = new ArrayList<RawLog>();
    node.path("logs").forEach(log -> logs.add(RawLog.of(log)));
    var contract = node.path("contractAddress");
    return new Receipt(
        new TxHash(node.path("transactionHash").asText()),
        new BlockRef(
            Quantity.asLong(node, "blockNumber"),
            new BlockHash(node.path("blockHash").asText())),
        Quantity.asLong(node, "status") == 1,
        Quantity.asLong(node, "gasUsed"),
        node.has("effectiveGasPrice") ? Quantity.asBig(node, "effectiveGasPrice") : BigInteger.ZERO,
        contract.isTextual() ? new Address(contract.asText()) : null,
        logs);
  }
}
