package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.agent.availability.ProcessMark;
import io.ruche.chain.abi.AbiEvent;
import io.ruche.cli.up.Role;
import io.ruche.cli.up.UpOptions;
import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.OnChainTask;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.RucheClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Worker, server and chain node are ended with SIGKILL at each step of a task's life and started
 * again, all on one market: the task settles with the transactions of one life, money is conserved,
 * and nothing is left behind.
 */
class KilledE2E {
  private static final JsonMapper JSON = new JsonMapper();

  /** The only step that a worker takes after the task has settled. */
  private static final String DONE = "log:task done";

  private static final UpOptions VOTED = UpOptions.ofWorkers(1)
      .withCertification("WITH_WORK")
      .withProgram(1, Marketplace.worker(TrappedWorkerMain.class))
      .withProgram(UpOptions.SERVER, Marketplace.server(TrappedServerMain.class));

  /** A vote at the worker: contribute, reveal, then the upload. */
  private static final List<Step> WORKER = List.of(
      new Step("assigned", "log:task accepted"),
      new Step("fetching", "log:command Fetch["),
      new Step("fetched", "log:event Fetched["),
      new Step("running", "busy:command Run["),
      new Step("run finished", "log:task computed"),
      new Step("journal written", "log:command Contribute["),
      new Step("contribution signed", "tx:1:signed"),
      new Step("contribution sent", "tx:1:sent"),
      new Step("contribution mined", "tx:1:mined"),
      new Step("contribution known", "log:contribution mined"),
      new Step("reveal ordered", "log:command Reveal["),
      new Step("reveal signed", "tx:2:signed"),
      new Step("reveal sent", "tx:2:sent"),
      new Step("reveal mined", "tx:2:mined"),
      new Step("reveal known", "log:reveal mined"),
      new Step("uploading", "log:command Upload["),
      new Step("uploaded", "log:result uploaded"),
      new Step("done", DONE));

  /** The same at the server, which starts the task and ends it. */
  private static final List<Step> SERVER = List.of(
      new Step("match heard", hears("SchedulerNotice(address,bytes32)")),
      new Step("deal known", "log:deal matched"),
      new Step("start signed", "tx:1:signed"),
      new Step("start sent", "tx:1:sent"),
      new Step("start mined", "tx:1:mined"),
      new Step("given", "log:attempt assigned"),
      new Step("contribution heard", hears("TaskContribute(bytes32,address,bytes32)")),
      new Step("reveal heard", hears("TaskReveal(bytes32,address,bytes32)")),
      new Step("result stored, end signed", "tx:2:signed"),
      new Step("end sent", "tx:2:sent"),
      new Step("end mined", "tx:2:mined"),
      new Step("end heard", hears("TaskFinalize(bytes32,bytes)")),
      new Step("end known", "log:task ended"));

  /** A task whose only worker hands the result in first, and settles in one transaction. */
  private static final List<Step> SETTLED_BY_ITS_WORKER = List.of(
      new Step("committed", "log:command Committed["),
      new Step("handed in", "log:command Opened["),
      new Step("settlement ordered", "log:command ContributeAndFinalize["),
      new Step("settlement signed", "tx:1:signed"),
      new Step("settlement sent", "tx:1:sent"),
      new Step("settlement mined", "tx:1:mined"),
      new Step("settlement known", "log:contribution mined"),
      new Step("done", DONE));

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  /** Where the process ends. */
  private record Step(String name, String trap) {}

  /** A process with a trap in its home, and how many transactions a whole task takes of it. */
  private record Victim(String process, Path home, Address sender, int transactions) {}

  @Test
  void aTaskOutlivesAKillAtEveryStep() {
    try (var market = new Marketplace(folder, VOTED);
        var requester = market.requester()) {
      var app = market.app("noop");
      var owner = Role.POOL_OWNER.open().address();
      var server = new Victim("server", market.home().pool(), owner, 2);
      var worker = new Victim("worker-1", market.home().worker(1), worker(), 2);
      killAtEach(market, requester, app, SERVER, server);
      awaitNothingLeft(market);
      killAtEach(market, requester, app, WORKER, worker);
      var chain = new KilledChain(market, requester, app);
      chain.killAtEach(KilledChain.VOTED);
      awaitNothingLeft(market);

      market.kill("server");
      market.repair(VOTED.withCertification("AFTER_RESULT"));
      var settler = new Victim("worker-1", worker.home(), worker(), 1);
      killAtEach(market, requester, app, SETTLED_BY_ITS_WORKER, settler);
      chain.killAtEach(KilledChain.SETTLED_BY_ITS_WORKER);
      awaitNothingLeft(market);
      assertThat(market.isConserved(requester)).isTrue();
    }
  }

  private static void killAtEach(
      Marketplace market, RucheClient requester, Address app, List<Step> steps, Victim victim) {
    for (var step : steps) {
      if (step.trap().equals(DONE)) {
        awaitNothingLeft(market);
      }
      long before = sent(requester, victim.sender());

      kill(market, requester, app, step, victim);

      assertThat(sent(requester, victim.sender()) - before)
          .as("transactions of %s at %s", victim.process(), step)
          .isEqualTo(victim.transactions());
    }
  }

  /** The worker keeps a task's folder until the pool has told it that the task is over. */
  static void awaitNothingLeft(Marketplace market) {
    var work = market.home().worker(1).resolve("work");
    Marketplace.await("an empty work folder", () -> isEmpty(work));
    assertThat(read(Path.of("/proc/self/mountinfo"))).doesNotContain(work.toString());
  }

  private static void kill(
      Marketplace market, RucheClient requester, Address app, Step step, Victim victim) {
    LaidTrap.lay(victim.home(), List.of(step.trap()));
    var process = market.process(victim.process());
    var deal = market.buy(requester, new Marketplace.Wish(app, 1, 1, "killed"));
    var left = Marketplace.await("a kill at " + step, () -> LaidTrap.sprung(victim.home()));
    Marketplace.await("the process to be gone", () -> process.isRunning() ? null : true);
    Marketplace.await("what it had started to be gone", () -> areGone(left));
    market.repair();

    var task = market.settled(requester, deal).getFirst();
    assertThat(task.status()).as("task of %s", step).isEqualTo(TaskStatus.COMPLETED);
    assertThat(task.contributors()).containsExactly(worker());
    assertProved(requester, deal, step);
    assertThat(market.verified(requester, List.of(task))).hasSize(1);
    Marketplace.await("the server to know the end", () -> isKnown(market, task));
  }

  /** Neither a vote nor its stake is lost. */
  static void assertProved(RucheClient requester, Deal deal, Object step) {
    var task = Marketplace.ids(deal).getFirst();
    var contribution = requester.hub().contributions(task, List.of(worker())).getFirst();
    assertThat(contribution.status().name()).as("vote of %s", step).isEqualTo("PROVED");
    assertThat(requester.view().account(worker()).locked()).isEqualTo(TokenAmount.ZERO);
  }

  /** Else the next trap would be met by this task. */
  static @Nullable Boolean isKnown(Marketplace market, OnChainTask task) {
    var request = HttpRequest.newBuilder(market.network().market().resolve("/tasks/" + task.id()))
        .build();
    try (var http = HttpClient.newHttpClient()) {
      var known = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return JSON.readTree(known).path("status").asText().equals("COMPLETED") ? true : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** An event that the node tells, and that the process has not looked at yet. */
  static String hears(String event) {
    return "hears:" + AbiEvent.of(event, 0).topic();
  }

  static Address worker() {
    return Role.worker(1).address();
  }

  private static long sent(RucheClient client, Address sender) {
    var count = client
        .hub()
        .rpc()
        .read("eth_getTransactionCount", sender.hex(), "latest")
        .asText();
    return Long.decode(count);
  }

  private static @Nullable Boolean areGone(List<Long> processes) {
    boolean isAnyAlive = processes.stream().anyMatch(pid -> ProcessMark.of(pid).isPresent());
    return isAnyAlive ? null : true;
  }

  private static @Nullable Boolean isEmpty(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries.findAny().isEmpty() ? true : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
