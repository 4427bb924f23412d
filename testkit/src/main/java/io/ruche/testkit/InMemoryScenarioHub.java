package io.ruche.testkit;

import io.ruche.core.Address;
import io.ruche.core.Category;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Hex;
import io.ruche.core.OnChainTask;
import io.ruche.core.Settlement;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plays scenarios on the hub in memory; its one category has a reference time of 300 s. */
public final class InMemoryScenarioHub implements ScenarioHub {
  private static final Instant START = Instant.ofEpochSecond(1_000_000);

  private final InMemoryHub hub =
      new InMemoryHub(List.of(new Category(0, "XS", "", Duration.ofMinutes(5))), START);
  private final Map<String, DealId> deals = new HashMap<>();

  public InMemoryHub hub() {
    return hub;
  }

  @Override
  public void deposit(String actor, TokenAmount amount) {
    hub.deposit(address(actor), amount);
  }

  @Override
  public void withdraw(String actor, TokenAmount amount) {
    hub.withdraw(address(actor), amount);
  }

  @Override
  public void match(String deal, Wish wish) {
    var terms = MatchTerms.standard()
        .withTrust(wish.trust())
        .withVolume(wish.volume())
        .withPoolPrice(wish.poolPrice());
    deals.put(deal, hub.match(wish.hasDataset() ? terms.withDataset() : terms));
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
  public void contributeAndFinalize(
      TaskName task, String worker, String digestText, String results) {
    hub.contributeAndFinalize(
        address(worker), id(task), Sample.digest(digestText), settlement(results), true);
  }

  @Override
  public void reveal(TaskName task, String worker, String digestText) {
    hub.reveal(address(worker), id(task), Sample.digest(digestText));
  }

  @Override
  public void reopen(TaskName task, String caller) {
    hub.reopen(address(caller), id(task));
  }

  private static Settlement settlement(String results) {
    return new Settlement(Hex.encode(results.getBytes(StandardCharsets.UTF_8)), "");
  }

  @Override
  public void finalizeTask(TaskName task, String caller, String results) {
    hub.finalizeTask(address(caller), id(task), settlement(results));
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
  public Instant start() {
    return START;
  }

  @Override
  public Deal deal(String name) {
    return hub.viewDeal(dealOf(new TaskName(name, 0))).orElseThrow();
  }

  @Override
  public List<OnChainTask> tasks(List<TaskName> tasks) {
    return tasks.stream().map(this::task).toList();
  }

  OnChainTask task(TaskName task) {
    return hub.viewTask(id(task));
  }

  @Override
  public List<HubContribution> contributions(TaskName task, List<Address> workers) {
    return contributions(task).stream()
        .filter(contribution -> workers.contains(contribution.worker()))
        .toList();
  }

  List<HubContribution> contributions(TaskName task) {
    return hub.viewContributions(id(task));
  }

  @Override
  public List<HubLog> logs() {
    return hub.logs();
  }

  @Override
  public List<Purse> purses(List<String> actors) {
    return actors.stream().map(actor -> hub.viewAccount(address(actor))).toList();
  }

  @Override
  public List<Long> scores(List<String> workers) {
    return workers.stream().map(worker -> hub.viewScore(address(worker))).toList();
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

  /** The worker's name at this address. */
  String nameOf(Address worker) {
    return ScenarioPicture.WORKERS.stream()
        .filter(name -> address(name).equals(worker))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public Address address(String actor) {
    return switch (actor) {
      case "requester" -> Sample.REQUESTER;
      case "appOwner" -> Sample.APP_OWNER;
      case "datasetOwner" -> Sample.DATASET_OWNER;
      case "poolOwner" -> Sample.POOL_OWNER;
      case "kitty" -> InMemoryHub.KITTY;
      default -> Sample.worker(Integer.parseInt(actor.substring(1)));
    };
  }
}
