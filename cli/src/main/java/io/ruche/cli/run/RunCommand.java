package io.ruche.cli.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.Connection;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.app.FunctionCall;
import io.ruche.cli.deal.BagAnswer;
import io.ruche.cli.deal.Delivery;
import io.ruche.cli.deal.Follow;
import io.ruche.cli.deal.Overdue;
import io.ruche.cli.deal.ToldFuel;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Table;
import io.ruche.core.DealId;
import io.ruche.sdk.Quote;
import io.ruche.sdk.RucheClient;
import io.ruche.sdk.RunBook;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      "  ruche run 0x5FbD..0aa3 --tasks 12 --dataset 0xCf7E..0Fc9 --trust 3 --output-dir out",
      "  ruche run 0x5FbD..0aa3 --wallet bob --sponsor alice      bob asks, alice pays"
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
    try (var client = Connection.open(session);
        var payer = payer()) {
      var preparation = new Preparation(session, client);
      var sender = payer == null ? client : payer;
      var call = preparation.call(options);
      var demand = preparation.demand(options, call, sender.wallet().address());
      var quote = client.quoter().quote(demand);
      session.note(QuoteText.sentence(quote));
      var estimate = Estimate.ask(client, options.app);
      session.note(estimate.sentence());
      if (options.isDryRun) {
        answer(quote, estimate);
        return ExitCode.OK;
      }
      if (!options.skipsPreflight) {
        preparation.requireFetchable(quote.demand());
      }
      return buy(client, sender, quote, call);
    }
  }

  /** The sponsor's way into the network; null when the requester pays. */
  private @Nullable RucheClient payer() {
    return options.sponsor == null ? null : Connection.openAs(session, options.sponsor);
  }

  private int buy(RucheClient client, RucheClient payer, Quote quote, @Nullable FunctionCall call) {
    var book = new RunBook(session.home().create().runs());
    var purchase = client.purchase(book, session.clock(), payer);
    var deals = purchase.complete(purchase.begin(quote));
    deals.forEach(deal -> session.note("Deal " + deal + " is made."));
    if (!options.isWatched && options.outputDir == null) {
      answer(quote, deals);
      return ExitCode.OK;
    }
    var bag = new Follow(session, client).untilEnded(deals);
    var folder = options.outputDir == null && call != null
        ? Delivery.defaultFolder(deals.getFirst())
        : options.outputDir;
    var fetched =
        folder == null ? Delivery.none(bag) : new Delivery(session, client).fetch(bag, folder);
    var items = ToldFuel.add(client, bag, fetched);
    var answer = BagAnswer.of(bag, items);
    var json = BagAnswer.json(bag, items);
    json.set("quote", QuoteText.json(quote));
    var sections = new ArrayList<>(answer.sections());
    if (call != null) {
      Answers.of(call, items).addTo(json, sections);
    }
    session.answer(new Answer(json, sections, answer.names()));
    new Overdue(bag).tell(session);
    return BagAnswer.exitCode(bag, items);
  }

  private void answer(Quote quote, Estimate estimate) {
    var json = JsonNodeFactory.instance.objectNode();
    json.set("quote", QuoteText.json(quote));
    json.set("estimate", estimate.json());
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
