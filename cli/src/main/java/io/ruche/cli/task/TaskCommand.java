package io.ruche.cli.task;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.chain.hub.Contribution;
import io.ruche.cli.Connection;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.OnChainTask;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.sdk.BagView;
import io.ruche.sdk.CallbackState;
import io.ruche.sdk.RucheClient;
import io.ruche.sdk.TaskExplainer;
import io.ruche.sdk.TaskLog;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows and explains tasks. */
@Command(
    name = "task",
    description = "Show one task, explain what it waits for, read its log, or stop it.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche task show 0x2a91..0c           what the chain has of it",
      "  ruche task explain 0x2a91..0c        what the pool does, and why it does not go on",
      "  ruche task logs 0x2a91..0c --follow  what it writes while it runs",
      "  ruche task cancel 0x2a91..0c         stop it"
    })
public final class TaskCommand {
  private final Session session;

  public TaskCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "show",
      description = "Show what the chain has of a task, and the fuel that its workers say it used.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche task show 0x2a91..0c           status, deadlines, contributors, result",
        "  ruche task show 0x2a91..0c --output json"
      })
  int show(@Parameters(paramLabel = "TASK", description = "Id of the task.") TaskId id) {
    try (var client = Connection.openToRead(session)) {
      var task = client.view().tasks(List.of(id)).getFirst();
      requireKnown(task);
      var told = told(client, id);
      session.answer(
          new Answer(json(task, told), List.of(fields(task, told)), List.of(status(task))));
      return ExitCode.OK;
    }
  }

  @Command(
      name = "explain",
      description = {
        "Explain where a task stands, what it waits for, and what helps on.",
        "A task that nobody started yet may have to be named by its deal and index."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche task explain 0x2a91..0c        status, reasons, attempts, workers",
        "  ruche task explain --deal 0x1f4e..77 --index 0 --output json"
      })
  int explain(
      @Parameters(arity = "0..1", paramLabel = "TASK", description = "Id of the task.") @Nullable
          TaskId id,
      @Option(names = "--deal", paramLabel = "DEAL", description = "Its deal, in place of its id.")
          @Nullable
          DealId deal,
      @Option(
              names = "--index",
              paramLabel = "N",
              defaultValue = "0",
              description = "Its index, with --deal (default: ${DEFAULT-VALUE}).")
          long index) {
    if ((id == null) == (deal == null)) {
      throw new RucheException(
          "USAGE",
          "expected either a task id or --deal, found %s.".formatted(id == null ? "none" : "both"),
          "See `ruche task explain --help`.",
          false);
    }
    try (var client = Connection.openToRead(session)) {
      var search = new TaskSearch(session, client);
      var known = id == null ? null : told(client, id);
      var entry = id == null ? search.inDeal(requireNonNull(deal), index) : search.find(id, known);
      var told = known == null ? told(client, entry.id()) : known;
      var explainer = new TaskExplainer(entry, client.view().now());
      var explanation = explainer.explain(contributions(client, entry), callback(client, entry));
      session.answer(new TaskAnswer(entry, explanation, told).answer());
      return ExitCode.OK;
    }
  }

  @Command(
      name = "cancel",
      description = {
        "Stop a task that you bought. Its runs end within seconds.",
        "It ends as a certified failure and is charged like a run: this saves time, not money."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche task cancel 0x2a91..0c         stop it, wherever it is",
        "  ruche task cancel 0x2a91..0c --wallet bob --output json"
      })
  int cancel(@Parameters(paramLabel = "TASK", description = "Id of the task.") TaskId id) {
    try (var client = Connection.open(session)) {
      var entry = new TaskSearch(session, client).find(id, told(client, id));
      var answer = new CancelAnswer(entry);
      if (answer.isDone()) {
        session.note("It was cancelled before, and has ended.");
        session.answer(answer.done());
        return ExitCode.OK;
      }
      var stopping = client.tasks().cancel(entry.deal(), id);
      session.note(answer.sentence(stopping));
      session.answer(answer.stopping(stopping));
      return ExitCode.OK;
    }
  }

  @Command(
      name = "logs",
      description = {
        "Read what a task writes while it runs: its stdout to stdout, its stderr to stderr.",
        "With --output json, the lines of the pool as they come."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche task logs 0x2a91..0c --follow          until the run ends",
        "  ruche task logs 0x2a91..0c --attempt 2 --from 4096 --output json"
      })
  int logs(
      @Parameters(paramLabel = "TASK", description = "Id of the task.") TaskId id,
      @Option(
              names = "--attempt",
              paramLabel = "N",
              description = "Number of the run (default: the one that goes on, else the latest).")
          @Nullable
          Integer attempt,
      @Option(
              names = "--from",
              paramLabel = "OFFSET",
              defaultValue = "0",
              description = "Offset of the log to begin at (default: ${DEFAULT-VALUE}).")
          int from,
      @Option(names = "--follow", description = "Go on until the run ends.") boolean isFollowed) {
    try (var client = Connection.open(session)) {
      var entry = new TaskSearch(session, client).find(id, told(client, id));
      var part = new TaskLog.Part(attempt, from, isFollowed);
      new LogPrinter(session).print(client.tasks().log(entry.deal(), id, part));
      return ExitCode.OK;
    }
  }

  @Command(
      name = "retry-callback",
      description = {
        "Deliver a result again to the contract that refused it.",
        "Anybody may; it costs the gas that the contract uses."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche task retry-callback 0x2a91..0c",
        "  ruche task retry-callback 0x2a91..0c --wallet alice"
      })
  int retryCallback(@Parameters(paramLabel = "TASK", description = "Id of the task.") TaskId id) {
    try (var client = Connection.open(session)) {
      var task = client.view().tasks(List.of(id)).getFirst();
      requireKnown(task);
      switch (client.view().callback(id, client.wallet().address())) {
        case CallbackState.Takeable _ -> {
          client.transactions().retryCallback(id);
          session.note("The contract has the result now.");
        }
        case CallbackState.Delivered _ ->
          session.note("No contract refused the result of this task; nothing was sent.");
        case CallbackState.Refused(var reason) ->
          throw new RucheException(
              "CALLBACK_REFUSED",
              "the contract would refuse the result of task %s again: %s.".formatted(id, reason),
              "Mend what the contract needs first.",
              true);
        case CallbackState.Unknown _ ->
          throw new RucheException(
              "CALLBACK_RETRY_UNSUPPORTED",
              "the hub keeps no account of callbacks, so that of task %s cannot be retried."
                  .formatted(id),
              "The contract can pull the result with resultFor(taskid).",
              false);
      }
      session.answer(
          new Answer(json(task, null), List.of(fields(task, null)), List.of(status(task))));
      return ExitCode.OK;
    }
  }

  /** A pool that says nothing, or cannot be reached, is no failure: the chain is the truth. */
  private static @Nullable JsonNode told(RucheClient client, TaskId id) {
    try {
      return client.market().task(id).orElse(null);
    } catch (RucheException e) {
      return null;
    }
  }

  private static List<Contribution.Status> contributions(RucheClient client, BagView.Entry entry) {
    return client.view().contributions(entry.task()).stream()
        .map(Contribution::status)
        .toList();
  }

  private static CallbackState callback(RucheClient client, BagView.Entry entry) {
    return entry.status() == TaskStatus.COMPLETED && entry.deal().hasCallback()
        ? client.view().callback(entry.id(), client.wallet().address())
        : new CallbackState.Delivered();
  }

  private static void requireKnown(OnChainTask task) {
    if (task.status() == TaskStatus.UNSET) {
      throw TaskSearch.unknown(task.id());
    }
  }

  private static String status(OnChainTask task) {
    return task.status().name().toLowerCase(Locale.ROOT);
  }

  private static Fields fields(OnChainTask task, @Nullable JsonNode told) {
    return Fields.of(
        Fields.field("task", task.id()),
        Fields.field("deal", task.deal()),
        Fields.field("index", task.index()),
        Fields.field(
            "status",
            status(task) + (CancelAnswer.isCancelled(task) ? ", cancelled by its requester" : "")),
        Fields.field("contributors", names(task.contributors())),
        Fields.field("revealed", "%d of %d".formatted(task.revealCount(), task.winnerCount())),
        Fields.field("contribute until", task.contributionDeadline()),
        Fields.field("final deadline", task.finalDeadline()),
        Fields.field("fuel", UsageText.of(told)),
        Fields.field("result digest", task.resultDigest()));
  }

  private static String names(List<Address> workers) {
    return String.join(", ", workers.stream().map(Address::checksummed).toList());
  }

  private static ObjectNode json(OnChainTask task, @Nullable JsonNode told) {
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("task", task.id().hex())
        .put("deal", task.deal().hex())
        .put("index", task.index())
        .put("status", task.status().name())
        .put("contributionDeadline", task.contributionDeadline().toString())
        .put("revealDeadline", task.revealDeadline().toString())
        .put("finalDeadline", task.finalDeadline().toString())
        .put("consensus", task.consensusValue().hex())
        .put("winners", task.winnerCount())
        .put("revealed", task.revealCount())
        .put("resultDigest", task.resultDigest().hex())
        .put("results", task.results());
    UsageText.addTo(json, told);
    var workers = json.putArray("contributors");
    task.contributors().forEach(worker -> workers.add(worker.checksummed()));
    return json;
  }
}
