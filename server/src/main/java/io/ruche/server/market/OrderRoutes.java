package io.ruche.server.market;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.ruche.core.Hex;
import io.ruche.core.Order;
import io.ruche.core.OrderJson;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.http.Json;
import io.ruche.server.http.Read;
import io.ruche.store.BookedOrder;
import io.ruche.store.BookedOrder.Kind;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The order board's paths: publish, list, find by hash, one set for each kind of order. */
public final class OrderRoutes implements HttpOrigin.Routes {
  private static final DateTimeFormatter ISO_MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final int CHALLENGE_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final OrderDesk desk;
  private final long chainId;

  public OrderRoutes(OrderDesk desk, long chainId) {
    this.desk = desk;
    this.chainId = chainId;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/challenge", this::challenge);
    for (var kind : Kind.values()) {
      var path = "/%sorders".formatted(kind.name().toLowerCase(Locale.ROOT));
      routes.post(path, context -> publish(context, kind));
      routes.get(path, context -> list(context, kind));
      routes.get(path + "/{hash}", context -> show(context, kind));
    }
  }

  /**
   * Typed data that clients of this interface sign before they publish. An order is judged by its
   * own signature, so nothing hangs on this one yet.
   */
  private void challenge(Context context) {
    requireChain(context);
    byte[] text = new byte[CHALLENGE_BYTES];
    random.nextBytes(text);
    var data = Json.object().put("primaryType", "Challenge");
    var types = data.putObject("types");
    field(
        field(field(types.putArray("EIP712Domain"), "name", "string"), "version", "string"),
        "chainId",
        "uint256");
    field(types.putArray("Challenge"), "challenge", "string");
    data.putObject("domain")
        .put("name", "Ruche order board")
        .put("version", "1")
        .put("chainId", chainId);
    data.putObject("message").put("challenge", Hex.encode(text));
    var answer = Json.object().put("ok", true);
    answer.set("data", data);
    Json.answer(context, answer);
  }

  private static ArrayNode field(ArrayNode fields, String name, String type) {
    fields.addObject().put("name", name).put("type", type);
    return fields;
  }

  private void publish(Context context, Kind kind) {
    requireChain(context);
    var booked = desk.publish(read(Json.body(context), kind));
    var answer = Json.object().put("ok", true);
    answer.set("published", entry(booked));
    Json.answer(context, answer);
  }

  private void list(Context context, Kind kind) {
    requireChain(context);
    var query = OrderQueries.read(context, kind);
    var page = desk.page(query);
    var answer = Json.object().put("ok", true).put("count", page.count());
    if ((query.pageIndex() + 1L) * query.pageSize() < page.count()) {
      answer.put("nextPage", query.pageIndex() + 1);
    }
    var orders = answer.putArray("orders");
    page.orders().forEach(order -> orders.add(entry(order)));
    Json.answer(context, answer);
  }

  private void show(Context context, Kind kind) {
    requireChain(context);
    var hash = Read.order(context, "hash");
    var booked = desk.find(hash)
        .filter(order -> order.kind() == kind)
        .orElseThrow(() -> HttpProblem.notFound(
            "ORDER_UNKNOWN", "no order %s is published here.".formatted(hash)));
    Json.answer(context, entry(booked).put("ok", true));
  }

  private void requireChain(Context context) {
    var asked = Read.number(context, "chainId", Long.MAX_VALUE);
    if (asked == null || asked != chainId) {
      throw HttpProblem.badRequest(
          "WRONG_CHAIN",
          "expected chainId %d in the query, found %s.".formatted(chainId, asked),
          "Use the order board of your chain.");
    }
  }

  private static Order read(ObjectNode body, Kind kind) {
    var json = body.path("order");
    try {
      return switch (kind) {
        case APP -> OrderJson.app(json);
        case DATASET -> OrderJson.dataset(json);
        case WORKERPOOL -> OrderJson.workerpool(json);
        case REQUEST -> OrderJson.request(json);
      };
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest("BAD_ORDER", "%s.".formatted(e.getMessage()), "");
    }
  }

  private ObjectNode entry(BookedOrder booked) {
    var entry = Json.object()
        .put("orderHash", booked.hash().hex())
        .put("chainId", chainId)
        .put("remaining", booked.remaining())
        .put("status", booked.status().name().toLowerCase(Locale.ROOT))
        .put("publicationTimestamp", ISO_MILLIS.format(booked.publishedAt()))
        .put("signer", booked.signer().checksummed());
    entry.set("order", Json.parse(booked.body()));
    return entry;
  }
}
