package io.ruche.cli.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.output.Durations;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Section;
import io.ruche.sdk.Quote;
import java.util.Locale;

/** How a price is told before it is paid. */
final class QuoteText {
  private QuoteText() {}

  /** One sentence for people. */
  static String sentence(Quote quote) {
    return "%d %s at %s RUC: %s RUC in total%s. %s"
        .formatted(
            quote.demand().tasks(),
            quote.demand().tasks() == 1 ? "task" : "tasks",
            quote.highestPricePerTask(),
            quote.total(),
            quote.demand().isSponsored() ? ", paid by sponsor " + payer(quote) : "",
            trust(quote));
  }

  private static String payer(Quote quote) {
    return quote.demand().payer().checksummed();
  }

  /** What the trust number means. */
  static String trust(Quote quote) {
    int copies = quote.copies();
    return "Trust %d: %s; if a tenth of all workers lied alike, %s of tasks would be wrong."
        .formatted(
            quote.demand().trust(),
            copies == 1 ? "one run settles a task" : copies + " agreeing copies settle a task",
            percent(quote.errorWhenTenthLies()));
  }

  static Section fields(Quote quote) {
    return Fields.of(
        Fields.field("tasks", quote.demand().tasks()),
        Fields.field("price per task", quote.highestPricePerTask() + " RUC"),
        Fields.field("total", quote.total() + " RUC"),
        Fields.field(
            "paid by",
            quote.demand().isSponsored()
                ? payer(quote) + ", a sponsor"
                : payer(quote) + ", the requester"),
        Fields.field("trust", trust(quote)),
        Fields.field(
            "time",
            "%s: %s a run at most, money back after %s"
                .formatted(
                    quote.category().name(),
                    Durations.brief(quote.category().referenceTime()),
                    Durations.brief(quote.category().finalTime()))),
        Fields.field(
            "failures",
            "a run that fails, or that you cancel, is certified and charged like any run"));
  }

  static ObjectNode json(Quote quote) {
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("tasks", quote.demand().tasks())
        .put("pricePerTask", quote.highestPricePerTask().toString())
        .put("total", quote.total().toString())
        .put("unit", "RUC")
        .put("requester", quote.demand().requester().checksummed())
        .put("payer", payer(quote))
        .put("trust", quote.demand().trust())
        .put("copies", quote.copies())
        .put("errorWhenTenthLies", quote.errorWhenTenthLies())
        .put("category", quote.category().id());
    var lots = json.putArray("lots");
    quote
        .lots()
        .forEach(lot -> lots.addObject()
            .put("workerpool", lot.workerpool().workerpool().checksummed())
            .put("tasks", lot.tasks())
            .put("price", lot.price().toString()));
    return json;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2g %%", share * 100);
  }
}
