package io.ruche.agent;

import static io.ruche.agent.Fixtures.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.agent.availability.OwnerFile;
import io.ruche.agent.availability.StatusFile;
import io.ruche.agent.settings.AvailabilitySettings;
import io.ruche.core.Power;
import io.ruche.core.Power.Source;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.worker.availability.Availability;
import io.ruche.worker.availability.Condition;
import io.ruche.worker.availability.Obstacle;
import io.ruche.worker.availability.OwnerWord;
import io.ruche.worker.availability.Rule;
import io.ruche.worker.availability.Stance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailabilityAgentTest {
  private static final byte[] MODULE = "a module".getBytes(StandardCharsets.UTF_8);
  private static final Duration GRACE = Duration.ofMinutes(5);
  private static final int WAIT_SECONDS = 20;

  @TempDir
  Path folder;

  private final FakePool pool = new FakePool();
  private final FakeChain chain = new FakeChain();
  private final FakeSandbox sandbox = new FakeSandbox();
  private volatile Duration ahead = Duration.ZERO;
  private @Nullable Agent agent;

  @BeforeEach
  void publish() throws IOException {
    pool.files.put("app.wasm", MODULE);
    sell("wait");
    Files.createDirectories(folder.resolve("power/AC"));
    Files.createDirectories(folder.resolve("power/BAT0"));
    Files.writeString(folder.resolve("power/AC/type"), "Mains\n");
    Files.writeString(folder.resolve("power/BAT0/type"), "Battery\n");
    plug(true);
  }

  @AfterEach
  void close() {
    if (agent != null) {
      agent.close();
    }
    pool.close();
  }

  @Test
  void onBatteryNothingNewIsTaken() throws Exception {
    plug(false);
    start();
    pool.awaitLogin();

    var heartbeat = pool.next(FromWorker.Heartbeat.class);
    assertThat(heartbeat.freeSlots()).isZero();
    assertThat(heartbeat.power()).isEqualTo(new Power(Source.BATTERY, 0));
    pool.assign(FIRST, 1);

    var refused = pool.next(FromWorker.Refused.class);
    assertThat(refused.code()).isEqualTo("OWNER_BACK");
    assertThat(refused.detail()).isEqualTo("the machine runs on its battery");
    assertThat(sandbox.runs).hasValue(0);
  }

  @Test
  void withTooLittleFreeDiskNoWorkIsAskedForAndTheStatusSaysWhy() throws Exception {
    agent = Agent.start(
        TestAgents.settings(pool, home(), TestAgents.ALWAYS, Integer.MAX_VALUE),
        TestAgents.parts(chain, sandbox, Instant::now));
    pool.awaitLogin();

    assertThat(pool.next(FromWorker.Heartbeat.class).freeSlots()).isZero();
    awaitStatus(status -> has(status, Obstacle.DISK_FULL));
    pool.assign(FIRST, 1);

    assertThat(pool.next(FromWorker.Refused.class).detail())
        .contains("expected %d MiB".formatted(Integer.MAX_VALUE));
    assertThat(sandbox.runs).hasValue(0);
  }

  @Test
  void aRunIsPausedWithinTwoSecondsAndGoesOnWhenTheOwnerIsAwayAgain() throws Exception {
    run();
    pool.next(FromWorker.Heartbeat.class, m -> m.freeSlots() == 2);

    plug(false);
    assertThat(sandbox.told.poll(2, TimeUnit.SECONDS)).isEqualTo("pause");
    pool.next(FromWorker.Heartbeat.class, m -> m.freeSlots() == 0);
    plug(true);
    awaitStatus(status -> has(status, Obstacle.SETTLING));
    ahead = Availability.RESUME_AFTER;

    pool.next(FromWorker.Heartbeat.class, m -> m.freeSlots() == 1);
    awaitTold("resume");
    assertThat(sandbox.interrupted.getCount()).isEqualTo(1);
  }

  @Test
  void afterTheGraceTimeTheRunIsHandedBack() throws Exception {
    run();
    plug(false);
    awaitStatus(status -> status.outlook().stance() == Stance.PAUSE && status.tasks() == 1);

    ahead = GRACE;

    assertThat(pool.next(FromWorker.Refused.class).code()).isEqualTo("OWNER_BACK");
    assertThat(sandbox.interrupted.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    awaitStatus(status -> status.outlook().stance() == Stance.HAND_BACK && status.tasks() == 0);
  }

  @Test
  void whereProcessesCannotStandStillTheRunIsHandedBackAtOnce() throws Exception {
    var system = System.setProperty("os.name", "Windows 11");
    try {
      sell("wait");
      agent = Agent.start(
          TestAgents.settings(pool, home(), TestAgents.ALWAYS),
          TestAgents.parts(chain, sandbox, Instant::now));
      pool.assign(FIRST, 1);
      assertThat(sandbox.waiting.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();

      new OwnerFile(home()).write(OwnerWord.PAUSE);

      assertThat(pool.next(FromWorker.Refused.class).code()).isEqualTo("OWNER_BACK");
      assertThat(sandbox.interrupted.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      System.setProperty("os.name", system);
    }
  }

  @Test
  void theOwnersWordIsObeyedAndAContributionIsRevealedAllTheSame() throws Exception {
    sell("go");
    start();
    var task = Fixtures.task(FIRST);
    pool.assign(FIRST, 1);
    pool.next(FromWorker.Contributed.class);

    new OwnerFile(home()).write(OwnerWord.PAUSE);
    pool.next(FromWorker.Heartbeat.class, m -> m.freeSlots() == 0);
    chain.revealing.put(task, true);
    pool.say(new FromPool.Reveal(FakePool.ref(task, 1)));
    pool.next(FromWorker.Revealed.class);
    new OwnerFile(home()).write(OwnerWord.WORK);

    pool.next(FromWorker.Heartbeat.class, m -> m.freeSlots() == 2);
  }

  private void run() throws InterruptedException {
    start();
    pool.assign(FIRST, 1);
    assertThat(sandbox.waiting.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private void start() {
    var mains = new AvailabilitySettings(
        new Rule(List.of(new Condition.Mains())),
        GRACE,
        folder.resolve("power"),
        folder.resolve("none"),
        "",
        0);
    agent = Agent.start(
        TestAgents.settings(pool, home(), mains),
        TestAgents.parts(chain, sandbox, () -> Instant.now().plus(ahead)));
  }

  private Path home() {
    return folder.resolve("home");
  }

  private void plug(boolean isOnline) throws IOException {
    Files.writeString(folder.resolve("power/AC/online"), isOnline ? "1\n" : "0\n");
  }

  private void sell(String params) {
    var app = Fixtures.app("WASM", pool.fileUrl("app.wasm"), Fixtures.sha256(MODULE));
    chain.deals.put(Fixtures.DEAL, Fixtures.facts(params, app));
  }

  private static boolean has(StatusFile.Status status, String code) {
    return status.outlook().obstacles().stream().anyMatch(o -> o.code().equals(code));
  }

  private void awaitStatus(Predicate<StatusFile.Status> wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (new StatusFile(home()).read().filter(wanted).isEmpty()) {
      assertThat(System.nanoTime()).as("time for the status to come true").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private void awaitTold(String word) throws InterruptedException {
    String told;
    do {
      told = sandbox.told.poll(WAIT_SECONDS, TimeUnit.SECONDS);
    } while (told != null && !told.equals(word));
    assertThat(told).isEqualTo(word);
  }
}
