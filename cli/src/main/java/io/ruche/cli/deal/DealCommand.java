package io.ruche.cli.deal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.Connection;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Table;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.TaskStatus;
import io.ruche.sdk.BagView;
import io.ruche.sdk.RunBook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows deals and what they gave. */
@Command(
    name = "deal",
    description = "Show, follow and stop deals, fetch their results, claim what is overdue.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche deal list                      deals that were bought from this home",
      "  ruche deal results 0x1f4e..77        fetch and verify"
    })
public final class DealCommand {
  private final Session session;

  public DealCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "list",
      description = {
        "List the deals that were bought from this home.",
        "A run that was killed before its match is completed with --resume."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche deal list                      deals, newest last",
        "  ruche deal list --resume             also match what a killed run left unmatched"
      })
  int list(
      @Option(names = "--resume", description = "Match what a killed run left.") boolean resumes) {
    var runs = new RunBook(session.home().runs()).all();
    var json = JsonNodeFactory.instance.objectNode();
    var array = json.putArray("deals");
    var rows = new ArrayList<List<Cell>>();
    var names = new ArrayList<String>();
    try (var client = resumes ? Connection.open(session) : Connection.openToRead(session)) {
      for (var run : runs) {
        if (resumes) {
          client.purchase(new RunBook(session.home().runs()), session.clock()).complete(run);
        }
        for (var id : run.deals()) {
          var deal = client.view().deal(id);
          var tasks = deal.map(found -> Long.toString(found.botSize())).orElse("none, not matched");
          array
              .addObject()
              .put("deal", id.hex())
              .put("begunAt", run.begunAt().toString())
              .put("isMatched", deal.isPresent())
              .put("tasks", deal.map(Deal::botSize).orElse(0L));
          names.add(id.hex());
          rows.add(List.of(
              Cell.of(id.hex()),
              Cell.time(run.begunAt(), session.clock().instant()),
              Cell.of(tasks)));
        }
      }
    }
    session.answer(
        new Answer(json, List.of(new Table(List.of("DEAL", "BEGUN", "TASKS"), rows)), names));
    return ExitCode.OK;
  }

  @Command(
      name = "show",
      description = "Show one deal and its tasks.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche deal show 0x1f4e..77           the deal and the state of each task",
        "  ruche deal show 0x1f4e..77 --output json"
      })
  int show(@Parameters(paramLabel = "DEAL", description = "Id of the deal.") DealId id) {
    try (var client = Connection.openToRead(session)) {
      var watch = client.watch(List.of(id));
      var bag = watch.look();
      var items = ToldFuel.add(client, bag, Delivery.none(bag));
      var deal = watch.deals().getFirst();
      var answer = BagAnswer.of(bag, items);
      var sections = new ArrayList<>(answer.sections());
      sections.addFirst(fields(deal, bag));
      var json = BagAnswer.json(bag, items);
      json.set("deal", json(deal));
      session.answer(new Answer(json, sections, answer.names()));
      new Overdue(bag).tell(session);
      return ExitCode.OK;
    }
  }

  @Command(
      name = "watch",
      description = "Follow a deal until all its tasks have ended.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche deal watch 0x1f4e..77          a progress line, then the tasks",
        "  ruche deal watch 0x1f4e..77 --output json"
      })
  int watch(@Parameters(paramLabel = "DEAL", description = "Id of the deal.") DealId id) {
    try (var client = Connection.openToRead(session)) {
      var bag = new Follow(session, client).untilEnded(List.of(id));
      var items = ToldFuel.add(client, bag, Delivery.none(bag));
      session.answer(BagAnswer.of(bag, items));
      new Overdue(bag).tell(session);
      return BagAnswer.exitCode(bag, items);
    }
  }

  @Command(
      name = "results",
      description = "Fetch the results of a deal and verify them against the chain.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche deal results 0x1f4e..77        into a folder named after the deal",
        "  ruche deal results 0x1f4e..77 --output-dir out --output json"
      })
  int results(
      @Parameters(paramLabel = "DEAL", description = "Id of the deal.") DealId id,
      @Option(names = "--output-dir", paramLabel = "DIR", description = "Where results go.")
          @Nullable
          Path folder) {
    try (var client = Connection.openToRead(session)) {
      var watch = client.watch(List.of(id));
      var target = folder == null ? Delivery.defaultFolder(id) : folder;
      var bag = watch.look();
      var items = ToldFuel.add(client, bag, new Delivery(session, client).fetch(bag, target));
      session.answer(BagAnswer.of(bag, items));
      new Overdue(bag).tell(session);
      return BagAnswer.exitCode(bag, items);
    }
  }

  @Command(
      name = "cancel",
      description = {
        "Stop all tasks of a deal that have not ended.",
        "Each ends as a certified failure and is charged like a run: this saves time, not money."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche deal cancel 0x1f4e..77         stop what is left of the bag",
        "  ruche deal cancel 0x1f4e..77 --wallet bob --output json"
      })
  int cancel(@Parameters(paramLabel = "DEAL", description = "Id of the deal.") DealId id) {
    try (var client = Connection.open(session)) {
      var bag = client.watch(List.of(id)).look();
      var items = new BagCancel(session, client.tasks()).cancel(bag);
      long stopping = items.stream().filter(item -> item.problem() == null).count();
      session.note(
          items.isEmpty()
              ? "Every task of the deal has ended; there is nothing to cancel."
              : "%d of %d open tasks are cancelled; each is charged like a run."
                  .formatted(stopping, items.size()));
      session.answer(BagCancel.answer(items));
      return BagCancel.exitCode(items);
    }
  }

  @Command(
      name = "claim",
      description = "Take the money back for tasks that missed their final deadline.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche deal claim 0x1f4e..77          all overdue tasks of the deal",
        "  ruche deal claim 0x1f4e..77 --wallet bob"
      })
  int claim(@Parameters(paramLabel = "DEAL", description = "Id of the deal.") DealId id) {
    try (var client = Connection.open(session)) {
      var watch = client.watch(List.of(id));
      var bag = watch.look();
      var claimed = client.claims().claim(bag);
      note(bag, claimed);
      var json = JsonNodeFactory.instance.objectNode();
      var array = json.putArray("claimed");
      claimed.forEach(entry -> array.add(entry.id().hex()));
      json.put("refunded", refund(claimed));
      var rows = claimed.stream()
          .map(entry -> List.of(Cell.of(entry.index()), Cell.id(entry.id())))
          .toList();
      session.answer(new Answer(
          json,
          rows.isEmpty() ? List.of() : List.of(new Table(List.of("INDEX", "CLAIMED"), rows)),
          claimed.stream().map(entry -> entry.id().hex()).toList()));
      boolean isPending = claimed.isEmpty() && !bag.isEnded();
      return isPending ? ExitCode.PENDING : ExitCode.OK;
    }
  }

  private void note(BagView bag, List<BagView.Entry> claimed) {
    if (!claimed.isEmpty()) {
      session.note("%d tasks claimed, %s RUC back to %s."
          .formatted(
              claimed.size(),
              refund(claimed),
              claimed.getFirst().deal().sponsor().checksummed()));
      return;
    }
    bag.entries().stream()
        .filter(entry -> !entry.status().isFinal())
        .findFirst()
        .ifPresentOrElse(
            entry -> session.note("Nothing is overdue yet; the final deadline is %s."
                .formatted(entry.finalDeadline())),
            () -> session.note("Every task of the deal has ended; there is nothing to claim."));
  }

  private static String refund(List<BagView.Entry> claimed) {
    return claimed.isEmpty()
        ? "0"
        : claimed.getFirst().deal().pricePerTask().times(claimed.size()).toString();
  }

  private static Fields fields(Deal deal, BagView bag) {
    return Fields.of(
        Fields.field("deal", deal.id()),
        Fields.field("app", deal.app().address().checksummed()),
        Fields.field(
            "dataset",
            deal.dataset().isPresent() ? deal.dataset().address().checksummed() : "none"),
        Fields.field("workerpool", deal.workerpool().address().checksummed()),
        Fields.field("requester", deal.requester().checksummed()),
        Fields.field("paid by", deal.sponsor().checksummed()),
        Fields.field("price", deal.pricePerTask() + " RUC per task"),
        Fields.field("trust", deal.trust()),
        Fields.field(
            "tasks",
            "%d completed of %d".formatted(bag.count(TaskStatus.COMPLETED), deal.botSize())),
        Fields.field("started", deal.startTime()));
  }

  private static ObjectNode json(Deal deal) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", deal.id().hex())
        .put("app", deal.app().address().checksummed())
        .put("dataset", deal.dataset().address().checksummed())
        .put("workerpool", deal.workerpool().address().checksummed())
        .put("requester", deal.requester().checksummed())
        .put("payer", deal.sponsor().checksummed())
        .put("pricePerTask", deal.pricePerTask().toString())
        .put("trust", deal.trust())
        .put("category", deal.categoryId())
        .put("firstIndex", deal.botFirst())
        .put("size", deal.botSize())
        .put("startTime", deal.startTime().toString());
  }
}
