package io.ruche.server.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.chain.Call;
import io.ruche.chain.rpc.BlockRef;
import io.ruche.chain.tx.Fees;
import io.ruche.chain.tx.OutboxEntry;
import io.ruche.chain.tx.OutboxStore;
import io.ruche.chain.tx.SignedTx;
import io.ruche.chain.tx.TxState;
import io.ruche.core.Address;
import io.ruche.core.BlockHash;
import io.ruche.core.TxHash;
import io.ruche.server.http.Json;
import io.ruche.store.SqlOutbox;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signed transactions in SQL: what the sender saved is on disk before it leaves. */
public final class SqlOutboxStore implements OutboxStore {
  private final SqlOutbox outbox;

  public SqlOutboxStore(SqlOutbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public List<OutboxEntry> loadOpen(long chainId, Address sender) {
    return outbox.open(chainId, sender).stream().map(SqlOutboxStore::entry).toList();
  }

  @Override
  public Optional<OutboxEntry> find(long chainId, Address sender, String actionKey) {
    return outbox.find(chainId, sender, actionKey).map(SqlOutboxStore::entry);
  }

  @Override
  public void save(List<OutboxEntry> entries) {
    outbox.save(entries.stream().map(SqlOutboxStore::row).toList());
  }

  private static SqlOutbox.Row row(OutboxEntry entry) {
    return new SqlOutbox.Row(
        entry.chainId(),
        entry.sender(),
        entry.actionKey(),
        entry.nonce(),
        !(entry.state() instanceof TxState.Settled),
        body(entry).toString());
  }

  private static ObjectNode body(OutboxEntry entry) {
    var call = entry.call();
    var body = Json.object();
    if (call.to() != null) {
      body.put("to", call.to().hex());
    }
    body.put("data", call.data())
        .put("valueWei", call.valueWei().toString())
        .put("gasLimit", call.gasLimit());
    var variants = body.putArray("variants");
    for (var variant : entry.variants()) {
      variants
          .addObject()
          .put("hash", variant.hash().hex())
          .put("raw", variant.raw())
          .put("tipWei", variant.fees().tipWei().toString())
          .put("maxWei", variant.fees().maxWei().toString())
          .put("isFiller", variant.isFiller());
    }
    switch (entry.state()) {
      case TxState.Pending _ -> body.put("state", "pending");
      case TxState.Mined(var hash, var block, var isSuccess, var gasUsed) ->
        mined(body.put("state", "mined"), hash, block, isSuccess, gasUsed);
      case TxState.Settled(var hash, var block, var isSuccess, var gasUsed) ->
        mined(body.put("state", "settled"), hash, block, isSuccess, gasUsed);
    }
    return body;
  }

  private static void mined(
      ObjectNode body, TxHash hash, BlockRef block, boolean isSuccess, long gasUsed) {
    body.put("minedHash", hash.hex())
        .put("block", block.number())
        .put("blockHash", block.hash().hex())
        .put("isSuccess", isSuccess)
        .put("gasUsed", gasUsed);
  }

  private static OutboxEntry entry(SqlOutbox.Row row) {
    var body = Json.parse(row.body());
    var to = body.has("to") ? new Address(body.path("to").asText()) : null;
    var call = new Call(
        to,
        body.path("data").asText(),
        new BigInteger(body.path("valueWei").asText()),
        body.path("gasLimit").asLong());
    var variants = new ArrayList<SignedTx>();
    for (var variant : body.path("variants")) {
      variants.add(new SignedTx(
          new TxHash(variant.path("hash").asText()),
          variant.path("raw").asText(),
          new Fees(
              new BigInteger(variant.path("maxWei").asText()),
              new BigInteger(variant.path("tipWei").asText())),
          variant.path("isFiller").asBoolean()));
    }
    return new OutboxEntry(
        row.chainId(), row.sender(), row.actionKey(), row.nonce(), call, variants, state(body));
  }

  private static TxState state(JsonNode body) {
    var name = body.path("state").asText();
    if (name.equals("pending")) {
      return TxState.PENDING;
    }
    var hash = new TxHash(body.path("minedHash").asText());
    var block = new BlockRef(
        body.path("block").asLong(), new BlockHash(body.path("blockHash").asText()));
    boolean isSuccess = body.path("isSuccess").asBoolean();
    long gasUsed = body.path("gasUsed").asLong();
    return name.equals("settled")
        ? new TxState.Settled(hash, block, isSuccess, gasUsed)
        : new TxState.Mined(hash, block, isSuccess, gasUsed);
  }
}
