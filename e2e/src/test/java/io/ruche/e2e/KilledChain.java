package io.ruche.e2e;

import static io.ruche.e2e.KilledE2E.hears;
import static io.ruche.e2e.KilledE2E.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.chain.abi.AbiEvent;
import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.sdk.RucheClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The chain's node is ended with SIGKILL at a step of a task's life. What was in no block is lost;
 * it comes back with the blocks it had at that step, or at an earlier one. Whatever it forgot,
 * everybody sends again, in whatever order: the task ends with one verdict.
 */
final class KilledChain {
  /** The chain comes back as it was before the task was bought. */
  private static final String BEFORE_MATCH = "match";

  private static final String SERVER = "server";
  private static final String WORKER = "worker-1";

  /** Every step at which a transaction is under way, and what may be forgotten of it. */
  static final List<Setback> VOTED = List.of(
      new Setback("match heard", SERVER, "", hears("SchedulerNotice(address,bytes32)")),
      new Setback("match heard", SERVER, BEFORE_MATCH, hears("SchedulerNotice(address,bytes32)")),
      new Setback("start sent", SERVER, "", "tx:1:sent"),
      new Setback("given", SERVER, "tx:1:signed", "log:attempt assigned"),
      new Setback("given", SERVER, BEFORE_MATCH, "log:attempt assigned"),
      new Setback("contribution sent", WORKER, "", "tx:1:sent"),
      new Setback("contribution known", WORKER, "tx:1:signed", "log:contribution mined"),
      new Setback("contribution known", WORKER, BEFORE_MATCH, "log:contribution mined"),
      new Setback("reveal sent", WORKER, "", "tx:2:sent"),
      new Setback("reveal known", WORKER, "tx:2:signed", "log:reveal mined"),
      new Setback("reveal known", WORKER, "tx:1:signed", "log:reveal mined"),
      new Setback("reveal known", WORKER, BEFORE_MATCH, "log:reveal mined"),
      new Setback("end sent", SERVER, "", "tx:2:sent"),
      new Setback("end known", SERVER, "tx:2:signed", "log:task ended"),
      new Setback("end known", SERVER, BEFORE_MATCH, "log:task ended"));

  /** A task that its only worker settles in one transaction. */
  static final List<Setback> SETTLED_BY_ITS_WORKER = List.of(
      new Setback("settlement sent", WORKER, "", "tx:1:sent"),
      new Setback("settlement known", WORKER, "tx:1:signed", "log:contribution mined"),
      new Setback("settlement known", WORKER, BEFORE_MATCH, "log:contribution mined"));

  private final Marketplace market;
  private final RucheClient requester;
  private final Address app;

  /**
   * Where the node ends.
   *
   * @param process in which the step is taken
   * @param backTo the step whose state the chain comes back with; empty for this one
   * @param trap the step
   */
  record Setback(String name, String process, String backTo, String trap) {}

  KilledChain(Marketplace market, RucheClient requester, Address app) {
    this.market = market;
    this.requester = requester;
    this.app = app;
  }

  void killAtEach(List<Setback> setbacks) {
    setbacks.forEach(this::kill);
  }

  private void kill(Setback setback) {
    forget(home(setback).resolve(Trap.STATE));
    var before = state();
    var purchase = market.begin(requester, new Marketplace.Wish(app, 1, 1, "forgotten"));
    lay(setback);
    var chain = market.process("chain");
    var bought = CompletableFuture.supplyAsync(
        () -> Marketplace.await("the deal of " + setback, () -> dealOf(purchase)));
    Marketplace.await("a kill at " + setback, () -> LaidTrap.sprung(home(setback)));
    Marketplace.await("the node to be gone", () -> chain.isRunning() ? null : true);
    goBackTo(setback.backTo().equals(BEFORE_MATCH) ? before : kept(home(setback)));
    market.repair();

    assertEndedOnce(setback, bought.join());
  }

  /** Completing a purchase again buys nothing twice; null while the node is down. */
  private static @Nullable Deal dealOf(Supplier<Deal> purchase) {
    try {
      return purchase.get();
    } catch (RucheException e) {
      if (!e.isRetryable()) {
        throw e;
      }
      return null;
    }
  }

  private void assertEndedOnce(Setback setback, Deal deal) {
    var task = Marketplace.await("the end of the task of " + setback, () -> {
      var seen = requester.view().tasks(Marketplace.ids(deal)).getFirst();
      return seen.status().isFinal() && KilledE2E.isKnown(market, seen) != null ? seen : null;
    });
    assertThat(task.status()).as("task of %s", setback).isEqualTo(TaskStatus.COMPLETED);
    assertThat(task.contributors()).as("of %s", setback).containsExactly(worker());
    KilledE2E.assertProved(requester, deal, setback);
    assertThat(market.verified(requester, List.of(task))).hasSize(1);
    for (var event :
        List.of("TaskContribute(bytes32,address,bytes32)", "TaskFinalize(bytes32,bytes)")) {
      assertThat(told(event, task.id())).as("%s of %s", event, setback).isEqualTo(1);
    }
    assertThat(market.isConserved(requester)).isTrue();
  }

  /** How often the chain, as it is now, tells this of a task. */
  private int told(String event, TaskId task) {
    var filter = Map.of(
        "fromBlock",
        "0x0",
        "address",
        requester.hub().address().hex(),
        "topics",
        List.of(AbiEvent.of(event, 0).topic(), task.hex()));
    return requester.hub().rpc().read("eth_getLogs", filter).size();
  }

  private void lay(Setback setback) {
    var lines = new ArrayList<String>();
    if (!setback.backTo().isEmpty() && !setback.backTo().equals(BEFORE_MATCH)) {
      lines.add(setback.backTo());
    }
    lines.add(setback.trap());
    lines.add(Trap.NODE + market.process("chain").pid());
    LaidTrap.lay(home(setback), lines);
  }

  private Path home(Setback setback) {
    return setback.process().equals(SERVER)
        ? market.home().pool()
        : market.home().worker(1);
  }

  private String state() {
    try {
      return NodeState.whole(() -> requester.hub().rpc().read("anvil_dumpState").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String kept(Path home) {
    try {
      return Files.readString(home.resolve(Trap.STATE)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the node finds when it starts again. */
  private void goBackTo(String state) {
    var file = market.home().chain().resolve("state.json");
    try (var json = NodeState.unpacked(state);
        var out = Files.newOutputStream(file)) {
      json.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
