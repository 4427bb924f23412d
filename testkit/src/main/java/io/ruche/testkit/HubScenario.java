package io.ruche.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.TokenAmount;
import io.ruche.testkit.ScenarioHub.TaskName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps and what must follow from them, played on the hub in memory and on the Solidity hub, so
 * that the two cannot drift. Steps are JSON: {@code do} names the call of {@link ScenarioHub},
 * {@code reverts} the error it must end with, {@code expect} what must hold then.
 */
public final class HubScenario {
  private static final String RESOURCE = "/scenarios/poco.json";

  private final String name;
  private final JsonNode steps;

  private HubScenario(String name, JsonNode steps) {
    this.name = name;
    this.steps = steps;
  }

  /** All scenarios of the shared file. */
  public static List<HubScenario> all() {
    try (var in = HubScenario.class.getResourceAsStream(RESOURCE)) {
      var all = new ArrayList<HubScenario>();
      for (var node : new JsonMapper().readTree(in)) {
        all.add(new HubScenario(node.get("name").asText(), node.get("steps")));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
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
    for (int i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      var where = "%s, step %d: %s".formatted(name, i + 1, step);
      playStep(hub, step, where);
      check(hub, step.path("expect"), where);
    }
  }

  private static void playStep(ScenarioHub hub, JsonNode step, String where) {
    var expected = step.path("reverts").asText("");
    try {
      call(hub, step);
    } catch (HubRevert e) {
      if (!e.error().equals(expected)) {
        throw new AssertionError(
            "%s%nexpected: %s, found: %s".formatted(where, expected, e.getMessage()), e);
      }
      return;
    }
    if (!expected.isEmpty()) {
      throw new AssertionError("%s%nexpected: %s, found: success".formatted(where, expected));
    }
  }

  private static void call(ScenarioHub hub, JsonNode step) {
    var deal = step.path("deal").asText("d1");
    var task = new TaskName(deal, step.path("index").asLong(0));
    var worker = step.path("worker").asText();
    var digest = step.path("digest").asText();
    var caller = step.path("caller").asText("poolOwner");
    switch (step.get("do").asText()) {
      case "deposit" -> hub.deposit(step.get("actor").asText(), amount(step.get("nano")));
      case "match" ->
        hub.match(deal, step.path("trust").asLong(1), step.path("volume").asLong(1));
      case "initialize" -> hub.initialize(task);
      case "contribute" ->
        hub.contribute(task, worker, digest, step.path("authorized").asBoolean(true));
      case "reveal" -> hub.reveal(task, worker, digest);
      case "reopen" -> hub.reopen(task, caller);
      case "finalize" -> hub.finalizeTask(task, caller, step.path("results").asText("r"));
      case "claim" -> hub.claim(task);
      case "initializeAndClaim" -> hub.initializeAndClaim(task);
      case "advance" -> hub.advance(Duration.ofSeconds(step.get("seconds").asLong()));
      default -> throw new IllegalArgumentException("unknown step " + step);
    }
  }

  private static void check(ScenarioHub hub, JsonNode expected, String where) {
    for (var status : expected.path("status").properties()) {
      var parts = status.getKey().split("/", 2);
      var task = new TaskName(parts[0], Long.parseLong(parts[1]));
      same(where, status.getKey(), status.getValue().asText(), hub.status(task).name());
    }
    for (var purse : expected.path("purses").properties()) {
      var found = hub.purse(purse.getKey());
      var text = "[%s,%s]".formatted(found.stake().nano(), found.locked().nano());
      same(where, purse.getKey(), purse.getValue().toString(), text);
    }
    for (var score : expected.path("scores").properties()) {
      same(
          where,
          score.getKey(),
          score.getValue().asText(),
          Long.toString(hub.score(score.getKey())));
    }
  }

  private static void same(String where, String what, String expected, String found) {
    if (!expected.equals(found)) {
      throw new AssertionError(
          "%s%n%s: expected: %s, found: %s".formatted(where, what, expected, found));
    }
  }

  private static TokenAmount amount(JsonNode nano) {
    return TokenAmount.ofNano(nano.asLong());
  }
}
