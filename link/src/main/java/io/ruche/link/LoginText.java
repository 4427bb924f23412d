package io.ruche.link;

import io.ruche.core.Address;

/**
 * The text a machine signs to log in; it names the pool and whom it works for, so it can be
 * replayed neither at another pool nor for another worker.
 */
public final class LoginText {
  private LoginText() {}

  /**
   * The text for this challenge.
   *
   * @param worker who the hub sees
   * @param machine whose key signs; the worker itself when it is a wallet
   */
  public static String of(FromPool.Challenge challenge, Address worker, Address machine) {
    return """
        Ruche worker login
        version: %d
        chain: %d
        hub: %s
        workerpool: %s
        worker: %s
        %snonce: %s""".formatted(
            challenge.version(),
            challenge.chainId(),
            challenge.hub(),
            challenge.workerpool(),
            worker,
            machine.equals(worker) ? "" : "machine: %s\n".formatted(machine),
            challenge.nonce());
  }
}
