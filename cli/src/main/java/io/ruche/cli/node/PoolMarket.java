package io.ruche.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Cell;
import io.ruche.core.RucheException;
import io.ruche.sdk.MarketClient;
import java.time.DateTimeException;
import java.time.Instant;

/** What a pool's server tells anybody who looks at it. */
final class PoolMarket {
  private PoolMarket() {}

  static MarketClient open(Session session) {
    var network = session.network();
    return MarketClient.toRead(network.market(), network.chainId());
  }

  /** The answer for programs. */
  static JsonNode body(JsonNode answer) {
    var body = (ObjectNode) answer.deepCopy();
    body.remove("ok");
    return body;
  }

  static Cell time(JsonNode text, Session session) {
    try {
      return Cell.time(Instant.parse(text.asText()), session.clock().instant());
    } catch (DateTimeException e) {
      throw new RucheException(
          "POOL_ANSWER",
          "expected a time in the pool's answer, found %s.".formatted(text),
          "Ask its operator which version runs there.",
          false,
          e);
    }
  }

  /** Says that not all is listed. */
  static void noteFurther(JsonNode answer, String what, Session session) {
    long further = answer.path("further").asLong();
    if (further > 0) {
      session.note("%d further %s are not listed.".formatted(further, what));
    }
  }
}
