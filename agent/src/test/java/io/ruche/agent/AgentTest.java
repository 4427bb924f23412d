package io.ruche.agent;

import static io.ruche.agent.Fixtures.FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.chain.wallet.Signatures;
import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.AppType;
import io.ruche.core.ContributionHashes;
import io.ruche.core.Dataset;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.ResultDigest;
import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.LoginText;
import io.ruche.link.Phase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentTest {
  private static final byte[] MODULE = "a module".getBytes(StandardCharsets.UTF_8);

  @TempDir
  Path home;

  private final FakePool pool = new FakePool();
  private final FakeChain chain = new FakeChain();
  private final FakeSandbox sandbox = new FakeSandbox();
  private final List<Agent> agents = new ArrayList<>();

  @BeforeEach
  void publish() {
    pool.files.put("app.wasm", MODULE);
    sell("one 'two three'");
  }

  @AfterEach
  void close() {
    chain.answers.countDown();
    agents.forEach(Agent::close);
    pool.close();
  }

  @Test
  void aTaskGoesFromAssignmentToDone() throws Exception {
    start(home);
    var task = Fixtures.task(FIRST);

    pool.assign(FIRST, 1);
    assertThat(pool.next(FromWorker.Contributed.class).ref()).isEqualTo(FakePool.ref(task, 1));
    chain.revealing.put(task, true);
    pool.say(new FromPool.Reveal(FakePool.ref(task, 1)));
    pool.next(FromWorker.Revealed.class);
    pool.say(new FromPool.Upload(FakePool.ref(task, 1), "/results/" + task, "t0ken"));
    pool.next(FromWorker.Progress.class, m -> m.phase() == Phase.UPLOADED);
    var files = Unzipped.of(pool.upload());

    assertThat(files.get("result.txt")).startsWith("[one, two three]\n");
    assertThat(files.get("stdout.txt")).isEqualTo("hello\n");
    assertThat(chain.revealed).containsEntry(task, digestOf(files));
    pool.say(new FromPool.Done(FakePool.ref(task, 1), "COMPLETED"));
    awaitNoFolders();
  }

  @Test
  void anAppSeesItsInputsAndVariables() throws Exception {
    var data = "1,2,3".getBytes(StandardCharsets.UTF_8);
    pool.files.put("data.csv", data);
    var plain = pool.fileUrl("data.csv");
    sell(
        """
        {"iexec_args": "x", "iexec_input_files": ["%s"],
         "ruche": {"inputs": [{"uri": "%s", "sha256": "%s", "name": "prices.csv"}]}}
        """.formatted(plain, plain, Fixtures.sha256(data)),
        new Dataset(Fixtures.DATASET, Address.ZERO, "d", plain, Fixtures.sha256(data)));
    start(home);

    pool.assign(FIRST + 1, 1);
    pool.next(FromWorker.Contributed.class);
    var text = Files.readString(only(home.resolve("work")).resolve("out/result.txt"));

    var byUrl = Fixtures.sha256(plain.getBytes(StandardCharsets.UTF_8)).hex();
    assertThat(text)
        .contains(Fixtures.DATASET.hex(), "prices.csv", byUrl)
        .contains("IEXEC_DATASET_FILENAME=" + Fixtures.DATASET)
        .contains("IEXEC_INPUT_FILES_NUMBER=1")
        .contains("IEXEC_INPUT_FILE_NAME_1=" + byUrl)
        .contains("IEXEC_TASK_INDEX=6", "IEXEC_BOT_SIZE=3", "IEXEC_BOT_FIRST_INDEX=5");
  }

  @Test
  void theLoginIsSignedForThisPoolAlone() throws Exception {
    start(home);

    var login = pool.next(FromWorker.Login.class);

    var challenge = new FromPool.Challenge(1, "n0nce", 65535, Fixtures.HUB, Fixtures.POOL);
    var text = LoginText.of(challenge, Fixtures.WORKER.address(), Fixtures.WORKER.address());
    assertThat(Signatures.recoverText(text, login.signature())).contains(Fixtures.WORKER.address());
    assertThat(login.offer().runtimes()).containsExactly("WASM");
  }

  @Test
  void aRuntimeThatIsFoundLaterIsOffered() throws Exception {
    var parts = TestAgents.parts(chain, sandbox, Clock.systemUTC());
    agents.add(Agent.start(TestAgents.settings(pool, home, TestAgents.ALWAYS), parts));
    assertThat(pool.next(FromWorker.Login.class).offer().runtimes()).containsExactly("WASM");
    pool.next(FromWorker.Heartbeat.class);

    parts.sandboxes().add(AppType.DOCKER, new FakeSandbox());

    assertThat(pool.next(FromWorker.Login.class).offer().runtimes())
        .containsExactly("WASM", "DOCKER");
  }

  @Test
  void afterCommitNothingIsContributedBeforeTheAuthorization() throws Exception {
    start(home);
    var task = Fixtures.task(FIRST);

    pool.assignAfterCommit(FIRST, 1);
    var committed = pool.next(FromWorker.Committed.class);
    assertThat(chain.contributions).hasValue(0);
    pool.say(new FromPool.Authorize(
        FakePool.ref(task, 1),
        Fixtures.OWNER.authorize(Fixtures.WORKER.address(), task, Address.ZERO).signature(),
        null));
    var opened = pool.next(FromWorker.Opened.class);

    assertThat(ContributionHashes.offChainCommit(opened.digest(), opened.salt()))
        .isEqualTo(committed.commit());
    assertThat(chain.contributed).containsEntry(task, opened.digest());
  }

  @Test
  void anAuthorizationOfAStrangerIsRefused() throws Exception {
    start(home);
    var task = Fixtures.task(FIRST);

    pool.assignAfterCommit(FIRST, 1);
    pool.next(FromWorker.Committed.class);
    pool.say(new FromPool.Authorize(
        FakePool.ref(task, 1),
        Fixtures.WORKER.authorize(Fixtures.WORKER.address(), task, Address.ZERO).signature(),
        null));

    assertThat(pool.next(FromWorker.Refused.class).detail()).contains("BAD_AUTHORIZATION");
    assertThat(chain.contributions).hasValue(0);
  }

  @Test
  void aTaskOfAnotherDealIsRefusedBeforeAnythingIsFetched() throws Exception {
    start(home);

    pool.assign(FIRST + 3, 1);

    assertThat(pool.next(FromWorker.Refused.class).code()).isEqualTo("TASK_MISMATCH");
    assertThat(sandbox.runs).hasValue(0);
  }

  @Test
  void tooLittleStakeIsRefusedWithWhatToDo() throws Exception {
    chain.stake = TokenAmount.ofNano(1);
    start(home);

    pool.assign(FIRST, 1);

    var refused = pool.next(FromWorker.Refused.class);
    assertThat(refused.code()).isEqualTo("STAKE_TOO_LOW");
    assertThat(refused.detail()).contains("ruche account deposit 0.000000002");
  }

  @Test
  void aTrapIsContributedAsACertifiedFailure() throws Exception {
    sell("trap");
    start(home);
    var task = Fixtures.task(FIRST);

    pool.assign(FIRST, 1);
    pool.next(FromWorker.Contributed.class);

    var output = only(home.resolve("work")).resolve("out");
    assertThat(output.resolve("ruche-failure.json"))
        .hasContent("{\"code\":\"TRAP\",\"exitCode\":0}");
    assertThat(output.resolve("stderr.txt")).hasContent("boom");
    var bytes = "{\"code\":\"TRAP\",\"exitCode\":0}".getBytes(StandardCharsets.UTF_8);
    assertThat(chain.contributed)
        .containsEntry(
            task,
            ResultDigest.of(List.of(new ResultDigest.Entry(
                "ruche-failure.json", bytes.length, Fixtures.sha256(bytes)))));
  }

  @Test
  void whatCannotBeFetchedOrReadIsReportedWithItsCode() throws Exception {
    start(home);

    pool.files.remove("app.wasm");
    assertThat(failureOf(FIRST).code()).isEqualTo(FailureCode.FETCH);
    pool.files.put("app.wasm", "another module".getBytes(StandardCharsets.UTF_8));
    assertThat(failureOf(FIRST + 1).code()).isEqualTo(FailureCode.CHECKSUM);
  }

  @Test
  void paramsThatMakeNoSenseAreReported() throws Exception {
    sell("{\"iexec_args\": \"'open\"}");
    start(home);

    assertThat(failureOf(FIRST).code()).isEqualTo(FailureCode.INVALID_PARAMS);
  }

  @Test
  void anAppOfAnotherTypeIsReported() throws Exception {
    var app = Fixtures.app("DOCKER", pool.fileUrl("app.wasm"), Fixtures.sha256(MODULE));
    chain.deals.put(Fixtures.DEAL, Fixtures.facts("", app));
    start(home);

    assertThat(failureOf(FIRST).code()).isEqualTo(FailureCode.UNSUPPORTED);
  }

  @Test
  void aReportedFailureIsContributedOnceThePoolCertifiesIt() throws Exception {
    pool.files.remove("app.wasm");
    start(home);
    var failed = failureOf(FIRST);

    pool.say(new FromPool.CertifyFailure(
        failed.ref(),
        new Failure(FailureCode.FETCH, 0),
        Fixtures.OWNER
            .authorize(Fixtures.WORKER.address(), failed.ref().task(), Address.ZERO)
            .signature()));

    pool.next(FromWorker.Contributed.class);
    assertThat(chain.contributed).containsKey(failed.ref().task());
  }

  @Test
  void anAbortStopsTheRunAndCleansUp() throws Exception {
    sell("wait");
    start(home);
    pool.assign(FIRST, 1);
    assertThat(sandbox.waiting.await(20, TimeUnit.SECONDS)).isTrue();

    pool.say(new FromPool.Abort(FakePool.ref(Fixtures.task(FIRST), 1), "not needed"));

    assertThat(sandbox.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    awaitNoFolders();
  }

  @Test
  void aDroppedSessionLosesNothing() throws Exception {
    start(home);
    pool.assign(FIRST, 1);
    pool.next(FromWorker.Contributed.class);

    pool.drop();

    pool.next(FromWorker.Login.class);
    assertThat(pool.next(FromWorker.Heartbeat.class).running()).hasSize(1);
    assertThat(pool.next(FromWorker.Contributed.class).ref().task())
        .isEqualTo(Fixtures.task(FIRST));
  }

  @Test
  void aKilledWorkerGoesOnFromItsDiskAndContributesOnce() throws Exception {
    chain.answers = new CountDownLatch(1);
    start(home);
    var task = Fixtures.task(FIRST);
    pool.assign(FIRST, 1);
    pool.next(FromWorker.Progress.class, m -> m.phase() == Phase.CONTRIBUTING);
    awaitContribution();

    start(imageOf(home));
    pool.next(FromWorker.Contributed.class);
    chain.revealing.put(task, true);
    pool.say(new FromPool.Reveal(FakePool.ref(task, 1)));
    pool.next(FromWorker.Revealed.class);
    pool.say(new FromPool.Upload(FakePool.ref(task, 1), "/results/" + task, "t0ken"));

    assertThat(digestOf(Unzipped.of(pool.upload()))).isEqualTo(chain.revealed.get(task));
    assertThat(chain.contributions).hasValue(1);
    assertThat(sandbox.runs).hasValue(1);
  }

  @Test
  void aWorkerKilledInTheMiddleOfARunStartsClean() throws Exception {
    sell("wait");
    start(home);
    pool.assign(FIRST, 1);
    pool.next(FromWorker.Progress.class, m -> m.phase() == Phase.RUNNING);
    assertThat(sandbox.waiting.await(20, TimeUnit.SECONDS)).isTrue();
    var image = imageOf(home);
    sell("go");

    start(image);
    pool.next(FromWorker.Login.class);
    pool.next(FromWorker.Heartbeat.class, m -> m.running().isEmpty());
    try (var left = Files.list(image.resolve("work"))) {
      assertThat(left).isEmpty();
    }
    pool.assign(FIRST, 2);

    assertThat(pool.next(FromWorker.Contributed.class).ref().attempt()).isEqualTo(2);
  }

  @Test
  void aChainThatIsDownIsTriedAgain() throws Exception {
    start(home);
    chain.isDown = true;
    pool.assign(FIRST, 1);
    pool.next(FromWorker.Progress.class, m -> m.detail().startsWith("CHAIN_UNREACHABLE"));

    chain.isDown = false;

    pool.next(FromWorker.Contributed.class);
    assertThat(chain.contributions).hasValue(1);
  }

  @Test
  void leavingGivesTheRunBack() throws Exception {
    sell("wait");
    var agent = start(home);
    pool.assign(FIRST, 1);
    assertThat(sandbox.waiting.await(20, TimeUnit.SECONDS)).isTrue();

    agent.close();
    agents.clear();

    assertThat(pool.next(FromWorker.Refused.class).code()).isEqualTo("LEAVING");
    assertThat(sandbox.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void manyTasksOfADealReadItOnce() throws Exception {
    start(home);

    for (int i = 0; i < 3; i++) {
      pool.assign(FIRST + i, 1);
      pool.next(FromWorker.Contributed.class);
    }

    assertThat(chain.dealReads).hasValue(1);
  }

  @Test
  void aMessageThatMakesNoSenseEndsTheSessionOnly() throws Exception {
    start(home);
    pool.awaitLogin();
    pool.next(FromWorker.Login.class);

    pool.say(new FromPool.Reveal(FakePool.ref(Fixtures.task(FIRST), -1)));

    pool.next(FromWorker.Login.class);
  }

  @Test
  void aDamagedJournalStopsTheStartWithOneSentence() throws Exception {
    Files.writeString(home.resolve("attempts.jsonl"), "hello\nworld\n");

    assertThatThrownBy(() -> start(home))
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("STATE_CORRUPT"));
  }

  @Test
  void aHomeBelongsToOneWorker() {
    start(home);

    assertThatThrownBy(() -> start(home))
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("HOME_IN_USE"));
  }

  private FromWorker.Failed failureOf(long index) throws InterruptedException {
    pool.assign(index, 1);
    return pool.next(FromWorker.Failed.class);
  }

  private void sell(String params) {
    chain.deals.put(Fixtures.DEAL, Fixtures.facts(params, app()));
  }

  private void sell(String params, Dataset dataset) {
    chain.deals.put(Fixtures.DEAL, Fixtures.facts(params, app(), dataset));
  }

  private App app() {
    return Fixtures.app("WASM", pool.fileUrl("app.wasm"), Fixtures.sha256(MODULE));
  }

  private Agent start(Path folder) {
    var agent = Agent.start(
        TestAgents.settings(pool, folder, TestAgents.ALWAYS),
        TestAgents.parts(chain, sandbox, Clock.systemUTC()));
    agents.add(agent);
    return agent;
  }

  /** What a kill would leave: the files as they are now. */
  private static Path imageOf(Path home) throws IOException {
    var image = home.resolveSibling(home.getFileName() + "-image");
    Files.walkFileTree(home, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
          throws IOException {
        Files.createDirectories(image.resolve(home.relativize(folder).toString()));
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        if (!file.toString().endsWith(".new")) {
          Files.copy(file, image.resolve(home.relativize(file).toString()));
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException gone) {
        return FileVisitResult.CONTINUE;
      }
    });
    return image;
  }

  private void awaitContribution() {
    awaitTrue(() -> chain.contributions.get() == 1);
  }

  private void awaitNoFolders() {
    awaitTrue(() -> {
      try (var left = Files.list(home.resolve("work"))) {
        return left.findAny().isEmpty();
      }
    });
  }

  private static void awaitTrue(Callable<Boolean> condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    try {
      while (!condition.call()) {
        if (System.nanoTime() > end) {
          throw new AssertionError("the condition did not come true in time");
        }
        Thread.onSpinWait();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Path only(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.toList().getFirst();
    }
  }

  private static Digest digestOf(Map<String, String> files) {
    return ResultDigest.of(files.entrySet().stream()
        .map(file -> {
          byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
          return new ResultDigest.Entry(file.getKey(), bytes.length, Fixtures.sha256(bytes));
        })
        .toList());
  }
}
