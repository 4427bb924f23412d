package io.ruche.cli.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Table;
import io.ruche.core.Address;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.Publisher.Published;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers that the three kinds of resources share. */
final class Offers {
  /** How many resources a list shows. */
  static final int LISTED = 50;

  private Offers() {}

  /** One line of a list. */
  record Line(
      Address address, Address owner, String name, @Nullable TokenAmount price) {
    String priceText() {
      return price == null ? "not offered" : price + " RUC";
    }
  }

  static void deployed(Session session, String kind, Published published, TokenAmount price) {
    if (!published.isNew()) {
      session.note("This very %s is on offer already; nothing was changed.".formatted(kind));
    }
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("address", published.address().checksummed())
        .put("orderHash", published.order().hex())
        .put("price", price.toString())
        .put("isNew", published.isNew());
    session.answer(new Answer(
        json,
        List.of(Fields.of(
            Fields.field(kind, published.address().checksummed()),
            Fields.field("order", Cell.id(published.order())),
            Fields.field("price", price + " RUC per task"))),
        List.of(published.address().checksummed())));
  }

  static void list(Session session, String kind, List<Line> lines) {
    var json = JsonNodeFactory.instance.objectNode();
    var array = json.putArray(kind + "s");
    var rows = new ArrayList<List<Cell>>();
    for (var line : lines) {
      var entry = array
          .addObject()
          .put("address", line.address().checksummed())
          .put("owner", line.owner().checksummed())
          .put("name", line.name());
      if (line.price() != null) {
        entry.put("price", line.price().toString());
      }
      rows.add(List.of(
          Cell.of(line.address().checksummed()),
          Cell.of(line.name()),
          Cell.of(line.priceText()),
          Cell.id(line.owner().checksummed())));
    }
    if (rows.isEmpty()) {
      session.note("No %s is registered on this hub yet.".formatted(kind));
    }
    session.answer(new Answer(
        json,
        List.of(new Table(List.of("ADDRESS", "NAME", "PRICE", "OWNER"), rows)),
        lines.stream().map(line -> line.address().checksummed()).toList()));
  }
}
