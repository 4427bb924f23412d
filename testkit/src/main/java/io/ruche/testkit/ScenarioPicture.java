package io.ruche.testkit;

import io.ruche.core.Address;
import io.ruche.core.ContributionHashes;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.OnChainTask;
import io.ruche.core.Resource;
import io.ruche.core.TaskId;
import io.ruche.testkit.ScenarioHub.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All that a hub says about a scenario, in words that are equal on any hub: actors, deals, tasks
 * and digests by name, times since the start.
 */
final class ScenarioPicture {
  static final List<String> WORKERS = List.of("w1", "w2", "w3", "w4", "w5", "w6");
  static final List<String> DIGESTS = List.of("a", "b", "lie");

  private static final List<String> ACTORS = Stream.concat(
          Stream.of("requester", "appOwner", "datasetOwner", "poolOwner", "kitty"),
          WORKERS.stream())
      .toList();

  private final ScenarioHub hub;
  private final Map<Address, String> actors = new HashMap<>();
  private final Map<DealId, String> deals = new HashMap<>();
  private final Map<TaskId, TaskName> tasks = new HashMap<>();
  private final List<String> dealNames = new ArrayList<>();
  private final EventHistory history = new EventHistory();
  private int logsShown;

  ScenarioPicture(ScenarioHub hub) {
    this.hub = hub;
    ACTORS.forEach(actor -> actors.put(hub.address(actor), actor));
  }

  /** Includes this deal and its tasks from now on. */
  void add(String dealName) {
    var deal = hub.deal(dealName);
    dealNames.add(dealName);
    deals.put(deal.id(), dealName);
    for (long i = 0; i < deal.botSize(); i++) {
      tasks.put(deal.taskId(i), new TaskName(dealName, i));
    }
  }

  /** The accounts, this deal if there is one, and the events since the last call. */
  List<String> of(String dealName) {
    var lines = accounts();
    if (dealNames.contains(dealName)) {
      addDeal(lines, dealName);
    }
    var logs = hub.logs();
    for (var log : logs.subList(logsShown, logs.size())) {
      lines.add("event " + event(log));
      history.add(log);
    }
    logsShown = logs.size();
    return lines;
  }

  /** What the views say of the tasks and the events so far do not. */
  List<String> untold() {
    return hub.tasks(List.copyOf(tasks.values())).stream()
        .flatMap(task ->
            history.differences(task).stream().map(line -> tasks.get(task.id()) + ": " + line))
        .toList();
  }

  /** The accounts and all deals. */
  List<String> whole() {
    var lines = accounts();
    dealNames.forEach(name -> addDeal(lines, name));
    return lines;
  }

  private List<String> accounts() {
    var lines = new ArrayList<String>();
    var purses = hub.purses(ACTORS);
    for (int i = 0; i < ACTORS.size(); i++) {
      lines.add("%s: %s free, %s locked"
          .formatted(
              ACTORS.get(i),
              purses.get(i).stake().nano(),
              purses.get(i).locked().nano()));
    }
    lines.add("scores of " + WORKERS + ": " + hub.scores(WORKERS));
    return lines;
  }

  private void addDeal(List<String> lines, String name) {
    var deal = hub.deal(name);
    lines.add("%s: app %s, dataset %s, pool %s, trust %d, category %d, tasks %d + %d"
        .formatted(
            name,
            resource(deal.app()),
            resource(deal.dataset()),
            resource(deal.workerpool()),
            deal.trust(),
            deal.categoryId(),
            deal.botFirst(),
            deal.botSize()));
    lines.add("%s: started %s by %s for %s paid by %s, callback %s, stake %s, share %d, params '%s'"
        .formatted(
            name,
            time(deal.startTime()),
            actor(deal.requester()),
            actor(deal.beneficiary()),
            actor(deal.sponsor()),
            deal.callback(),
            deal.workerStake().nano(),
            deal.schedulerRewardRatio(),
            deal.params()));
    var names = new ArrayList<TaskName>();
    for (long i = 0; i < deal.botSize(); i++) {
      names.add(new TaskName(name, i));
    }
    var found = hub.tasks(names);
    for (int i = 0; i < names.size(); i++) {
      addTask(lines, names.get(i), found.get(i));
    }
  }

  private void addTask(List<String> lines, TaskName name, OnChainTask task) {
    lines.add("%s: %s, index %d of %s, contribute until %s, reveal until %s, end %s"
        .formatted(
            name,
            task.status(),
            task.index(),
            deals.getOrDefault(task.deal(), "none"),
            time(task.contributionDeadline()),
            time(task.revealDeadline()),
            time(task.finalDeadline())));
    lines.add("%s: consensus %s, %d of %d revealed %s, results '%s', contributors %s"
        .formatted(
            name,
            hash(task.id(), task.consensusValue()),
            task.revealCount(),
            task.winnerCount(),
            digest(task.resultDigest()),
            task.results().equals("0x") ? "" : task.results(),
            task.contributors().stream().map(this::actor).toList()));
    if (!task.contributors().isEmpty()) {
      hub.contributions(name, task.contributors())
          .forEach(c -> lines.add(name + ": " + contribution(task, c)));
    }
  }

  private String contribution(OnChainTask task, HubContribution contribution) {
    var sealed = DIGESTS.stream()
        .filter(text -> contribution
            .resultSeal()
            .equals(ContributionHashes.of(contribution.worker(), task.id(), Sample.digest(text))
                .resultSeal()))
        .findFirst()
        .orElse(contribution.resultSeal().hex());
    return "%s of %s for %s sealed %s, log weight %d"
        .formatted(
            contribution.status(),
            actor(contribution.worker()),
            hash(task.id(), contribution.resultHash()),
            sealed,
            contribution.log2Weight());
  }

  private String event(HubLog log) {
    return switch (log) {
      case HubLog.OrdersMatched(var deal) -> "OrdersMatched " + deals.get(deal);
      case HubLog.TaskInitialize(var task) -> "TaskInitialize " + tasks.get(task);
      case HubLog.TaskContribute(var task, var worker, var hash) ->
        "TaskContribute %s %s %s".formatted(tasks.get(task), actor(worker), hash(task, hash));
      case HubLog.TaskConsensus(var task, var hash, var at) ->
        "TaskConsensus %s %s %s".formatted(tasks.get(task), hash(task, hash), time(at));
      case HubLog.TaskReveal(var task, var worker, var digest) ->
        "TaskReveal %s %s %s".formatted(tasks.get(task), actor(worker), digest(digest));
      case HubLog.TaskReopen(var task) -> "TaskReopen " + tasks.get(task);
      case HubLog.TaskFinalize(var task, var results) ->
        "TaskFinalize %s '%s'".formatted(tasks.get(task), results);
      case HubLog.TaskClaimed(var task) -> "TaskClaimed " + tasks.get(task);
      case HubLog.AccurateContribution(var worker, var task) ->
        "AccurateContribution %s %s".formatted(actor(worker), tasks.get(task));
      case HubLog.FaultyContribution(var worker, var task) ->
        "FaultyContribution %s %s".formatted(actor(worker), tasks.get(task));
    };
  }

  private String resource(Resource resource) {
    return resource.price().nano() + " to " + actor(resource.owner());
  }

  private String actor(Address address) {
    return actors.getOrDefault(address, address.hex());
  }

  private String time(Instant time) {
    return time.equals(Instant.EPOCH)
        ? "never"
        : "+" + Duration.between(hub.start(), time).toSeconds();
  }

  private static String digest(Digest digest) {
    return named(digest, text -> Sample.digest(text));
  }

  private String hash(TaskId task, Digest hash) {
    return named(
        hash,
        text -> ContributionHashes.of(Address.ZERO, task, Sample.digest(text)).resultHash());
  }

  private static String named(Digest value, Function<String, Digest> valueOfText) {
    return DIGESTS.stream()
        .filter(text -> valueOfText.apply(text).equals(value))
        .findFirst()
        .orElse(value.hex());
  }
}
