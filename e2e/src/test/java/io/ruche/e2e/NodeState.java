package io.ruche.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.Hex;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** All that a node would keep, as it answers to {@code anvil_dumpState}. */
final class NodeState {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_LOOKS = 20;

  private NodeState() {}

  /** Asks the node for its state, which it gives as hex. */
  interface Question {
    String ask() throws IOException;
  }

  /**
   * The first state that is whole. The node collects its blocks, then transactions, then accounts:
   * when it mines in between, it tells of a transaction's effect and not of the block that had it.
   */
  static String whole(Question state) throws IOException {
    for (int look = 0; look < MAX_LOOKS; look++) {
      var text = state.ask();
      if (isWhole(text)) {
        return text;
      }
    }
    throw new IOException(
        "expected a node's state with all transactions of its accounts, found some missing at"
            + " each of " + MAX_LOOKS + " looks");
  }

  /** The JSON that the node packs. */
  static GZIPInputStream unpacked(String state) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(Hex.decode(state)));
  }

  /**
   * Each transaction is in a block and counts up the nonce of who signed it; contracts sign none.
   */
  private static boolean isWhole(String state) throws IOException {
    try (var json = unpacked(state)) {
      var content = JSON.readTree(json);
      long sent = 0;
      for (var account : content.path("accounts")) {
        sent +=
            account.path("code").asText().equals("0x") ? account.path("nonce").asLong() : 0;
      }
      long mined = 0;
      long last = 0;
      for (var block : content.path("blocks")) {
        mined += block.path("transactions").size();
        last = Math.max(last, number(block.path("header").path("number")));
      }
      return sent == mined
          && sent == content.path("transactions").size()
          && last == number(content.path("best_block_number"))
          && last == number(content.path("block").path("number"));
    }
  }

  private static long number(JsonNode value) {
    return value.isNumber() ? value.asLong() : Long.decode(value.asText());
  }
}
