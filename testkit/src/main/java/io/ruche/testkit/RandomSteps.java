package io.ruche.testkit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.core.TaskStatus;
import io.ruche.testkit.ScenarioHub.TaskName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Steps drawn from a seed. A hub in memory plays them while they are drawn, so that most of them
 * carry a task on; some are refused, and both hubs must give the same reason.
 */
final class RandomSteps {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<TaskStatus> STATUSES = List.of(TaskStatus.values());
  private static final int MAX_DEALS = 6;
  private static final long[] PRICES = {0, 1, 10_000_007, 900_000_000_000L};
  private static final long RICH_NANO = 20_000_000_000_000L;

  private final Random random;
  private final InMemoryScenarioHub model = new InMemoryScenarioHub();
  private final List<TaskName> tasks = new ArrayList<>();
  private int deals;

  RandomSteps(long seed) {
    this.random = new Random(seed);
  }

  List<ScenarioStep> take(int length) {
    var steps = new ArrayList<ScenarioStep>();
    for (var actor : List.of("requester", "poolOwner", "w1", "w2", "w3", "w4", "w5")) {
      steps.add(played(step("deposit").put("actor", actor).put("nano", RICH_NANO)));
    }
    while (steps.size() < length) {
      steps.add(played(next()));
    }
    return steps;
  }

  private ScenarioStep played(ObjectNode json) {
    var step = new ScenarioStep(json.put("any", true));
    var error = step.playOn(model);
    if (step.isMatch() && error.isEmpty()) {
      for (long i = 0; i < json.get("volume").asLong(); i++) {
        tasks.add(new TaskName(step.deal(), i));
      }
    }
    return step;
  }

  private ObjectNode next() {
    if (tasks.isEmpty() || (deals < MAX_DEALS && isOneIn(12))) {
      return match();
    }
    if (isOneIn(15)) {
      return step("advance").put("seconds", 1 + random.nextInt(isOneIn(3) ? 2_000 : 300));
    }
    if (isOneIn(40)) {
      return step("withdraw").put("actor", worker()).put("nano", RICH_NANO / 4);
    }
    var name = tasks.get(random.nextInt(tasks.size()));
    var status = isOneIn(20) ? anyStatus() : model.task(name).status();
    return switch (status) {
      case UNSET -> ofTask(isOneIn(6) ? "initializeAndClaim" : "initialize", name);
      case ACTIVE -> isOneIn(8) ? ofTask("claim", name) : contribute(name);
      case REVEALING -> revealing(name);
      case COMPLETED, FAILED -> ofTask(isOneIn(2) ? "claim" : "finalize", name);
    };
  }

  private ObjectNode match() {
    deals++;
    return step("match")
        .put("deal", "d" + deals)
        .put("trust", random.nextInt(7))
        .put("volume", 1 + random.nextInt(3))
        .put("price", PRICES[random.nextInt(PRICES.length)])
        .put("dataset", random.nextBoolean());
  }

  private ObjectNode contribute(TaskName name) {
    if (isOneIn(5)) {
      return ofTask("contributeAndFinalize", name).put("worker", worker()).put("digest", digest());
    }
    return ofTask("contribute", name)
        .put("worker", worker())
        .put("digest", digest())
        .put("authorized", !isOneIn(20));
  }

  private ObjectNode revealing(TaskName name) {
    var contributors = model.contributions(name);
    var deadline = model.task(name).revealDeadline();
    return switch (random.nextInt(6)) {
      case 0 -> ofTask("finalize", name).put("caller", isOneIn(8) ? worker() : "poolOwner");
      case 1 -> ofTask("reopen", name).put("caller", isOneIn(8) ? worker() : "poolOwner");
      case 2 -> {
        long left = deadline.getEpochSecond() - model.hub().now().getEpochSecond();
        yield left > 0 ? step("advance").put("seconds", left) : ofTask("claim", name);
      }
      default -> {
        var worker = contributors.isEmpty()
            ? worker()
            : model.nameOf(contributors.get(random.nextInt(contributors.size())).worker());
        yield ofTask("reveal", name).put("worker", worker).put("digest", digest());
      }
    };
  }

  private TaskStatus anyStatus() {
    return STATUSES.get(random.nextInt(STATUSES.size()));
  }

  private String worker() {
    return ScenarioPicture.WORKERS.get(random.nextInt(ScenarioPicture.WORKERS.size()));
  }

  private String digest() {
    return isOneIn(4)
        ? ScenarioPicture.DIGESTS.get(random.nextInt(ScenarioPicture.DIGESTS.size()))
        : "a";
  }

  private static ObjectNode ofTask(String call, TaskName name) {
    return step(call).put("deal", name.deal()).put("index", name.index());
  }

  private static ObjectNode step(String call) {
    return JSON.createObjectNode().put("do", call);
  }

  private boolean isOneIn(int count) {
    return random.nextInt(count) == 0;
  }
}
