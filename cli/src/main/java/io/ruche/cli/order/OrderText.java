package io.ruche.cli.order;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Fields.Field;
import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.DatasetOrder;
import io.ruche.core.Order;
import io.ruche.core.OrderHash;
import io.ruche.core.OrderJson;
import io.ruche.core.RequestOrder;
import io.ruche.core.WorkerpoolOrder;
import java.util.ArrayList;
import java.util.List;

/** An order in words, and as JSON. */
final class OrderText {
  private OrderText() {}

  static String kind(Order order) {
    return switch (order) {
      case AppOrder _ -> "app";
      case DatasetOrder _ -> "dataset";
      case WorkerpoolOrder _ -> "workerpool";
      case RequestOrder _ -> "request";
    };
  }

  static ObjectNode json(Order order, OrderHash hash) {
    var json =
        JsonNodeFactory.instance.objectNode().put("orderHash", hash.hex()).put("kind", kind(order));
    json.set("order", OrderJson.write(order));
    return json;
  }

  static List<Field> fields(Order order, OrderHash hash) {
    var fields = new ArrayList<Field>();
    fields.add(Fields.field("order", hash));
    fields.add(Fields.field("kind", kind(order)));
    switch (order) {
      case AppOrder app -> {
        fields.add(address("app", app.app()));
        fields.add(Fields.field("price", app.price() + " RUC per task"));
      }
      case DatasetOrder dataset -> {
        fields.add(address("dataset", dataset.dataset()));
        fields.add(Fields.field("price", dataset.price() + " RUC per task"));
      }
      case WorkerpoolOrder pool -> {
        fields.add(address("workerpool", pool.workerpool()));
        fields.add(Fields.field("price", pool.price() + " RUC per task"));
        fields.add(Fields.field("category", pool.categoryId()));
        fields.add(Fields.field("trust up to", pool.trust()));
      }
      case RequestOrder request -> request(fields, request);
    }
    fields.add(Fields.field("volume", order.volume() + " tasks"));
    fields.add(Fields.field("for", audience(order)));
    return fields;
  }

  private static void request(List<Field> fields, RequestOrder request) {
    fields.add(address("requester", request.requester()));
    fields.add(address("app", request.app()));
    fields.add(Fields.field("app price up to", request.appMaxPrice() + " RUC per task"));
    if (!request.dataset().isZero()) {
      fields.add(address("dataset", request.dataset()));
      fields.add(Fields.field("dataset price up to", request.datasetMaxPrice() + " RUC per task"));
    }
    fields.add(Fields.field("pool price up to", request.workerpoolMaxPrice() + " RUC per task"));
    fields.add(Fields.field("category", request.categoryId()));
    fields.add(Fields.field("trust", request.trust()));
    if (!request.callback().isZero()) {
      fields.add(address("callback", request.callback()));
    }
    fields.add(Fields.field("params", request.params()));
  }

  private static Field address(String name, Address address) {
    return Fields.field(name, Cell.of(address.checksummed()));
  }

  /** Who may use the order, in words. */
  static String audience(Order order) {
    var parts = new ArrayList<String>();
    switch (order) {
      case AppOrder app -> {
        add(parts, "requester", app.requesterRestrict());
        add(parts, "dataset", app.datasetRestrict());
        add(parts, "workerpool", app.workerpoolRestrict());
      }
      case DatasetOrder dataset -> {
        add(parts, "requester", dataset.requesterRestrict());
        add(parts, "app", dataset.appRestrict());
        add(parts, "workerpool", dataset.workerpoolRestrict());
      }
      case WorkerpoolOrder pool -> {
        add(parts, "requester", pool.requesterRestrict());
        add(parts, "app", pool.appRestrict());
        add(parts, "dataset", pool.datasetRestrict());
      }
      case RequestOrder request -> add(parts, "workerpool", request.workerpool());
    }
    return parts.isEmpty() ? "anybody" : String.join(", ", parts);
  }

  private static void add(List<String> parts, String kind, Address restriction) {
    if (!restriction.isZero()) {
      parts.add("%s %s (itself or members)".formatted(kind, restriction.checksummed()));
    }
  }
}
