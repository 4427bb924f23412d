package io.ruche.cli;

import io.ruche.cli.account.AccountCommand;
import io.ruche.cli.app.CallCommand;
import io.ruche.cli.app.PackCommand;
import io.ruche.cli.app.ServeCommand;
import io.ruche.cli.app.StubsCommand;
import io.ruche.cli.bench.BenchCommand;
import io.ruche.cli.category.CategoryCommand;
import io.ruche.cli.chain.ChainCommand;
import io.ruche.cli.config.ConfigCommand;
import io.ruche.cli.deal.DealCommand;
import io.ruche.cli.demo.DemoCommand;
import io.ruche.cli.demo.chess.ChessCommand;
import io.ruche.cli.doctor.DoctorCommand;
import io.ruche.cli.group.GroupCommand;
import io.ruche.cli.node.JoinCommand;
import io.ruche.cli.node.MeasureCommand;
import io.ruche.cli.node.PoolBanCommand;
import io.ruche.cli.node.PoolCommand;
import io.ruche.cli.node.PoolDrainCommand;
import io.ruche.cli.node.PoolReadmitCommand;
import io.ruche.cli.node.PoolResumeCommand;
import io.ruche.cli.node.PoolStatusCommand;
import io.ruche.cli.node.PoolTasksCommand;
import io.ruche.cli.node.PoolWorkersCommand;
import io.ruche.cli.node.WorkerAccountCommand;
import io.ruche.cli.node.WorkerCommand;
import io.ruche.cli.order.OrderCommand;
import io.ruche.cli.resource.AppCommand;
import io.ruche.cli.resource.DatasetCommand;
import io.ruche.cli.resource.WorkerpoolCommand;
import io.ruche.cli.run.RunCommand;
import io.ruche.cli.simulate.SimulateCommand;
import io.ruche.cli.task.TaskCommand;
import io.ruche.cli.up.DownCommand;
import io.ruche.cli.up.StatusCommand;
import io.ruche.cli.up.UpCommand;
import io.ruche.cli.wallet.WalletCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** The nouns and verbs, in the order that help shows them. */
final class Commands {
  private Commands() {}

  static SequencedMap<String, Supplier<Object>> of(Session session) {
    var commands = new LinkedHashMap<String, Supplier<Object>>();
    commands.put("demo", () -> new DemoCommand(session));
    commands.put("up", () -> new UpCommand(session));
    commands.put("down", () -> new DownCommand(session));
    commands.put("status", () -> new StatusCommand(session));
    commands.put("wallet", () -> new WalletCommand(session));
    commands.put("account", () -> new AccountCommand(session));
    commands.put("app", () -> new AppCommand(session));
    commands.put("dataset", () -> new DatasetCommand(session));
    commands.put("workerpool", () -> new WorkerpoolCommand(session));
    commands.put("order", () -> OrderCommand.line(session));
    commands.put("group", () -> new GroupCommand(session));
    commands.put("category", () -> new CategoryCommand(session));
    commands.put("run", () -> new RunCommand(session));
    commands.put("deal", () -> new DealCommand(session));
    commands.put("task", () -> new TaskCommand(session));
    commands.put("bench", () -> new BenchCommand());
    commands.put("simulate", () -> new SimulateCommand(session));
    commands.put("pool", () -> new PoolCommand(session));
    commands.put("worker", () -> new WorkerCommand(session));
    commands.put("chain", () -> new ChainCommand(session));
    commands.put("doctor", () -> new DoctorCommand(session));
    commands.put("config", () -> new ConfigCommand(session));
    return commands;
  }

  /** Verbs of a noun that are commands of their own, beside those that it has itself. */
  static Map<String, Object> verbs(String noun, Session session) {
    return switch (noun) {
      case "demo" -> ofDemo(session);
      case "app" -> ofApp(session);
      case "bench" -> BenchCommand.verbs(session);
      case "pool" -> ofPool(session);
      case "worker" -> ofWorker(session);
      default -> Map.of();
    };
  }

  /** Demonstrations beside the main one. */
  private static SequencedMap<String, Object> ofDemo(Session session) {
    var commands = new LinkedHashMap<String, Object>();
    commands.put("chess", new ChessCommand(session));
    return commands;
  }

  /** Verbs of {@code ruche worker} beside those for a worker that is there. */
  private static SequencedMap<String, Object> ofWorker(Session session) {
    var commands = new LinkedHashMap<String, Object>();
    commands.put("join", new JoinCommand(session));
    commands.put("measure", new MeasureCommand(session));
    commands.put("account", new WorkerAccountCommand(session));
    return commands;
  }

  /** Verbs of {@code ruche pool} beside those that run one. */
  private static SequencedMap<String, Object> ofPool(Session session) {
    var commands = new LinkedHashMap<String, Object>();
    commands.put("status", new PoolStatusCommand(session));
    commands.put("workers", new PoolWorkersCommand(session));
    commands.put("tasks", new PoolTasksCommand(session));
    commands.put("ban", new PoolBanCommand(session));
    commands.put("readmit", new PoolReadmitCommand(session));
    commands.put("drain", new PoolDrainCommand(session));
    commands.put("resume", new PoolResumeCommand(session));
    return commands;
  }

  /** Verbs of {@code ruche app} beside those that need a market. */
  private static SequencedMap<String, Object> ofApp(Session session) {
    var commands = new LinkedHashMap<String, Object>();
    commands.put("call", new CallCommand(session));
    commands.put("serve", new ServeCommand(session));
    commands.put("stubs", new StubsCommand(session));
    commands.put("pack", new PackCommand(session));
    return commands;
  }
}
