package io.ruche.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.testkit.ScenarioHub.TaskName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps and what must follow from them, played on the hub in memory and on the Solidity hub, so
 * that the two cannot drift. Steps are JSON: {@code do} names the call of {@link ScenarioHub},
 * {@code reverts} the error it must end with, {@code expect} what must hold then. Whatever the hub,
 * the hub in memory plays along, and after each step both must say the same about everything.
 */
public final class HubScenario {
  private static final String RESOURCE = "/scenarios/poco.json";
  private static final int RANDOM_SEEDS = 4;
  private static final int RANDOM_LENGTH = 120;

  private final String name;
  private final List<ScenarioStep> steps;

  private HubScenario(String name, List<ScenarioStep> steps) {
    this.name = name;
    this.steps = List.copyOf(steps);
  }

  /** The scenarios of the shared file, and sequences that seeds decide. */
  public static List<HubScenario> all() {
    var all = new ArrayList<>(ofFile());
    for (long seed = 1; seed <= RANDOM_SEEDS; seed++) {
      var steps = new RandomSteps(seed).take(RANDOM_LENGTH);
      all.add(new HubScenario("random steps of seed " + seed, steps));
    }
    return all;
  }

  private static List<HubScenario> ofFile() {
    try (var in = HubScenario.class.getResourceAsStream(RESOURCE)) {
      var all = new ArrayList<HubScenario>();
      for (var node : new JsonMapper().readTree(in)) {
        var steps = new ArrayList<ScenarioStep>();
        node.get("steps").forEach(step -> addSteps(steps, step));
        all.add(new HubScenario(node.get("name").asText(), steps));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }

  /** A block with {@code forIndexes} stands for its steps, once for each task. */
  private static void addSteps(List<ScenarioStep> steps, JsonNode node) {
    if (!node.has("forIndexes")) {
      steps.add(new ScenarioStep(node));
      return;
    }
    for (int i = 0; i < node.get("forIndexes").asInt(); i++) {
      for (var step : node.get("steps")) {
        steps.add(new ScenarioStep(step.<ObjectNode>deepCopy().put("index", i)));
      }
    }
  }

  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }

  /** Plays the scenario on a fresh hub; an AssertionError names the step that went another way. */
  public void play(ScenarioHub hub) {
    var model = new InMemoryScenarioHub();
    var picture = new ScenarioPicture(hub);
    var modelPicture = new ScenarioPicture(model);
    for (int i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      var where = "%s, step %d: %s".formatted(name, i + 1, step);
      var error = step.playOn(hub);
      var modelError = step.playOn(model);
      if (hub.isNamingErrors()) {
        same(where, "ended with", modelError, error);
        checkError(where, step, error);
      } else {
        same(where, "refused", "" + !modelError.isEmpty(), "" + !error.isEmpty());
      }
      if (step.isMatch() && error.isEmpty()) {
        picture.add(step.deal());
        modelPicture.add(step.deal());
      }
      same(where, "the hub", lines(modelPicture.of(step.deal())), lines(picture.of(step.deal())));
      check(hub, step.expected(), where);
      same(where, "events and views", "", lines(picture.untold()));
    }
    same(name, "in the end", lines(modelPicture.whole()), lines(picture.whole()));
  }

  private static void checkError(String where, ScenarioStep step, String error) {
    if (!step.mayEndAnyhow()) {
      same(where, "error", step.expectedError(), error);
    }
  }

  private static void check(ScenarioHub hub, JsonNode expected, String where) {
    for (var status : expected.path("status").properties()) {
      var parts = status.getKey().split("/", 2);
      var task = new TaskName(parts[0], Long.parseLong(parts[1]));
      same(
          where,
          status.getKey(),
          status.getValue().asText(),
          hub.tasks(List.of(task)).getFirst().status().name());
    }
    for (var purse : expected.path("purses").properties()) {
      var found = hub.purses(List.of(purse.getKey())).getFirst();
      var text = "[%s,%s]".formatted(found.stake().nano(), found.locked().nano());
      same(where, purse.getKey(), purse.getValue().toString(), text);
    }
    for (var score : expected.path("scores").properties()) {
      same(
          where,
          score.getKey(),
          score.getValue().asText(),
          hub.scores(List.of(score.getKey())).getFirst().toString());
    }
  }

  private static String lines(List<String> picture) {
    return String.join("\n", picture);
  }

  private static void same(String where, String what, String expected, String found) {
    if (!expected.equals(found)) {
      throw new AssertionError(
          "%s%n%s: expected: %s%nfound: %s".formatted(where, what, expected, found));
    }
  }
}
