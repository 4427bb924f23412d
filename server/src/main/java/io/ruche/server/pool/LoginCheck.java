package io.ruche.server.pool;

import io.ruche.core.Hex;
import io.ruche.core.RucheException;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.LinkLimits;
import io.ruche.link.LoginText;
import io.ruche.scheduler.WorkerOffer;
import io.ruche.server.pool.LinkDesk.Recover;
import io.ruche.server.pool.WorkerSession.State;
import java.security.SecureRandom;

/**
 * The first two messages of a session: which version both speak, and who is there. Any thread may
 * call.
 */
final class LoginCheck {
  private static final int NONCE_BYTES = 32;

  private final LinkSettings settings;
  private final Recover recover;
  private final SecureRandom random = new SecureRandom();

  LoginCheck(LinkSettings settings, Recover recover) {
    this.settings = settings;
    this.recover = recover;
  }

  /**
   * A challenge for whoever says hello.
   *
   * @throws IllegalArgumentException for any other message
   * @throws RucheException VERSION when there is none that both speak
   */
  State.Greeted greet(FromWorker message) {
    if (!(message instanceof FromWorker.Hello hello)) {
      throw new IllegalArgumentException("expected hello as the first message");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var challenge = new FromPool.Challenge(
        version(hello),
        Hex.encode(nonce),
        settings.chainId(),
        settings.hub(),
        settings.workerpool());
    var machine = hello.machine();
    var who = new Who(machine == null ? hello.worker() : machine, hello.worker());
    return new State.Greeted(who, challenge, PoolLog.printable(hello.software()));
  }

  private static int version(FromWorker.Hello hello) {
    int version = Math.min(hello.maxVersion(), LinkLimits.MAX_VERSION);
    int least = hello.machine() == null ? LinkLimits.MIN_VERSION : LinkLimits.ACCOUNT_VERSION;
    if (version < Math.max(hello.minVersion(), least)) {
      throw new RucheException(
          "VERSION",
          "This pool speaks link versions %d to %d, this worker %d to %d."
              .formatted(
                  LinkLimits.MIN_VERSION,
                  LinkLimits.MAX_VERSION,
                  hello.minVersion(),
                  hello.maxVersion()),
          "Update the older of the two.",
          false);
    }
    return version;
  }

  /**
   * What the machine offers, once it has signed the challenge.
   *
   * @throws IllegalArgumentException for any other message, or an offer out of bounds
   * @throws RucheException BAD_SIGNATURE when somebody else signed
   */
  WorkerOffer offer(State.Greeted greeted, FromWorker message) {
    if (!(message instanceof FromWorker.Login login)) {
      throw new IllegalArgumentException("expected login after the challenge");
    }
    var who = greeted.who();
    var text = LoginText.of(greeted.challenge(), who.worker(), who.machine());
    if (!who.machine().equals(recover.signerOf(text, login.signature()))) {
      throw new RucheException(
          "BAD_SIGNATURE",
          "The login is not signed by %s.".formatted(who.machine()),
          "Sign it with that key.",
          false);
    }
    return LinkMessages.offer(login.offer(), greeted.challenge().version());
  }
}
