package io.ruche.agent;

import static io.ruche.agent.Fixtures.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose task is stopped by its requester. */
class AgentCancelTest {
  private static final byte[] MODULE = "a module".getBytes(StandardCharsets.UTF_8);

  @TempDir
  Path home;

  private final FakePool pool = new FakePool();
  private final FakeChain chain = new FakeChain();
  private final FakeSandbox sandbox = new FakeSandbox();
  private Agent agent;

  @BeforeEach
  void start() {
    pool.files.put("app.wasm", MODULE);
    var app = Fixtures.app("WASM", pool.fileUrl("app.wasm"), Fixtures.sha256(MODULE));
    chain.deals.put(Fixtures.DEAL, Fixtures.facts("wait", app));
    agent = Agent.start(
        TestAgents.settings(pool, home, TestAgents.ALWAYS),
        TestAgents.parts(chain, sandbox, Clock.systemUTC()));
  }

  @AfterEach
  void close() {
    chain.answers.countDown();
    agent.close();
    pool.close();
  }

  @Test
  void aCancelStopsTheRunWhichIsCertifiedAsCancelledAndCleansUp() throws Exception {
    pool.assign(FIRST, 1);
    assertThat(sandbox.waiting.await(20, TimeUnit.SECONDS)).isTrue();
    var ref = FakePool.ref(Fixtures.task(FIRST), 1);

    pool.say(
        new FromPool.Cancel(ref, Fixtures.cancellation(Fixtures.OWNER, ref.task(), Instant.now())));
    pool.say(new FromPool.Cancel(
        ref, Fixtures.cancellation(Fixtures.REQUESTER, ref.task(), Instant.now())));

    assertThat(pool.next(FromWorker.Failed.class).code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(sandbox.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    pool.say(new FromPool.CertifyFailure(
        ref,
        new Failure(FailureCode.CANCELLED, 0),
        Fixtures.OWNER
            .authorize(Fixtures.WORKER.address(), ref.task(), Address.ZERO)
            .signature()));
    pool.next(FromWorker.Contributed.class);
    pool.say(new FromPool.Done(ref, "won"));
    pool.say(new FromPool.Abort(ref, "over"));
    assertThat(chain.contributed).containsKey(ref.task());
  }

  @Test
  void whatComesCancelledIsNotRun() throws Exception {
    var ref = FakePool.ref(Fixtures.task(FIRST), 1);

    pool.assignCancelled(FIRST, 1);

    assertThat(pool.next(FromWorker.Failed.class).code()).isEqualTo(FailureCode.CANCELLED);
    pool.say(new FromPool.CertifyFailure(ref, new Failure(FailureCode.CANCELLED, 0), null));
    pool.next(FromWorker.Committed.class);
    assertThat(sandbox.runs).hasValue(0);
    assertThat(chain.contributions).hasValue(0);
    pool.say(new FromPool.Abort(ref, "over"));
  }
}
