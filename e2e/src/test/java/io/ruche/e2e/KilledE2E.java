package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.cli.up.Role;
import io.ruche.cli.up.UpOptions;
import io.ruche.cli.up.UpOptions.WorkerProgram;
import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.RucheClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The worker's process is ended with SIGKILL at each step of an attempt's life and started again:
 * the task settles with the transactions of one life, and nothing is left behind. The steps at
 * which money is at stake run each time; {@code -Druche.kill=all} runs every one (six minutes).
 */
class KilledWorkerE2E {
  private static final WorkerProgram TRAPPED =
      new WorkerProgram(TrappedWorkerMain.class.getName(), System.getProperty("java.class.path"));

  /** A vote: contribute, reveal, then the upload. */
  private static final List<Step> VOTE = List.of(
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
      new Step("done", "log:task done"));

  /** A task that its only worker uploads first and settles in one transaction. */
  private static final List<Step> SETTLED_BY_ITS_WORKER = List.of(
      new Step("journal written", "log:command Committed["),
      new Step("uploading", "log:command Upload["),
      new Step("uploaded", "log:result uploaded"),
      new Step("settlement ordered", "log:command ContributeAndFinalize["),
      new Step("settlement signed", "tx:1:signed"),
      new Step("settlement sent", "tx:1:sent"),
      new Step("settlement mined", "tx:1:mined"),
      new Step("settlement known", "log:contribution mined"),
      new Step("done", "log:task done"));

  private static final List<String> AT_STAKE = List.of(
      "running", "contribution signed", "contribution mined", "reveal sent", "settlement signed");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  /** Where the process ends. */
  private record Step(String name, String trap) {}

  @Test
  void aVoteOutlivesAKillAtEveryStep() {
    killAtEach(VOTE, "WITH_WORK", 2);
  }

  @Test
  void aSettlementOutlivesAKillAtEveryStep() {
    killAtEach(SETTLED_BY_ITS_WORKER, "AFTER_RESULT", 1);
  }

  private void killAtEach(List<Step> steps, String certification, int transactions) {
    var options = UpOptions.ofWorkers(1).withCertification(certification).withProgram(1, TRAPPED);
    try (var market = new Marketplace(folder, options);
        var requester = market.requester()) {
      var app = market.app("noop");
      for (var step : chosen(steps)) {
        long before = sent(requester);

        kill(market, requester, app, step);

        assertThat(sent(requester) - before).as("transactions of %s", step).isEqualTo(transactions);
      }
      assertThat(market.isConserved(requester)).isTrue();
    }
  }

  private static List<Step> chosen(List<Step> steps) {
    return "all".equals(System.getProperty("ruche.kill"))
        ? steps
        : steps.stream().filter(step -> AT_STAKE.contains(step.name())).toList();
  }

  private void kill(Marketplace market, RucheClient requester, Address app, Step step) {
    var home = market.home().worker(1);
    write(home.resolve(TrappedWorkerMain.TRAP), step.trap());
    var worker = market.process("worker-1");
    var deal = market.buy(requester, new Marketplace.Wish(app, 1, 1, "killed"));
    var left = Marketplace.await("a kill at " + step, () -> leftBy(home));
    Marketplace.await("the worker to be gone", () -> worker.isRunning() ? null : true);
    Marketplace.await("the processes of the worker to be gone", () -> areGone(left));

    market.repair();

    var task = market.settled(requester, deal).getFirst();
    assertThat(task.status()).as("task of %s", step).isEqualTo(TaskStatus.COMPLETED);
    assertThat(task.contributors()).containsExactly(worker());
    assertProved(requester, deal, step);
    Marketplace.await("an empty work folder after " + step, () -> isEmpty(home.resolve("work")));
    assertThat(read(Path.of("/proc/self/mountinfo"))).doesNotContain(home.toString());
  }

  /** Neither a vote nor its stake is lost. */
  private static void assertProved(RucheClient requester, Deal deal, Step step) {
    var task = Marketplace.ids(deal).getFirst();
    var contribution = requester.hub().contributions(task, List.of(worker())).getFirst();
    assertThat(contribution.status().name()).as("vote of %s", step).isEqualTo("PROVED");
    assertThat(requester.view().account(worker()).locked()).isEqualTo(TokenAmount.ZERO);
  }

  private static Address worker() {
    return Role.worker(1).address();
  }

  private static long sent(RucheClient client) {
    var count = client
        .hub()
        .rpc()
        .read("eth_getTransactionCount", worker().hex(), "latest")
        .asText();
    return Long.decode(count);
  }

  /** What a killed worker had started; null while it lives. */
  private static @Nullable List<Long> leftBy(Path home) {
    var file = home.resolve(TrappedWorkerMain.KILLED);
    if (!Files.exists(file)) {
      return null;
    }
    var processes = read(file).lines().map(Long::valueOf).toList();
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return processes;
  }

  private static @Nullable Boolean areGone(List<Long> processes) {
    boolean isAnyAlive = processes.stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .anyMatch(ProcessHandle::isAlive);
    return isAnyAlive ? null : true;
  }

  private static @Nullable Boolean isEmpty(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries.findAny().isEmpty() ? true : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      var other = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
      Files.move(other, file);
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
