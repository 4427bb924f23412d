package io.ruche.cli.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.Connection;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.deal.BagAnswer;
import io.ruche.cli.deal.Delivery;
import io.ruche.cli.deal.Follow;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Table;
import io.ruche.core.DealId;
import io.ruche.sdk.Quote;
import io.ruche.sdk.RucheClient;
import io.ruche.sdk.RunBook;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Buys runs. */
@Command(
    name = "run",
    description = {
      "Buy one run of an app, or a bag of them.",
      "The price is told first; everything is checked before anything is signed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche run 0x5FbDB2315678afecb367f032d93F642f64180aa3 --args 'hello' --watch",
      "  ruche run 0x5FbD..0aa3 --tasks 12 --dataset 0xCf7E..0Fc9 --trust 3 --output-dir out"
    })
public final class RunCommand implements Callable<Integer> {
  private final Session session;

  @Mixin
  private final RunOptions options = new RunOptions();

  public RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (var client = Connection.open(session)) {
      var preparation = new Preparation(session, client);
      var quote = client.quoter().quote(preparation.demand(options));
      session.note(QuoteText.sentence(quote));
      if (options.isDryRun) {
        answer(quote);
        return ExitCode.OK;
      }
      if (!options.skipsPreflight) {
        preparation.requireFetchable(quote.demand());
      }
      return buy(client, quote);
    }
  }

  private int buy(RucheClient client, Quote quote) {
    var purchase = client.purchase(new RunBook(session.home().create().runs()), session.clock());
    var deals = purchase.complete(purchase.begin(quote));
    deals.forEach(deal -> session.note("Deal " + deal + " is made."));
    if (!options.isWatched && options.outputDir == null) {
      answer(quote, deals);
      return ExitCode.OK;
    }
    var bag = new Follow(session, client).untilEnded(deals);
    var folder = options.outputDir;
    var items =
        folder == null ? Delivery.none(bag) : new Delivery(session, client).fetch(bag, folder);
    var answer = BagAnswer.of(client.watch(deals).deals(), items);
    var json = BagAnswer.json(client.watch(deals).deals(), items);
    json.set("quote", QuoteText.json(quote));
    session.answer(new Answer(json, answer.sections(), answer.names()));
    return BagAnswer.exitCode(items);
  }

  private void answer(Quote quote) {
    var json = JsonNodeFactory.instance.objectNode();
    json.set("quote", QuoteText.json(quote));
    session.answer(
        new Answer(json, List.of(QuoteText.fields(quote)), List.of(quote.total().toString())));
  }

  private void answer(Quote quote, List<DealId> deals) {
    var json = JsonNodeFactory.instance.objectNode();
    var ids = json.putArray("deals");
    deals.forEach(deal -> ids.add(deal.hex()));
    json.set("quote", QuoteText.json(quote));
    var rows = deals.stream().map(deal -> List.of(Cell.of(deal.hex()))).toList();
    session.answer(new Answer(
        json,
        List.of(new Table(List.of("DEAL"), rows)),
        deals.stream().map(DealId::hex).toList()));
    session.note("Follow it with `ruche deal watch %s`.".formatted(deals.getFirst()));
  }
}
