package io.ruche.e2e;

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
   * The first state that is whole. The node collects its blocks first and its accounts after: when
   * it mines in between, it tells of a transaction's effect and not of the block that had it.
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

  /** Each transaction counts up the nonce of who signed it, and contracts sign none. */
  private static boolean isWhole(String state) throws IOException {
    try (var json = unpacked(state)) {
      var content = JSON.readTree(json);
      long sent = 0;
      for (var account : content.path("accounts")) {
        sent +=
            account.path("code").asText().equals("0x") ? account.path("nonce").asLong() : 0;
      }
      return sent == content.path("transactions").size();
    }
  }
}
