package io.ruche.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** What a node said to one request. */
public sealed interface RpcReply {
  /** The result; a JSON null for things that are not there. */
  record Result(JsonNode value) implements RpcReply {}

  /**
   * An error of the node.
   *
   * @param data bytes that a reverting contract gave, 0x when none
   */
  record Refused(long code, String message, String data) implements RpcReply {
    /** Whether a contract reverted, as opposed to a node that could not serve. */
    public boolean isRevert() {
      return code == 3 || !data.equals("0x") || message.toLowerCase(Locale.ROOT).contains("revert");
    }
  }
}
