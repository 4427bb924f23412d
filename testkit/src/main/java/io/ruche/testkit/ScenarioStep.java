package io.ruche.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.core.TokenAmount;
import io.ruche.testkit.ScenarioHub.TaskName;
import io.ruche.testkit.ScenarioHub.Wish;
import java.time.Duration;

/** One step of a scenario: {@code do} names the call of {@link ScenarioHub}. */
record ScenarioStep(JsonNode json) {
  private static final long USUAL_POOL_PRICE = 10_000_000;

  /** Error that the step must end with; empty when it must succeed. */
  String expectedError() {
    return json.path("reverts").asText("");
  }

  /** Whether success and any error are fine, as long as all hubs agree. */
  boolean mayEndAnyhow() {
    return json.path("any").asBoolean(false);
  }

  boolean isMatch() {
    return json.get("do").asText().equals("match");
  }

  /** Name of the deal that the step is about. */
  String deal() {
    return json.path("deal").asText("d1");
  }

  JsonNode expected() {
    return json.path("expect");
  }

  /** Carries the step out; returns the error it ended with, empty for none. */
  String playOn(ScenarioHub hub) {
    try {
      call(hub);
      return "";
    } catch (HubRevert e) {
      return e.error();
    }
  }

  private void call(ScenarioHub hub) {
    var task = new TaskName(deal(), json.path("index").asLong(0));
    var actor = json.path("actor").asText();
    var worker = json.path("worker").asText();
    var digest = json.path("digest").asText();
    var caller = json.path("caller").asText("poolOwner");
    switch (json.get("do").asText()) {
      case "deposit" -> hub.deposit(actor, nano());
      case "withdraw" -> hub.withdraw(actor, nano());
      case "match" -> hub.match(deal(), wish());
      case "initialize" -> hub.initialize(task);
      case "contribute" ->
        hub.contribute(task, worker, digest, json.path("authorized").asBoolean(true));
      case "contributeAndFinalize" ->
        hub.contributeAndFinalize(task, worker, digest, json.path("results").asText("r"));
      case "reveal" -> hub.reveal(task, worker, digest);
      case "reopen" -> hub.reopen(task, caller);
      case "finalize" -> hub.finalizeTask(task, caller, json.path("results").asText("r"));
      case "claim" -> hub.claim(task);
      case "initializeAndClaim" -> hub.initializeAndClaim(task);
      case "advance" -> hub.advance(Duration.ofSeconds(json.get("seconds").asLong()));
      default -> throw new IllegalArgumentException("unknown step " + json);
    }
  }

  private TokenAmount nano() {
    return TokenAmount.ofNano(json.get("nano").asLong());
  }

  private Wish wish() {
    return new Wish(
        json.path("trust").asLong(1),
        json.path("volume").asLong(1),
        TokenAmount.ofNano(json.path("price").asLong(USUAL_POOL_PRICE)),
        json.path("dataset").asBoolean(false));
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
