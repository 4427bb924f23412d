package io.ruche.agent;

import io.ruche.agent.settings.AgentSettings;
import io.ruche.agent.state.MachineClaim;
import io.ruche.agent.task.OfferedMachine;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.RucheException;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.LinkLimits;
import io.ruche.link.LoginText;
import io.ruche.link.PoolLink;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Logs this worker in, at the pool, hub and chain that its owner meant and nowhere else. */
final class PoolIdentity implements PoolLink.Identity {
  private final AgentSettings settings;
  private final Wallet wallet;
  private final String software;
  private final Supplier<List<String>> runtimes;
  private final Supplier<List<String>> weaknesses;
  private final LongSupplier freeBytes;

  PoolIdentity(
      AgentSettings settings,
      Wallet wallet,
      String software,
      Supplier<List<String>> runtimes,
      Supplier<List<String>> weaknesses,
      LongSupplier freeBytes) {
    this.settings = settings;
    this.wallet = wallet;
    this.software = software;
    this.runtimes = runtimes;
    this.weaknesses = weaknesses;
    this.freeBytes = freeBytes;
  }

  @Override
  public FromWorker.Hello hello() {
    var machine = wallet.address();
    return settings.account().isZero()
        ? FromWorker.Hello.ofWallet(
            LinkLimits.MIN_VERSION, LinkLimits.MAX_VERSION, machine, software)
        : new FromWorker.Hello(
            LinkLimits.ACCOUNT_VERSION,
            LinkLimits.MAX_VERSION,
            settings.account(),
            machine,
            software);
  }

  @Override
  public FromWorker.Login login(FromPool.Challenge challenge) {
    require("chain", settings.chainId(), challenge.chainId());
    require("hub", settings.hub(), challenge.hub());
    if (!settings.workerpool().isZero()) {
      require("workerpool", settings.workerpool(), challenge.workerpool());
    }
    var machine = OfferedMachine.of(settings);
    var offer = new FromWorker.Offer(
        settings.slots(),
        machine.memoryMiB(),
        Math.max(0, freeBytes.getAsLong() >> 20),
        runtimes.get(),
        MachineClaim.fuelPerSecond(settings.home()),
        new FromWorker.Machine(machine.cpus(), machine.arch(), machine.groups(), weaknesses.get()));
    var key = wallet.address();
    var text = LoginText.of(challenge, settings.workerOf(key), key);
    return new FromWorker.Login(wallet.signText(text), offer);
  }

  private void require(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new RucheException(
          "POOL_MISMATCH",
          "the pool at %s serves %s %s, expected %s."
              .formatted(settings.pool(), what, found, expected),
          "Check the pool's address, or the worker's --%s.".formatted(what),
          false);
    }
  }
}
