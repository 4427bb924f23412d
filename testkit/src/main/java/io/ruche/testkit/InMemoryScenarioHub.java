package io.ruche.testkit;

import io.ruche.core.Address;
import io.ruche.core.Category;
import io.ruche.core.DealId;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plays scenarios on the hub in memory; its one category has a reference time of 300 s. */
public final class InMemoryScenarioHub implements ScenarioHub {
  private final InMemoryHub hub = new InMemoryHub(
      List.of(new Category(0, "XS", "", Duration.ofMinutes(5))), Instant.ofEpochSecond(1_000_000));
  private final Map<String, DealId> deals = new HashMap<>();

  public InMemoryHub hub() {
    return hub;
  }

  @Override
  public void deposit(String actor, TokenAmount amount) {
    hub.deposit(address(actor), amount);
  }

  @Override
  public void match(String deal, long trust, long volume) {
    deals.put(deal, hub.match(MatchTerms.standard().withTrust(trust).withVolume(volume)));
  }

  @Override
  public void initialize(TaskName task) {
    hub.initialize(dealOf(task), task.index());
  }

  @Override
  public void contribute(TaskName task, String worker, String digestText, boolean isAuthorized) {
    hub.contribute(address(worker), id(task), Sample.digest(digestText), isAuthorized);
  }

  @Override
  public void reveal(TaskName task, String worker, String digestText) {
    hub.reveal(address(worker), id(task), Sample.digest(digestText));
  }

  @Override
  public void reopen(TaskName task, String caller) {
    hub.reopen(address(caller), id(task));
  }

  @Override
  public void finalizeTask(TaskName task, String caller, String results) {
    hub.finalizeTask(address(caller), id(task), results, "");
  }

  @Override
  public void claim(TaskName task) {
    hub.claim(id(task));
  }

  @Override
  public void initializeAndClaim(TaskName task) {
    hub.initializeAndClaim(dealOf(task), task.index());
  }

  @Override
  public void advance(Duration time) {
    hub.mine(hub.now().plus(time));
  }

  @Override
  public TaskStatus status(TaskName task) {
    return hub.viewTask(id(task)).status();
  }

  @Override
  public Purse purse(String actor) {
    return hub.viewAccount(address(actor));
  }

  @Override
  public long score(String worker) {
    return hub.viewScore(address(worker));
  }

  private DealId dealOf(TaskName task) {
    var deal = deals.get(task.deal());
    if (deal == null) {
      throw new IllegalArgumentException("the scenario matched no deal named " + task.deal());
    }
    return deal;
  }

  private TaskId id(TaskName task) {
    return TaskId.of(dealOf(task), task.index());
  }

  private static Address address(String actor) {
    return switch (actor) {
      case "requester" -> Sample.REQUESTER;
      case "appOwner" -> Sample.APP_OWNER;
      case "poolOwner" -> Sample.POOL_OWNER;
      case "kitty" -> InMemoryHub.KITTY;
      default -> Sample.worker(Integer.parseInt(actor.substring(1)));
    };
  }
}
