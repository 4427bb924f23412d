package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.server.ScriptedWorker;
import io.ruche.testkit.Sample;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that log in for an account. */
class AccountSessionTest {
  private static final Address ACCOUNT = Sample.address(0xacc);
  private final FakeChain chain = new FakeChain();
  private final Wallet first = Wallet.random();
  private final Wallet second = Wallet.random();

  @TempDir
  Path folder;

  private PoolFixture fixture;

  @BeforeEach
  void start() {
    chain.deposit(ACCOUNT);
    chain.account(ACCOUNT, first.address(), second.address());
    fixture = PoolFixture.start(folder, chain);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void bothMachinesWorkAtOnceOnDifferentTasks() {
    try (var one = join(first);
        var two = join(second)) {
      chain.buy(2, 3);

      var mine = one.await(FromPool.Assign.class);
      var others = two.await(FromPool.Assign.class);

      assertThat(mine.ref().task()).isNotEqualTo(others.ref().task());
      assertThat(fixture.pool.link().connected())
          .allSatisfy(session -> assertThat(session.who().worker()).isEqualTo(ACCOUNT))
          .hasSize(2);
    }
  }

  @Test
  void aMachineThatTheAccountDoesNotListIsRefusedByName() {
    var stranger = Wallet.random();
    try (var worker = ScriptedWorker.connect(fixture.url(), stranger)) {
      greet(worker, stranger, ACCOUNT);

      assertThat(worker.awaitRejected().code()).isEqualTo("MACHINE_NOT_LISTED");
      assertThat(fixture.pool.link().connected()).isEmpty();
    }
  }

  @Test
  void aLoginForOneAccountIsNoneForAnother() {
    var other = Sample.address(0xbad);
    chain.account(other, first.address());
    try (var worker = ScriptedWorker.connect(fixture.url(), first)) {
      worker.send(new FromWorker.Hello(2, 2, other, first.address(), "scripted"));
      worker.login(worker.await(FromPool.Challenge.class), ACCOUNT, 1);

      assertThat(worker.awaitRejected().code()).isEqualTo("BAD_SIGNATURE");
    }
  }

  @Test
  void aListedKeyDoesNotHelpWhoHasNotGotIt() {
    var thief = Wallet.random();
    try (var worker = ScriptedWorker.connect(fixture.url(), thief)) {
      worker.send(new FromWorker.Hello(2, 2, ACCOUNT, first.address(), "scripted"));
      worker.login(worker.await(FromPool.Challenge.class), ACCOUNT, 1);

      assertThat(worker.awaitRejected().code()).isEqualTo("BAD_SIGNATURE");
    }
  }

  @Test
  void anAccountIsNoWordOfTheFirstVersion() {
    try (var worker = ScriptedWorker.connect(fixture.url(), first)) {
      worker.send(new FromWorker.Hello(1, 1, ACCOUNT, first.address(), "scripted"));

      assertThat(worker.awaitRejected().code()).isEqualTo("VERSION");
    }
  }

  @Test
  void whatARevokedMachineRanGoesToAnotherOfTheAccount() {
    try (var one = join(first)) {
      chain.buy(1, 3);
      var given = one.await(FromPool.Assign.class);
      try (var two = join(second)) {
        chain.account(ACCOUNT, second.address());
        one.send(new FromWorker.Refused(given.ref(), "CONTRIBUTION_REFUSED", "NotAMachine"));

        assertThat(one.awaitRejected().code()).isEqualTo("MACHINE_NOT_LISTED");
        var again = two.await(FromPool.Assign.class);
        assertThat(again.ref().task()).isEqualTo(given.ref().task());
        assertThat(again.ref().attempt()).isGreaterThan(given.ref().attempt());
      }
    }
  }

  @Test
  void aRevokedMachineThatSaysNothingIsFoundOut() {
    try (var one = join(first)) {
      chain.account(ACCOUNT);

      assertThat(one.awaitRejected().code()).isEqualTo("MACHINE_NOT_LISTED");
      one.await(() -> fixture.pool.link().connected().isEmpty());
    }
  }

  private ScriptedWorker join(Wallet machine) {
    return ScriptedWorker.joinFor(fixture.url(), ACCOUNT, machine, 1);
  }

  private static void greet(ScriptedWorker worker, Wallet machine, Address account) {
    worker.send(new FromWorker.Hello(2, 2, account, machine.address(), "scripted"));
    worker.login(worker.await(FromPool.Challenge.class), account, 1);
  }
}
