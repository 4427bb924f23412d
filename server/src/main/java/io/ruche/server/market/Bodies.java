package io.ruche.server.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.store.BookedOrder;

/** Orders as the book keeps them: the JSON that was published. */
final class Bodies {
  private static final JsonMapper JSON = new JsonMapper();

  private Bodies() {}

  static JsonNode of(BookedOrder order) {
    try {
      return JSON.readTree(order.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the book holds no JSON for order " + order.hash(), e);
    }
  }
}
