package io.ruche.chain.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.chain.ChainErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Texts of JSON-RPC 2.0: builds request batches, reads the replies back into request order. */
final class JsonRpc {
  private static final int MAX_STRING = 32 << 20;
  private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(MAX_STRING).build())
          .build())
      .build();
  private static final int MAX_SHOWN = 200;

  private JsonRpc() {}

  /** One object for a single request, an array for more: some nodes take no batch of one. */
  static String body(List<RpcRequest> requests) {
    var array = JSON.createArrayNode();
    for (int i = 0; i < requests.size(); i++) {
      var request = requests.get(i);
      var object = array.addObject();
      object.put("jsonrpc", "2.0");
      object.put("id", i);
      object.put("method", request.method());
      object.set("params", JSON.valueToTree(request.params()));
    }
    return requests.size() == 1 ? array.get(0).toString() : array.toString();
  }

  static List<RpcReply> replies(List<RpcRequest> requests, String body) {
    var method = requests.getFirst().method();
    var answer = parse(method, body);
    var replies = new RpcReply[requests.size()];
    if (answer.isArray()) {
      answer.forEach(item -> place(item, replies, method));
    } else if (requests.size() == 1 || answer.path("error").isMissingNode()) {
      place(answer, replies, method);
    } else {
      Arrays.fill(replies, refusal(answer.path("error")));
    }
    var list = new ArrayList<RpcReply>(replies.length);
    for (int i = 0; i < replies.length; i++) {
      if (replies[i] == null) {
        throw ChainErrors.badAnswer(
            requests.get(i).method(), "no reply with id %d".formatted(i), null);
      }
      list.add(replies[i]);
    }
    return list;
  }

  private static JsonNode parse(String method, String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw ChainErrors.badAnswer(method, "no JSON, found " + abbreviated(body), e);
    }
  }

  private static void place(JsonNode item, RpcReply[] replies, String method) {
    int id = item.path("id").asInt(-1);
    if (!(item instanceof ObjectNode) || id < 0 || id >= replies.length || replies[id] != null) {
      throw ChainErrors.badAnswer(method, "found " + abbreviated(item.toString()), null);
    }
    if (item.hasNonNull("error")) {
      replies[id] = refusal(item.path("error"));
    } else if (item.has("result")) {
      replies[id] = new RpcReply.Result(item.path("result"));
    } else {
      throw ChainErrors.badAnswer(method, "neither result nor error", null);
    }
  }

  private static RpcReply refusal(JsonNode error) {
    var data = error.path("data");
    var bytes = data.isObject() ? data.path("data") : data;
    return new RpcReply.Refused(
        error.path("code").asLong(),
        abbreviated(error.path("message").asText()),
        bytes.isTextual() && bytes.asText().startsWith("0x") ? bytes.asText() : "0x");
  }

  private static String abbreviated(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }
}
