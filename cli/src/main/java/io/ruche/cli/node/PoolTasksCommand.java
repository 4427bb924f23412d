package io.ruche.cli.node;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the tasks of a pool. */
@Command(
    name = "tasks",
    description = "List the tasks that the pool has in memory, and how long each has left.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche pool tasks --stage queued      those that wait; `ruche task explain` says for what",
      "  ruche pool tasks --limit 1000 --output json"
    })
public final class PoolTasksCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of("TASK", "DEAL", "INDEX", "STAGE", "ATTEMPTS", "RUNNING", "DUE");

  /** A stage, in the order that a task goes through them. */
  enum Stage {
    starting,
    initializing,
    queued,
    running,
    revealing,
    uploading,
    finalizing,
    claiming,
    completed,
    failed
  }

  private final Session session;

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "Only tasks in this stage: ${COMPLETION-CANDIDATES}.")
  private @Nullable Stage stage;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many, up to 1000 (default: ${DEFAULT-VALUE}).")
  private int limit;

  public PoolTasksCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (var market = PoolMarket.open(session)) {
      var wanted = stage == null ? "" : stage.name().toLowerCase(Locale.ROOT);
      var answer = market.poolTasks(wanted, limit);
      var rows = new ArrayList<List<Cell>>();
      var names = new ArrayList<String>();
      for (var task : answer.path("tasks")) {
        rows.add(List.of(
            Cell.id(task.path("task").asText()),
            Cell.id(task.path("deal").asText()),
            Cell.of(task.path("index").asLong()),
            Cell.of(task.path("stage").asText()),
            Cell.of(task.path("attempts").asInt()),
            Cell.of(task.path("running").asInt()),
            PoolMarket.time(task.path("contributionDeadline"), session)));
        names.add(task.path("task").asText());
      }
      session.answer(new Answer(PoolMarket.body(answer), List.of(new Table(COLUMNS, rows)), names));
      PoolMarket.noteFurther(answer, "tasks", session);
      return ExitCode.OK;
    }
  }
}
